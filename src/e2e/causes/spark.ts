import type { EndingCauses } from "./ending-cause.ts";

/** What Spark, its table formats and the JVM report. */
export const sparkCauses = {
  "disk-full": {
    ends: /No space left on device/,
    message: "a worker's disk is full: {error}",
    remedy: "Use a larger worker type or more workers, or shuffle less data.",
    source: "https://repost.aws/knowledge-center/glue-no-spaces-on-device-error",
  },
  "out-of-memory": {
    ends: /^OutOfMemoryError\b|^MemoryError\b|(?:^|[\s.])java\.lang\.OutOfMemoryError: |^Command failed with exit code 137\b|Exit (?:status|code): ?137\b|Container killed by YARN|exceeding memory limits/i,
    message: "the run ran out of memory: {error}",
    remedy: "Use a larger worker type or more workers, or read less at a time.",
    source: "https://repost.aws/knowledge-center/glue-oom-java-heap-space-error",
  },
  "result-too-large": {
    ends: /bigger than spark\.driver\.maxResultSize/,
    message: "the script brings more to the driver than it may hold: {error}",
    remedy: "Write the data to S3 and do not collect it, or raise spark.driver.maxResultSize.",
  },
  "no-such-table": {
    ends: /TABLE_OR_VIEW_NOT_FOUND|Table or view (?:'[^']*' )?not found|SCHEMA_NOT_FOUND|EntityNotFoundException|NoSuchTableException|NoSuchDatabaseException/i,
    message: "the script reads a table that does not exist: {error}",
    remedy: "Let the step need the crawler that makes the table, and check the database's name.",
  },
  "no-such-column": {
    ends: /UNRESOLVED_COLUMN|FIELD_NOT_FOUND|cannot resolve '[^']*' given input columns|Column '[^']*' does not exist/,
    message: "the script uses a column that the data does not have: {error}",
    remedy: "Compare the names in the script with the table in the catalog; a crawler may have changed it.",
  },
  "column-ambiguous": {
    ends: /AMBIGUOUS_REFERENCE|Reference '[^']*' is ambiguous/,
    message: "several columns have the name that the script uses: {error}",
    remedy: "Name the table of the column, or rename or drop one of them before the join.",
  },
  "columns-duplicate": {
    ends: /COLUMN_ALREADY_EXISTS|Found duplicate column/,
    message: "the data has two columns of one name: {error}",
    remedy: "Rename or drop one of them before the data is written.",
  },
  "path-exists": {
    ends: /PATH_ALREADY_EXISTS|AnalysisException: path \S+ already exists|FileAlreadyExistsException/,
    message: "the script writes to a path that already holds data: {error}",
    remedy: "Add the path to e2e.clean, or write with mode overwrite or append.",
  },
  "schema-not-inferred": {
    ends: /UNABLE_TO_INFER_SCHEMA|Unable to infer schema for/,
    message: "no data file lies at the path that the script reads: {error}",
    remedy: "Check that the step before it writes there, and in the format that is read.",
    source: "https://github.com/aws-samples/aws-etl-orchestrator/issues/5",
  },
  "no-such-path": {
    ends: /PATH_NOT_FOUND|Path does not exist|NoSuchKey|Input path does not exist/,
    message: "the script reads a path where nothing is: {error}",
    remedy: "Check that the step before it writes there, and the path in the job's arguments.",
  },
  "file-vanished": {
    ends: /It is possible the underlying files have been updated|FAILED_READ_FILE\.FILE_NOT_EXIST/,
    message: "a file was deleted or replaced while the script read it: {error}",
    remedy: "Let nothing write where the script reads, and do not overwrite the path that is read.",
  },
  "parquet-type-differs": {
    ends: /Parquet column cannot be converted|PARQUET_COLUMN_DATA_TYPE_MISMATCH|SchemaColumnConvertNotSupportedException/,
    message: "a Parquet file has another type for a column than the table: {error}",
    remedy: "Write the column with one type in all files, or correct the type in the table.",
    source: "https://github.com/opensearch-project/opensearch-catalog/issues/167",
  },
  "executor-lost": {
    ends: /ExecutorLostFailure|Remote RPC client disassociated/,
    message: "Spark lost a worker: {error}",
    remedy: "Look at the memory of the workers; a larger worker type or smaller partitions often help.",
  },
  "shuffle-lost": {
    ends: /FetchFailedException|MetadataFetchFailed|ShuffleMapStage \d+ .*has failed the maximum allowable/,
    message: "shuffled data was lost with a worker: {error}",
    remedy: "Look at memory and disk of the workers; more workers or more partitions often help.",
  },
  "date-not-parsed": {
    ends: /INCONSISTENT_BEHAVIOR_CROSS_VERSION|due to the upgrading (?:of Spark|to Spark)|CANNOT_PARSE_TIMESTAMP/,
    message: "Spark reads a date otherwise than an earlier version did: {error}",
    remedy:
      "Correct the date pattern, or set spark.sql.legacy.timeParserPolicy or the rebase mode that the error names.",
  },
  "cast-failed": {
    ends: /CAST_INVALID_INPUT|CAST_OVERFLOW|NUMERIC_VALUE_OUT_OF_RANGE|ARITHMETIC_OVERFLOW/,
    message: "a value does not fit the type that it is cast to: {error}",
    remedy: "Correct the data, or use try_cast, which gives NULL.",
  },
  "types-differ": {
    ends: /DATATYPE_MISMATCH|due to data type mismatch|INCOMPATIBLE_DATA_FOR_TABLE|CANNOT_UP_CAST_DATATYPE/,
    message: "an expression mixes types that do not fit: {error}",
    remedy: "Cast the columns to the types that the expression needs.",
  },
  "sql-syntax": {
    ends: /PARSE_SYNTAX_ERROR|^ParseException\b/,
    message: "the script's SQL is not valid: {error}",
    remedy: "Correct the SQL at the place that the error names.",
  },
  "table-exists": {
    ends: /TABLE_OR_VIEW_ALREADY_EXISTS|TableAlreadyExistsException|AlreadyExistsException\b/,
    message: "the script creates something that is already there: {error}",
    remedy: "Use CREATE … IF NOT EXISTS, or delete it before the run.",
  },
  "commit-conflict": {
    ends: /^CommitFailedException\b|Cannot commit changes based on stale|ConcurrentAppendException|ConcurrentDeleteReadException/,
    message: "another writer changed the table in the meantime: {error}",
    remedy: "Let one run at a time write the table, or raise the number of commit retries.",
  },
  "format-missing": {
    ends: /DATA_SOURCE_NOT_FOUND|Failed to find (?:the )?data source/,
    message: "Spark has no such data format: {error}",
    remedy: "Set --datalake-formats, or give the job the format's jar with --extra-jars.",
  },
  "class-missing": {
    ends: /ClassNotFoundException|NoClassDefFoundError/,
    message: "the job has no such Java class: {error}",
    remedy: "Give the jar that holds it to the job with --extra-jars.",
  },
  "broadcast-timeout": {
    ends: /Could not execute broadcast in \d+ secs/,
    message: "a table took too long to be broadcast: {error}",
    remedy: "Raise spark.sql.broadcastTimeout, or set spark.sql.autoBroadcastJoinThreshold to -1.",
  },
  "not-serializable": {
    ends: /Task not serializable|NotSerializableException|PicklingError|CONTEXT_ONLY_VALID_ON_DRIVER/,
    message: "the script sends to the workers what can't be sent: {error}",
    remedy: "Create clients and contexts inside the function, not outside of it.",
  },
  "sql-division-by-zero": {
    ends: /DIVIDE_BY_ZERO|^ArithmeticException: \/ by zero/,
    message: "an expression divides by zero: {error}",
    remedy: "Use try_divide or NULLIF, or correct the data.",
  },
} as const satisfies EndingCauses;
