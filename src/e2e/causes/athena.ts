import type { EndingCauses } from "./ending-cause.ts";

/** What Athena's engine reports; the name before the colon decides. */
export const athenaCauses = {
  "query-lake-formation-denied": {
    ends: /Insufficient Lake Formation permission|Insufficient permissions to execute the query|does not have any privilege on specified resource/i,
    message: "Lake Formation does not let the role of this run read the table: {error}",
    remedy: "Grant the role SELECT on the table and access to its location in Lake Formation.",
  },
  "query-output-unusable": {
    ends: /Unable to verify\/create output bucket|No output location provided/i,
    message: "Athena can't write results to the output location: {error}",
    remedy:
      "Check e2e.athena.output: the bucket must exist in the region, and the role must be able to write there.",
  },
  "query-schema-differs": {
    ends: /^HIVE_PARTITION_SCHEMA_MISMATCH\b/,
    message: "a partition has another type for a column than its table: {error}",
    remedy: "Let the crawler update partitions from the table, or drop the partition and add it again.",
    source: "https://docs.aws.amazon.com/athena/latest/ug/updates-and-partitions.html",
  },
  "query-bad-data": {
    ends: /^HIVE_BAD_DATA\b/,
    message: "a data file does not fit the types of its table: {error}",
    remedy: "Correct the column's type in the table, or write the files with the type that the table has.",
    source: "https://github.com/aws/aws-sdk-pandas/issues/57",
  },
  "query-file-unreadable": {
    ends: /^HIVE_(?:CURSOR_ERROR|CANNOT_OPEN_SPLIT|FILESYSTEM_ERROR|UNKNOWN_ERROR|BAD_SPLIT)\b(?!.*(?:Access ?Denied|Status Code: 403|SlowDown))/i,
    message: "Athena can't read a data file: {error}",
    remedy:
      "Check that the file is whole and has the table's format, and that nothing replaces it during the query.",
  },
  "query-duplicate-columns": {
    ends: /duplicate columns|DUPLICATE_COLUMN_NAME/i,
    message: "the table or the query has two columns of one name: {error}",
    remedy: "Take one of them out; a partition key must not be a column as well.",
  },
  "query-metadata-invalid": {
    ends: /^HIVE_(?:INVALID_METADATA|METASTORE_ERROR|UNSUPPORTED_FORMAT|SERDE_NOT_FOUND|INVALID_PARTITION_VALUE)\b/,
    message: "the catalog's description of the table can't be used: {error}",
    remedy: "Correct the table in the catalog: its columns, types, format and partition keys.",
    source: "https://github.com/aws/aws-sdk-pandas/issues/251",
  },
  "query-resources": {
    ends: /Query exhausted resources|^(?:EXCEEDED_\w*MEMORY_LIMIT|CLUSTER_OUT_OF_MEMORY)\b/i,
    message: "the query needs more than Athena gives one query: {error}",
    remedy: "Read fewer columns and partitions, and avoid ORDER BY and large joins without a limit.",
  },
  "query-timeout": {
    ends: /^Query timeout|EXCEEDED_TIME_LIMIT/i,
    message: "the query took longer than Athena allows: {error}",
    remedy: "Read fewer partitions or columns, or ask AWS for a higher DML timeout.",
  },
  "query-too-many-partitions": {
    ends: /^HIVE_TOO_MANY_OPEN_PARTITIONS\b|open writers for partitions/,
    message: "the query writes more partitions at once than Athena allows: {error}",
    remedy: "Write at most 100 partitions in one statement, and the rest with INSERT INTO.",
  },
  "query-syntax": {
    ends: /^SYNTAX_ERROR\b(?!.*(?:cannot be resolved|does not exist))|mismatched input|no viable alternative|extraneous input|^FAILED: ParseException/,
    message: "the query's SQL is not valid: {error}",
    remedy: "Correct the SQL at the line and column named; quote names that are reserved words.",
  },
  "query-types-differ": {
    ends: /^TYPE_MISMATCH\b|Cannot apply operator/,
    message: "the query mixes types that do not fit: {error}",
    remedy: "Cast one side of the expression.",
  },
  "query-view-stale": {
    ends: /^(?:INVALID_VIEW|VIEW_IS_STALE)\b|is stale or in invalid state/,
    message: "a view does not fit its tables any more: {error}",
    remedy: "Create the view again.",
  },
  "query-function-missing": {
    ends: /^FUNCTION_NOT_FOUND\b|Function '?\w+'? not registered/,
    message: "the query calls a function that Athena does not have, or not for these types: {error}",
    remedy: "Check the function's name and the types of its arguments.",
  },
  "query-cast-failed": {
    ends: /^INVALID_CAST_ARGUMENT\b|^NUMERIC_VALUE_OUT_OF_RANGE\b/,
    message: "a value does not fit the type that it is cast to: {error}",
    remedy: "Use TRY_CAST, or correct the data.",
  },
  "query-division-by-zero": {
    ends: /^DIVISION_BY_ZERO\b/,
    message: "the query divides by zero: {error}",
    remedy: "Put NULLIF around the divisor.",
  },
  "query-column-ambiguous": {
    ends: /Column '[^']*' is ambiguous|^AMBIGUOUS_NAME\b/,
    message: "several tables of the query have this column: {error}",
    remedy: "Name the column's table.",
  },
  "query-slow-down": {
    ends: /SlowDown|Please reduce your request rate/,
    message: "S3 refused requests of the query because there were too many: {error}",
    remedy: "Let the table have fewer and larger files, and run fewer queries at a time.",
  },
  "query-connector-failed": {
    ends: /LambdaFunction|^GENERIC_USER_ERROR:.*lambda/i,
    message: "the Lambda function of a federated table failed: {error}",
    remedy: "Look at the log of the function that the error names.",
  },
  "query-internal": {
    ends: /^GENERIC_INTERNAL_ERROR\b|^Amazon Athena experienced an internal error|^INTERNAL_ERROR\b/i,
    message: "Athena reports an error of its own: {error}",
    remedy: "Run the pipeline again; if it stays, compare the table's types with its files.",
  },
  "query-access-denied": {
    ends: /PERMISSION_DENIED|Access ?Denied|not authorized to perform|Status Code: 403/i,
    message: "the query may not read its data or write its result: {error}",
    remedy: "Allow {action} in the policy of the role that runs this step.",
  },
  "query-no-table": {
    ends: /TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|Table (?:\S+ )?does not exist|Table with name \S+ does not exist/i,
    message: "the query reads a table that is not in the catalog: {error}",
    remedy: "Let the step need the crawler that makes the table, and check the names in the SQL.",
  },
  "query-no-column": {
    ends: /COLUMN_NOT_FOUND|Column '[^']*' cannot be resolved|Referenced column "[^"]*" not found/i,
    message: "the query names a column that its table does not have: {error}",
    remedy: "Compare the SQL with the table's columns in the catalog.",
  },
} as const satisfies EndingCauses;
