import { describe, expect, it } from "vitest";
import { diagnoseRun, type RunEvidence } from "../../src/e2e/diagnose.ts";

const whole = Array.from({ length: 293 }, (_, index) =>
  index === 292 ? "job.commit()" : `line_${index + 1} = 1`,
);
const broken = [...whole, ...Array.from({ length: 230 }, () => '    F.col("x").alias("y"),')];

const evidence: RunEvidence = {
  job: "silver-dev",
  script: "glue_jobs/silver_consolidation_job.py",
  state: "FAILED",
  error: "",
  log: [],
  location: "s3://scripts/silver_consolidation_job.py",
  lines: undefined,
};
const unexpectedIndent = "IndentationError: unexpected indent (silver_consolidation_job.py, line 294)";
const hashed = "s3://scripts/silver_consolidation_job/silver_consolidation_job-3f2a9c81b0de.py";

describe("diagnoseRun", () => {
  it("calls the incident's script what it is: orphan code after the commit", () => {
    expect(diagnoseRun({ ...evidence, error: unexpectedIndent, lines: broken })).toEqual({
      code: "orphan-code",
      line: 294,
      facts: {
        job: "silver-dev",
        error: unexpectedIndent,
        script: evidence.script,
        line: "294",
        commitLine: "293",
        from: "294",
        to: "523",
        count: "230",
      },
      exception: unexpectedIndent,
    });
  });

  it("says which lines of the orphan code stand earlier too", () => {
    const copied = [...whole, '    F.col("x").alias("y"),', ...whole.slice(59, 286)];
    expect(diagnoseRun({ ...evidence, error: unexpectedIndent, lines: copied }).facts).toMatchObject({
      repeatedFrom: "295",
      repeatedTo: "521",
      originalFrom: "60",
      originalTo: "286",
    });
  });

  it.each<[string, string[]]>([
    ["an early way out", ["if empty:", "    job.commit()", "    sys.exit()", "x = (", "job.commit()"]],
    ["a database's commit", ["connection.commit()", "x = 1", "y = 2", "x = ("]],
    ["a commit in a comment", ["# job.commit()", "x = 1", "y = 2", "x = ("]],
  ])("does not take %s for the script's end", (_, lines) => {
    const error = "SyntaxError: '(' was never closed (silver_consolidation_job.py, line 4)";
    expect(diagnoseRun({ ...evidence, error, lines }).code).toBe("syntax-error");
  });

  it("knows the job by another name", () => {
    const lines = ["glue_job = Job(context)", "glue_job.commit()", "  x"];
    const error = "IndentationError: unexpected indent (silver_consolidation_job.py, line 3)";
    expect(diagnoseRun({ ...evidence, error, lines }).code).toBe("orphan-code");
  });

  it("says so when a line failed that stands after the commit", () => {
    const lines = ["job.init()", "job.commit()", "df.write.save()"];
    const log = ['  File "/tmp/silver_consolidation_job.py", line 3, in <module>', "ValueError: no"];
    expect(diagnoseRun({ ...evidence, error: "ValueError: no", log, lines })).toMatchObject({
      code: "code-after-commit",
      line: 3,
      facts: { commitLine: "2" },
    });
  });

  it("calls a script stale when the traceback quotes another line than the job's script has there", () => {
    const log = [
      "Traceback (most recent call last):",
      '  File "/tmp/silver_consolidation_job.py", line 12, in <module>',
      "    df = read(old_path)",
      "         ^^^^^^^^^^^^^^",
      "ValueError: no",
    ];
    const quoted = { ...evidence, error: "ValueError: no", log, lines: whole };
    expect(diagnoseRun(quoted).code).toBe("stale-script");
    const lines = whole.with(11, "    df = read(old_path)  # a comment");
    expect(diagnoseRun({ ...quoted, lines })).toMatchObject({ code: "value-rejected", line: 12 });
  });

  it("takes the line that Glue's error tells where no traceback does", () => {
    const error = "Error Category: QUERY_ERROR; Failed Line Number: 33; AnalysisException: no";
    expect(diagnoseRun({ ...evidence, error, lines: whole }).line).toBe(33);
  });

  it("does not take an error that the script coped with for the cause", () => {
    const log = [
      "WARN AccessDenied: tried the other bucket",
      ...Array.from({ length: 60 }, (_, index) => `INFO ${index}`),
      "Traceback (most recent call last):",
      '  File "/tmp/silver_consolidation_job.py", line 12, in <module>',
      "ValueError: no",
    ];
    for (const error of ["ValueError: no", "Command failed with exit code 1"])
      expect(diagnoseRun({ ...evidence, error, log }).code).toBe("value-rejected");
  });

  it("looks through ten megabytes in a moment", () => {
    const error = `ValueError: ${"x (".repeat(3_000_000)}`;
    expect(diagnoseRun({ ...evidence, error, log: [error.slice(0, 4_000)], lines: whole }).code).toBe(
      "value-rejected",
    );
  });

  it("calls a script stale when the error names a line that the job's script does not have", () => {
    expect(diagnoseRun({ ...evidence, error: unexpectedIndent, lines: whole })).toMatchObject({
      code: "stale-script",
      line: undefined,
      facts: { file: "silver_consolidation_job.py", lines: "293" },
    });
  });

  it("calls a script stale when the traceback names another hash than the key's", () => {
    const log = [
      "Traceback (most recent call last):",
      '  File "/tmp/silver_consolidation_job-aaaaaaaaaaaa.py", line 12, in <module>',
      "ValueError: no",
    ];
    expect(diagnoseRun({ ...evidence, error: "ValueError: no", log, location: hashed })).toMatchObject({
      code: "stale-script",
      facts: {
        file: "silver_consolidation_job-aaaaaaaaaaaa.py",
        location: hashed,
      },
    });
  });

  it("does not call a script stale for the line of a library", () => {
    const log = ['  File "/opt/amazon/lib/dataframe.py", line 9999, in select', "AnalysisException: no"];
    expect(diagnoseRun({ ...evidence, error: "AnalysisException: no", log, lines: whole }).code).toBe(
      "run-failed",
    );
  });

  it.each<[string, string, Partial<RunEvidence>, object]>([
    [
      "an argument that argparse misses",
      "missing-argument",
      {
        error: "SystemExit: 2",
        log: ["job.py: error: the following arguments are required: --bronze_path, --day "],
      },
      { arguments: "--bronze_path, --day" },
    ],
    [
      "an argument in Glue's own words",
      "missing-argument",
      { error: "GlueArgumentError: argument --day: expected one argument" },
      { arguments: "argument --day: expected one argument" },
    ],
    [
      "a module",
      "missing-module",
      { error: "No module named 'medallion.tables'" },
      { module: "medallion.tables" },
    ],
    [
      "an action without a space",
      "access-denied",
      { error: "AccessDenied: perform:s3:Get" },
      { action: "s3:Get" },
    ],
    [
      "no action where the error tells none",
      "access-denied",
      { error: "AccessDenied" },
      { action: "the call named in the error", error: "AccessDenied" },
    ],
    [
      "what does not compile, and where it is",
      "syntax-error",
      { error: "SyntaxError: invalid syntax" },
      { error: "SyntaxError: invalid syntax", script: evidence.script },
    ],
    [
      "the state and the error of anything else",
      "run-failed",
      { error: "x" },
      { state: "FAILED", error: "x" },
    ],
    ["that there is no error message", "run-failed", {}, { error: "no error message" }],
    [
      "the file that ran and the one that is there, whose lines nobody knows",
      "stale-script",
      { error: "SyntaxError: x (silver_consolidation_job-aaaaaaaaaaaa.py, line 3)", location: hashed },
      {
        file: "silver_consolidation_job-aaaaaaaaaaaa.py",
        line: "3",
        location: hashed,
        lines: "?",
      },
    ],
  ])("tells %s", (_, code, found, facts) => {
    expect(diagnoseRun({ ...evidence, ...found })).toMatchObject({
      code,
      facts: { job: "silver-dev", ...facts },
    });
  });

  it("calls nothing stale where the job has no script", () => {
    const error = "SyntaxError: x (other.py, line 3)";
    expect(diagnoseRun({ ...evidence, error, location: undefined })).toMatchObject({
      code: "syntax-error",
      line: undefined,
      facts: { script: "other.py" },
    });
  });

  it.each<[string, Partial<RunEvidence>]>([
    [
      "syntax-error",
      { error: "SyntaxError: invalid syntax (silver_consolidation_job.py, line 3)", lines: whole },
    ],
    ["missing-argument", { error: "GlueArgumentError: the following arguments are required: --bronze_path" }],
    ["missing-module", { error: "ModuleNotFoundError: No module named 'medallion.tables'" }],
    ["access-denied", { error: "User: x is not authorized to perform: s3:PutObject on resource: y" }],
    ["no-such-bucket", { error: "An error occurred (NoSuchBucket) when calling ListObjects" }],
    [
      "no-such-table",
      { error: "AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table `x` cannot be found" },
    ],
    ["no-such-path", { error: "AnalysisException: [PATH_NOT_FOUND] Path does not exist: s3://b/x" }],
    ["out-of-memory", { error: "Command failed with exit code 137" }],
    ["out-of-memory", { log: ["java.lang.OutOfMemoryError: Java heap space"] }],
    ["no-such-column", { error: "AnalysisException: [UNRESOLVED_COLUMN.WITH_SUGGESTION] A column" }],
    ["disk-full", { error: "java.io.IOException: No space left on device" }],
    ["not-reachable", { error: "Communications link failure" }],
    [
      "script-not-fetched",
      { error: "LAUNCH ERROR | Error downloading from S3 for bucket: b, key: k. Not Found" },
    ],
    [
      "role-not-assumable",
      { error: "Role arn:aws:iam::1:role/x should be given assume role permissions for Glue Service." },
    ],
    ["no-capacity", { error: "Exceeded maximum concurrent capacity for your account: 100.0" }],
    ["run-timed-out", { state: "TIMEOUT" }],
    ["run-stopped", { state: "STOPPED" }],
    ["concurrency", { error: "ConcurrentRunsExceededException: Concurrent runs exceeded" }],
    ["value-rejected", { error: "ValueError: something else" }],
    ["run-failed", {}],
  ])("%s", (code, found) => {
    expect(diagnoseRun({ ...evidence, ...found }).code).toBe(code);
  });

  it("names the IAM action that an access error tells", () => {
    const error = "User: x is not authorized to perform: s3:PutObject on resource: y";
    expect(diagnoseRun({ ...evidence, error }).facts).toMatchObject({ action: "s3:PutObject" });
  });

  it("gives the script's line from the traceback's last frame in it", () => {
    const log = [
      '  File "/tmp/silver_consolidation_job.py", line 7, in <module>',
      '  File "/tmp/silver_consolidation_job.py", line 42, in main',
      '  File "/usr/lib/x.py", line 1, in y',
      "ValueError: no",
    ];
    expect(diagnoseRun({ ...evidence, error: "ValueError: no", log, lines: whole }).line).toBe(42);
  });
});
