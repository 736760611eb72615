import { CreateCrawlerCommand, CreateJobCommand, type JobCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { silent } from "../../src/base/progress.ts";
import type { E2eResult, Problem } from "../../src/e2e/result.ts";
import { runE2e } from "../../src/e2e/run.ts";
import { loadManifest } from "../../src/manifest/load.ts";
import { resolveJobs } from "../../src/scripts/resolve.ts";
import { quickPace, useClients } from "../aws/support.ts";
import { workspaceWith } from "../support/workspace.ts";

const aws = useClients();

/** Runs a script for real as the only step of a pipeline; `deployed` is what the job points at. */
async function runScript(
  deployed: readonly string[],
  { inCheckout = deployed, command = { Name: "pythonshell", PythonVersion: "3.9" } as JobCommand } = {},
): Promise<E2eResult> {
  const id = crypto.randomUUID();
  const bucket = `scripts-${id}`;
  const { s3, glue } = aws.clients;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "work.py", Body: deployed.join("\n") }));
  const capacity = command.Name === "pythonshell" ? { MaxCapacity: 0.0625 } : { GlueVersion: "5.0" };
  await glue.send(
    new CreateJobCommand({
      Name: `work-${id}`,
      Role: "arn:aws:iam::000000000000:role/glue",
      Command: { ...command, ScriptLocation: `s3://${bucket}/work.py` },
      ...capacity,
    }),
  );
  return runSteps("{ work: { run: work } }", id, inCheckout);
}

/** Runs these steps beside a job `work` on what this id was provisioned with. */
async function runSteps(steps: string, id: string, script: readonly string[] = []): Promise<E2eResult> {
  const workspace = await workspaceWith({
    "jobs/work.py": script.join("\n"),
    "glue-pipeline.yml": `
version: 1
name: trial
environments: { dev: { region: us-east-1 } }
scripts: { bucket: scripts-${id}, prefix: scripts/ }
jobs: { work: { job: work-${id}, script: jobs/work.py } }
e2e: { steps: ${steps} }
`,
  });
  const manifest = await loadManifest({ workspace, path: "glue-pipeline.yml", environment: "dev" });
  const { jobs } = await resolveJobs(manifest, workspace);
  return runE2e({
    manifest,
    jobs,
    workspace,
    skipClean: true,
    clients: aws.clients,
    clock: systemClock,
    signal: new AbortController().signal,
    progress: silent,
    pace: quickPace,
    runInfo: { runId: id },
  });
}

function errorOf(result: E2eResult): Problem {
  const problem = result.problems.find(({ severity }) => severity === "error");
  if (problem === undefined) throw new Error(`the run ${result.result} without an error`);
  return problem;
}

describe("a job that fails for real", () => {
  it.each<[string, string[], number]>([
    [
      "missing-argument",
      [
        "import sys",
        "from awsglue.utils import getResolvedOptions",
        "getResolvedOptions(sys.argv, ['source_path'])",
      ],
      3,
    ],
    ["missing-module", ["import medallion.tables"], 1],
    [
      "no-such-bucket",
      ["import boto3", "boto3.client('s3').list_objects_v2(Bucket='no-such-bucket-here')"],
      2,
    ],
    ["out-of-memory", ["x = 1", "raise MemoryError()"], 2],
    ["syntax-error", ["x = 1", "y = ("], 2],
    ["code-after-commit", ["class job:", "  commit = print", "job.commit()", "1 / 0"], 4],
    ["division-by-zero", ["print('WARN AccessDenied while listing')", "1 / 0"], 2],
    ["key-missing", ["print('java -XX:OnOutOfMemoryError=kill -Xmx10g')", "{}['x']"], 2],
    ["index-out-of-range", ["print('No space left on device')", "[][0]"], 2],
    ["type-misused", ["print('ThrottlingException: Rate exceeded')", "1 + None"], 2],
    ["attribute-missing", ["import json", "json.nothing"], 2],
    ["name-undefined", ["x = 1", "y = nothing"], 2],
    ["assertion-failed", ["x = 1", "assert x == 2, 'NoSuchBucket'"], 2],
    ["file-missing", ["x = 1", "open('/nowhere/at-all.csv')"], 2],
    ["json-invalid", ["import json", "json.loads('')"], 2],
    ["text-not-decodable", ["x = 1", "b'\\xe9'.decode('utf-8')"], 2],
    ["not-implemented", ["x = 1", "raise NotImplementedError('AccessDenied')"], 2],
    [
      "value-rejected",
      ["try:", "    {}['a']", "except KeyError as e:", "    raise ValueError('No module named x') from e"],
      4,
    ],
    ["run-failed", ["class RowRejected(Exception): pass", "raise RowRejected('AccessDenied: 403')"], 2],
    ["value-rejected", ["def work():", "    raise ValueError('\\x1b[31mno\\x1b[0m')", "work()"], 2],
  ])("is %s, at its line", { timeout: 60_000 }, async (code, script, line) => {
    const problem = errorOf(await runScript(script));
    expect(problem).toMatchObject({
      code,
      location: { path: "jobs/work.py", line },
      source: { line, inCheckout: true, firstLine: 1, lines: script },
      headline: { text: expect.stringMatching(new RegExp(`— jobs/work.py:${line}$`)) },
    });
    expect(JSON.stringify(problem)).not.toContain("u001b");
  });

  it("shows the deployed line, and where it stands now, when the checkout has moved on", async () => {
    const deployed = ["x = 1", "raise ValueError('no')", "z = 1"];
    const result = await runScript(deployed, { inCheckout: ["# new", "# lines", ...deployed] });
    expect(errorOf(result)).toMatchObject({
      location: { path: "jobs/work.py", line: 4 },
      source: { line: 2, inCheckout: false, lines: deployed },
    });
  });

  it("does not name a line of the checkout that only looks like the one that failed", async () => {
    const deployed = ["x = 1", "raise ValueError('no')"];
    const result = await runScript(deployed, {
      inCheckout: ["if False:", "  pass", "raise ValueError('no')"],
    });
    expect(errorOf(result).location).toEqual({ path: "jobs/work.py" });
  });

  it("keeps a message of ten megabytes, markup, control codes and secrets out of every report", {
    timeout: 60_000,
  }, async () => {
    const script = [
      "text = '<script>alert(1)</script>\\x1b[31m\\n::error::forged password=hunter2 AKIAIOSFODNN7EXAMPLE '",
      "print(text)",
      "raise ValueError(text + 'x' * 10_000_000)",
    ];
    const result = await runScript(script);
    const text = JSON.stringify(result);
    expect(text.length).toBeLessThan(200_000);
    expect(text).not.toMatch(/u001b|hunter2|AKIAIOSFODNN7EXAMPLE/);
    expect(errorOf(result)).toMatchObject({ code: "value-rejected", source: { line: 3 } });
  });
});

describe("a crawl that fails for real", () => {
  it("shows the crawler's log", { timeout: 60_000 }, async () => {
    const { glue, s3 } = aws.clients;
    const id = crypto.randomUUID();
    await s3.send(new CreateBucketCommand({ Bucket: `scripts-${id}` }));
    await s3.send(new PutObjectCommand({ Bucket: `scripts-${id}`, Key: "data/a.csv", Body: "a,b\n1,2\n" }));
    await glue.send(
      new CreateCrawlerCommand({
        Name: `crawler-${id}`,
        Role: "arn:aws:iam::000000000000:role/glue",
        DatabaseName: `missing-${id}`,
        Targets: { S3Targets: [{ Path: `s3://scripts-${id}/data/` }] },
      }),
    );
    const result = await runSteps(`{ crawl: { crawler: crawler-${id} } }`, id);
    expect(errorOf(result)).toMatchObject({
      code: "crawl-database-missing",
      excerpt: expect.arrayContaining([expect.stringContaining("ERROR")]),
    });
  });
});

describe("a Spark job that fails for real", () => {
  const command = { Name: "glueetl", PythonVersion: "3" };
  const spark = ["from pyspark.sql import SparkSession", "spark = SparkSession.builder.getOrCreate()"];

  it.each<[string, string[]]>([
    ["no-such-table", [...spark, "spark.table('nowhere.cars')"]],
    ["no-such-column", [...spark, "print('WARN AccessDenied'); spark.range(3).select('trip_fuell').show()"]],
    ["no-such-path", [...spark, "spark.read.parquet('/nowhere/at/all')"]],
    [
      "out-of-memory",
      [
        ...spark,
        "spark._jvm.java.nio.ByteBuffer.allocate(2147483647), spark._jvm.java.nio.ByteBuffer.allocate(2147483647)",
      ],
    ],
  ])("is %s", { timeout: 120_000 }, async (code, script) => {
    const problem = errorOf(await runScript(script, { command }));
    expect(problem).toMatchObject({ code, location: { path: "jobs/work.py", line: 3 } });
  });
});
