import { describe, expect, it } from "vitest";
import { diagnoseRun, type RunEvidence } from "../../src/e2e/diagnose.ts";
import { explainQuery } from "../../src/e2e/explain-query.ts";

const base: RunEvidence = {
  job: "gold-dev",
  script: "jobs/gold.py",
  state: "FAILED",
  error: "",
  log: [],
  location: "s3://scripts/gold/gold-0123456789ab.py",
  lines: undefined,
};

/** Python names the module of every exception that is neither its own nor the script's. */
const withModule = (told: string): string =>
  /^(?:\w+Exception|ClientError)\b/.test(told) ? `some.module.${told}` : told;

const tracebackOf = (exception: string, ...frames: readonly string[]): string[] => [
  "Traceback (most recent call last):",
  '  File "/tmp/gold-0123456789ab.py", line 34, in main',
  '    totals = measured.groupBy("car_id").agg(',
  ...frames,
  exception,
];

/** Error message of the run, and the cause that it is. */
const endings: readonly (readonly [error: string, code: string])[] = [
  ["ZeroDivisionError: division by zero", "division-by-zero"],
  ["KeyError: 'SOURCE_PATH'", "key-missing"],
  ["ValueError: bad month 13", "value-rejected"],
  ["ValueError: row 12: expected Status Code: 200 but record says Status Code: 403", "value-rejected"],
  ["ValueError: No space left on device, said the meter", "value-rejected"],
  ["TypeError: unsupported operand type(s) for +: 'int' and 'NoneType'", "type-misused"],
  ["AttributeError: module 'pandas' has no attribute 'foo'", "attribute-missing"],
  ["IndexError: list index out of range", "index-out-of-range"],
  ["NameError: name 'F' is not defined", "name-undefined"],
  ["AssertionError: 3 rows lost", "assertion-failed"],
  ["FileNotFoundError: [Errno 2] No such file or directory: '/tmp/a.csv'", "file-missing"],
  ["UnicodeDecodeError: 'utf-8' codec can't decode byte 0xe9 in position 1", "text-not-decodable"],
  ["RecursionError: maximum recursion depth exceeded", "recursion-too-deep"],
  ["NotImplementedError: not for Glue", "not-implemented"],
  ["RuntimeError: AccessDenied was what the partner answered", "run-failed"],
  [
    "ImportError: cannot import name 'foo' from 'shared.utils' (/tmp/shared.zip/shared/utils.py)",
    "name-not-importable",
  ],
  ["OSError: [Errno 28] No space left on device", "disk-full"],
  ["MemoryError", "out-of-memory"],
  ["Command failed with exit code 137", "out-of-memory"],
  [
    "LAUNCH ERROR | Installation of Additional Python Modules failed, please see the logs.",
    "modules-not-installed",
  ],
  [
    "AnalysisException: Unable to infer schema for Parquet. It must be specified manually.",
    "schema-not-inferred",
  ],
  [
    "AnalysisException: Column 'order_idd' does not exist. Did you mean one of the following?",
    "no-such-column",
  ],
  ["AnalysisException: path s3://shop-data-dev/clean already exists.", "path-exists"],
  ["AnalysisException: Found duplicate column(s) in the data to save: order_id", "columns-duplicate"],
  ["AnalysisException: [AMBIGUOUS_REFERENCE] Reference `id` is ambiguous", "column-ambiguous"],
  ["ParseException: [PARSE_SYNTAX_ERROR] Syntax error at or near 'FORM'", "sql-syntax"],
  ["SparkNumberFormatException: [CAST_INVALID_INPUT] The value 'x' of the type STRING", "cast-failed"],
  ["SparkArithmeticException: [DIVIDE_BY_ZERO] Division by zero.", "sql-division-by-zero"],
  [
    "SparkUpgradeException: [INCONSISTENT_BEHAVIOR_CROSS_VERSION.PARSE_DATETIME_BY_NEW_PARSER] You",
    "date-not-parsed",
  ],
  ["VPC S3 endpoint validation failed for SubnetId: subnet-1. VPC: vpc-1.", "s3-endpoint-missing"],
  ["The specified subnet does not have enough free addresses to satisfy the request.", "subnet-full"],
  ["At least one security group must open all ingress ports.", "security-group-closed"],
  ["CONNECTION_LIST_CONNECTION_WITH_AZ_NULL", "connection-zone-missing"],
  ["ArgumentError: argument --JOB_RUN_ID: conflicting option string: --JOB_RUN_ID", "argument-conflict"],
  ["error: the following arguments are required: --metadata_location", "missing-argument"],
  ["ThrottlingException: Rate exceeded (Service: AWSGlue; Status Code: 400)", "throttled"],
  ["Internal service error : Invalid input provided", "glue-internal"],
  ["AccessDeniedException: Insufficient Lake Formation permission(s) on gold_x", "lake-formation-denied"],
  [
    "ClientError: An error occurred (AccessDenied) when calling the GetObject operation: Denied",
    "access-denied",
  ],
  [
    "An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation: Secrets Manager can't find the specified secret.",
    "secret-missing",
  ],
  [
    "Job aborted due to stage failure: ExecutorLostFailure (executor 7 exited) Reason: Remote RPC client disassociated.",
    "executor-lost",
  ],
  [
    "Job aborted due to stage failure: ShuffleMapStage 12 has failed the maximum allowable number of times: 4.",
    "shuffle-lost",
  ],
  [
    "org.apache.iceberg.exceptions.CommitFailedException: Cannot commit changes based on stale table metadata",
    "commit-conflict",
  ],
  ["SyntaxError: '(' was never closed (tools.py, line 40)", "syntax-error"],
];

/** Lines that stand in logs of runs which ended otherwise. */
const noise = [
  "WARN AccessDenied while listing optional metrics",
  'INFO java -XX:OnOutOfMemoryError="kill -9 %p" -Xmx10g',
  "WARN ThrottlingException: Rate exceeded, trying again",
  "No space left on device (quoted from a ticket)",
  "WARN table not there yet: EntityNotFoundException, creating it",
  "24/01/01 WARN TaskSetManager: Lost task 0.0: FetchFailedException",
  "WARN NoSuchBucket: trying the other one",
  "ERROR Connection timed out, trying again",
  "INFO Container killed by YARN for exceeding memory limits is a known message",
];

describe("the exception that ended a run", () => {
  it.each(endings)("%s", (error, code) => {
    const { facts, ...found } = diagnoseRun({ ...base, error });
    const told = error.replace(/^(?:[a-z]+\.)+/, "");
    expect(found).toMatchObject({ code, exception: expect.stringContaining(told) });
    for (const log of [
      noise,
      [...noise, ...tracebackOf(withModule(told))],
      [...tracebackOf(withModule(told)), ...noise],
    ])
      expect(diagnoseRun({ ...base, error, log })).toMatchObject({ code, exception: found.exception });
    expect(facts["job"]).toBe("gold-dev");
  });

  it.each(noise)("is not %j", (line) => {
    const evidence = { ...base, error: "Command failed with exit code 1" };
    expect(diagnoseRun({ ...evidence, log: [line] }).code).toBe("run-failed");
    const log = [line, ...tracebackOf("ValueError: bad month 13"), line];
    expect(diagnoseRun({ ...evidence, log })).toMatchObject({
      code: "value-rejected",
      line: 34,
      exception: "ValueError: bad month 13",
    });
  });

  it("is the last of a chain of tracebacks", () => {
    const log = [
      ...tracebackOf("KeyError: 'a'"),
      "",
      "During handling of the above exception, another exception occurred:",
      "",
      ...tracebackOf("ValueError: no month"),
    ];
    expect(diagnoseRun({ ...base, error: "Command failed with exit code 1", log }).exception).toBe(
      "ValueError: no month",
    );
  });

  it("is the innermost Java exception below Py4J's", () => {
    const log = [
      ...tracebackOf("py4j.protocol.Py4JJavaError: An error occurred while calling o101.parquet."),
      ": org.apache.spark.SparkException: Job aborted.",
      "\tat org.apache.spark.sql.X.y(X.scala:1)",
      "Caused by: java.lang.OutOfMemoryError: Java heap space",
      "\tat java.base/java.util.Arrays.copyOf(Arrays.java:1)",
    ];
    const found = diagnoseRun({ ...base, error: "Command failed with exit code 1", log });
    expect(found).toMatchObject({ code: "out-of-memory", line: 34 });
    expect(found.facts["error"]).toContain("OutOfMemoryError: Java heap space");
  });

  it("is told at the line of the library that raised it, beside the script's", () => {
    const log = tracebackOf("ValueError: x", '  File "/tmp/shared.zip/shared/utils.py", line 7, in foo');
    expect(diagnoseRun({ ...base, error: "ValueError: x", log })).toMatchObject({
      code: "value-rejected",
      line: 34,
      exception: "ValueError: x (shared/utils.py, line 7)",
    });
  });

  it("of a library that does not compile blames the library alone", () => {
    const lines = [...Array.from({ length: 12 }, () => "x = 1"), "job.commit()", 'print("finished")'];
    const error = "SyntaxError: '(' was never closed (tools.py, line 40)";
    const log = tracebackOf(
      "SyntaxError: '(' was never closed",
      '  File "/tmp/l.zip/shoplib/tools.py", line 40',
    );
    const own = { ...base, lines, error };
    expect(diagnoseRun({ ...own })).toMatchObject({
      code: "syntax-error",
      line: undefined,
      facts: { script: "tools.py" },
    });
    expect(diagnoseRun({ ...own, location: undefined, log }).facts).toMatchObject({
      script: "shoplib/tools.py",
    });
  });

  it("does not compile in a library, and keeps the script's own line", () => {
    const log = [
      ...tracebackOf("", '  File "/tmp/l.zip/shoplib/tools.py", line 40', "    B = (", "        ^").filter(
        Boolean,
      ),
      "SyntaxError: '(' was never closed",
    ];
    const error = "SyntaxError: '(' was never closed (tools.py, line 40)";
    const lines = Array.from({ length: 60 }, (_, index) =>
      index === 33 ? '    totals = measured.groupBy("car_id").agg(' : "job.commit()",
    );
    expect(diagnoseRun({ ...base, error, log, lines })).toMatchObject({
      code: "syntax-error",
      line: 34,
      facts: { script: "shoplib/tools.py" },
    });
  });

  it("is the script's own where a traceback names no module, whatever it is called", () => {
    const error = "RejectedException: AccessDenied: Status Code: 403";
    expect(diagnoseRun({ ...base, error, log: tracebackOf(error) }).code).toBe("run-failed");
  });

  it("of argparse names the arguments", () => {
    const log = [
      "usage: job.py [-h] --INPUT INPUT",
      "job.py: error: the following arguments are required: --INPUT",
    ];
    expect(diagnoseRun({ ...base, error: "SystemExit: 2", log })).toMatchObject({
      code: "missing-argument",
      facts: { arguments: "--INPUT" },
    });
  });

  it("is Glue's category where nothing else is told", () => {
    const error = "Error Category: DISK_NO_SPACE_ERROR; Failed Line Number: 34; See the log";
    expect(diagnoseRun({ ...base, error })).toMatchObject({ code: "disk-full", line: 34 });
  });
});

describe("a query's error", () => {
  it.each([
    [
      "HIVE_PARTITION_SCHEMA_MISMATCH: There is a mismatch between the table and partition schemas.",
      "schema-differs",
    ],
    ["HIVE_BAD_DATA: Field total's type INT64 in parquet file is incompatible with type varchar", "bad-data"],
    [
      "HIVE_CURSOR_ERROR: Failed to read Parquet file: s3://shop-data-dev/orders/a.parquet",
      "file-unreadable",
    ],
    [
      "HIVE_INVALID_METADATA: Hive metadata: Table descriptor contains duplicate columns",
      "duplicate-columns",
    ],
    ["Query exhausted resources at this scale factor", "resources"],
    ["Unable to verify/create output bucket shop-results-dev.", "output-unusable"],
    ["line 1:8: mismatched input 'order'. Expecting: '*', 'ALL', 'DISTINCT', <expression>", "syntax"],
    ["Query timeout", "timeout"],
    ["TYPE_MISMATCH: line 1:30: Cannot apply operator: varchar = integer", "types-differ"],
    [
      "Insufficient permissions to execute the query. Principal does not have any privilege",
      "lake-formation-denied",
    ],
    ["INVALID_VIEW: line 1:15: View 'awsdatacatalog.shop.v' is stale or in invalid state", "view-stale"],
    ["HIVE_TOO_MANY_OPEN_PARTITIONS: Exceeded limit of 100 open writers", "too-many-partitions"],
    ["TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.shop.orders' does not exist", "no-table"],
    ["something new", "failed"],
  ])("%s", (reason, code) => {
    const end = { id: "q", state: "FAILED", reason, scannedBytes: 0, engineMilliseconds: 0 };
    const problem = explainQuery(end);
    expect(problem).toMatchObject({ code: `query-${code}`, message: expect.stringContaining(reason) });
    expect(problem.remedy).not.toMatch(/\{\w+\}|traceback/);
  });
});
