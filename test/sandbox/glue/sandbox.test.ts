import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  GetJobRunCommand,
  type JobRun,
  StartJobRunCommand,
  UpdateJobCommand,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { serveGlue } from "./served.ts";

const BUCKET = "scripts";
const served = await serveGlue();
const { glue, s3, logs } = served;
await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
await served.control("timing", { slotReleaseMs: 1 });

let jobs = 0;

/** A Python shell job with a script of its own: real Python without Spark's start. */
async function withJob(
  script: string | undefined,
  more: object = {},
): Promise<{ name: string; key: string }> {
  jobs += 1;
  const [name, key] = [`job-${jobs}`, `glue_jobs/script_${jobs}.py`];
  if (script !== undefined) await put(key, script);
  const Command = { Name: "pythonshell", PythonVersion: "3.9", ScriptLocation: `s3://${BUCKET}/${key}` };
  await glue.send(new CreateJobCommand({ Name: name, Role: "glue-role", Command, ...more }));
  return { name, key };
}

async function put(Key: string, Body: string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body }));
}

async function start(JobName: string, Arguments: Record<string, string> = {}): Promise<string> {
  return (await glue.send(new StartJobRunCommand({ JobName, Arguments }))).JobRunId ?? "";
}

async function until(JobName: string, RunId: string, state: RegExp): Promise<JobRun> {
  return vi.waitFor(
    async () => {
      const { JobRun } = await glue.send(new GetJobRunCommand({ JobName, RunId }));
      expect(JobRun?.JobRunState).toMatch(state);
      return JobRun ?? {};
    },
    { timeout: 80_000, interval: 50 },
  );
}

async function run(JobName: string, Arguments: Record<string, string> = {}): Promise<JobRun> {
  return until(JobName, await start(JobName, Arguments), /^(SUCCEEDED|FAILED|STOPPED|TIMEOUT|ERROR)$/);
}

async function linesOf(logGroupName: string, runId = ""): Promise<string[]> {
  const { events } = await logs.send(
    new FilterLogEventsCommand({ logGroupName, logStreamNamePrefix: runId }),
  );
  return (events ?? []).map(({ message = "" }) => message);
}

describe("a real run", () => {
  it("runs the script with its arguments and writes its lines to CloudWatch Logs", async () => {
    const { name } = await withJob("import sys\nprint('got', sys.argv[sys.argv.index('--day') + 1])", {
      DefaultArguments: { "--day": "1" },
    });
    const ended = await run(name, { "--day": "5" });
    expect(ended).toMatchObject({ JobRunState: "SUCCEEDED", LogGroupName: "/aws-glue/python-jobs" });
    expect(await linesOf("/aws-glue/python-jobs/output", ended.Id)).toContain("got 5");
  });

  it("fails with the exception's type, message and place", async () => {
    const { name, key } = await withJob("print(1)\n    print(2)\n");
    const ended = await run(name);
    const place = `(${key.split("/").at(-1)}, line 2)`;
    expect(ended).toMatchObject({
      JobRunState: "FAILED",
      ErrorMessage: `IndentationError: unexpected indent ${place}`,
    });
    expect((await linesOf("/aws-glue/python-jobs/error", ended.Id)).join("\n")).toContain("IndentationError");
  });

  it("reaches the sandbox's AWS by the usual settings", async () => {
    const { name } = await withJob(
      `import boto3\nboto3.client("s3").put_object(Bucket="${BUCKET}", Key="out/from-job.txt", Body=b"hello")`,
    );
    expect(await run(name)).toMatchObject({ JobRunState: "SUCCEEDED" });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: "out/from-job.txt" }));
    expect(await Body?.transformToString()).toBe("hello");
  });

  it("runs Spark over s3:// paths with the job's --conf, and logs to Glue 5's groups", {
    timeout: 90_000,
  }, async () => {
    const { name, key } = await withJob(
      [
        "from pyspark.sql import SparkSession",
        "spark = SparkSession.builder.getOrCreate()",
        "print('shuffles', spark.conf.get('spark.sql.shuffle.partitions'))",
        `spark.range(3).write.mode('overwrite').parquet('s3://${BUCKET}/out/numbers/')`,
        `print('rows', spark.read.parquet('s3://${BUCKET}/out/numbers/').count())`,
      ].join("\n"),
    );
    const Command = { Name: "glueetl", ScriptLocation: `s3://${BUCKET}/${key}` };
    const DefaultArguments = { "--conf": "spark.sql.shuffle.partitions=3" };
    const JobUpdate = { Role: "r", GlueVersion: "5.0", Command, DefaultArguments };
    await glue.send(new UpdateJobCommand({ JobName: name, JobUpdate }));
    const ended = await run(name);
    expect(ended).toMatchObject({ JobRunState: "SUCCEEDED" });
    const lines = await linesOf("/aws-glue/jobs/output", `${ended.Id}-driver`);
    expect(lines).toEqual(expect.arrayContaining(["shuffles 3", "rows 3"]));
  });

  it("imports from --extra-py-files", async () => {
    await put("libs/shared_words.py", "WORD = 'from the library'");
    const { name } = await withJob("import shared_words\nprint(shared_words.WORD)");
    const ended = await run(name, { "--extra-py-files": `s3://${BUCKET}/libs/shared_words.py` });
    expect(ended).toMatchObject({ JobRunState: "SUCCEEDED" });
    expect(await linesOf("/aws-glue/python-jobs/output", ended.Id)).toContain("from the library");
  });

  it.each([
    ["are there", "boto3", "SUCCEEDED", undefined],
    ["are not there", "boto3==1.0,no-such-module-anywhere>=2", "FAILED", /no-such-module-anywhere/],
  ])("takes --additional-python-modules that %s", async (_name, modules, state, message) => {
    const { name } = await withJob("print(1)");
    const ended = await run(name, { "--additional-python-modules": modules });
    expect(ended.JobRunState).toBe(state);
    if (message) expect(ended.ErrorMessage).toMatch(message);
  });

  it("fails a run whose script is missing as Glue does", async () => {
    const { name, key } = await withJob(undefined);
    expect(await run(name)).toMatchObject({
      JobRunState: "FAILED",
      ErrorMessage: `LAUNCH ERROR | Error downloading from S3 for bucket: ${BUCKET}, key: ${key}.The specified key does not exist. (Service: Amazon S3; Status Code: 404; Please refer logs for details.`,
    });
  });

  it("is stopped while it runs", async () => {
    const { name } = await withJob("import time\ntime.sleep(600)");
    const id = await start(name);
    await until(name, id, /RUNNING/);
    await glue.send(new BatchStopJobRunCommand({ JobName: name, JobRunIds: [id] }));
    expect(await until(name, id, /STOPPED/)).toHaveProperty("CompletedOn");
  });

  it("is ended by its Timeout", async () => {
    await served.control("timing", { minuteMs: 300 });
    onTestFinished(() => served.control("timing", { minuteMs: 60_000 }).then(() => undefined));
    const { name } = await withJob("import time\ntime.sleep(600)", { Timeout: 1, MaxRetries: 1 });
    expect(await run(name)).toMatchObject({ JobRunState: "TIMEOUT" });
  });
});

describe("scripts", () => {
  it("replays the incident: a cached script outlives its overwrite", async () => {
    await served.control("script-cache", { enabled: true });
    onTestFinished(() => served.control("script-cache", { enabled: false }).then(() => undefined));
    const { name, key } = await withJob("raise ValueError('orphan code')");
    await run(name);
    await put(key, "print('fixed')");
    expect(await run(name)).toMatchObject({ JobRunState: "FAILED", ErrorMessage: "ValueError: orphan code" });
    await served.control("script-cache", { enabled: false });
    expect(await run(name)).toMatchObject({ JobRunState: "SUCCEEDED" });
  });

  it("overwrites the script of a visual job whose graph is sent", async () => {
    const { name, key } = await withJob("print('mine')");
    const Command = { Name: "glueetl", ScriptLocation: `s3://${BUCKET}/${key}` };
    const CodeGenConfigurationNodes = {
      "node-1": { S3ParquetSource: { Name: "in", Paths: ["s3://b/p"] } },
    };
    const JobUpdate = { Role: "r", JobMode: "VISUAL" as const, Command, CodeGenConfigurationNodes };
    await glue.send(new UpdateJobCommand({ JobName: name, JobUpdate }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    expect(await Body?.transformToString()).toMatch(
      /Generated from the job's CodeGenConfigurationNodes: node-1/,
    );
  });
});
