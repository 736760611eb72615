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
      },
    });
  });

  it("calls a script stale when the error names a line that the job's script does not have", () => {
    expect(diagnoseRun({ ...evidence, error: unexpectedIndent, lines: whole })).toMatchObject({
      code: "stale-script",
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

  it.each<[string, Partial<RunEvidence>]>([
    [
      "syntax-error",
      { error: "SyntaxError: invalid syntax (silver_consolidation_job.py, line 3)", lines: whole },
    ],
    ["missing-argument", { error: "GlueArgumentError: the following arguments are required: --bronze_path" }],
    ["missing-module", { error: "ModuleNotFoundError: No module named 'medallion.tables'" }],
    ["access-denied", { log: ["User: x is not authorized to perform: s3:PutObject on resource: y"] }],
    ["no-such-bucket", { error: "An error occurred (NoSuchBucket) when calling ListObjects" }],
    [
      "no-such-table",
      { error: "AnalysisException: [TABLE_OR_VIEW_NOT_FOUND] The table `x` cannot be found" },
    ],
    ["no-such-path", { error: "AnalysisException: [PATH_NOT_FOUND] Path does not exist: s3://b/x" }],
    ["out-of-memory", { error: "Command failed with exit code 137" }],
    ["out-of-memory", { log: ["java.lang.OutOfMemoryError: Java heap space"] }],
    ["run-timed-out", { state: "TIMEOUT" }],
    ["run-stopped", { state: "STOPPED" }],
    ["concurrency", { error: "ConcurrentRunsExceededException: Concurrent runs exceeded" }],
    ["run-failed", { error: "ValueError: something else" }],
    ["run-failed", {}],
  ])("%s", (code, found) => {
    expect(diagnoseRun({ ...evidence, ...found }).code).toBe(code);
  });

  it("names the IAM action that an access error tells", () => {
    const log = ["User: x is not authorized to perform: s3:PutObject on resource: y"];
    expect(diagnoseRun({ ...evidence, log }).facts).toMatchObject({ action: "s3:PutObject" });
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
