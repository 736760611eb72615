import { readFileSync } from "node:fs";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateJobCommand, GetJobRunCommand, type JobRun, StartJobRunCommand } from "@aws-sdk/client-glue";
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { expect, vi } from "vitest";
import { type Served, serveGlue } from "../glue/served.ts";

/** A sandbox with a bucket of scripts, and what tests of real job runs need. */
export interface JobBench extends Served {
  /** Creates a bucket with a name of its own. */
  bucket(): Promise<string>;
  put(bucket: string, key: string, content: string): Promise<void>;
  text(bucket: string, key: string): Promise<string>;
  keys(bucket: string, prefix?: string): Promise<string[]>;
  /** Creates a job that runs `test/sandbox/spark/scripts/<script>`. */
  job(script: string, more?: { command?: string; arguments?: Record<string, string> }): Promise<string>;
  /** Starts a run and waits for its end. */
  run(job: string, runArguments?: Record<string, string>): Promise<JobRun>;
  /** What the run printed, as it is in CloudWatch Logs. */
  lines(run: JobRun, group: string): Promise<string[]>;
}

const SCRIPTS = "bench-scripts";

export function scriptText(name: string): string {
  return readFileSync(new URL(`scripts/${name}`, import.meta.url), "utf8");
}

export async function jobBench(): Promise<JobBench> {
  const served = await serveGlue();
  const { glue, s3, logs } = served;
  let made = 0;
  const put: JobBench["put"] = async (Bucket, Key, content) => {
    const Body = Buffer.from(content);
    await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  };
  const bucket = async () => {
    made += 1;
    await s3.send(new CreateBucketCommand({ Bucket: `bench-${made}` }));
    return `bench-${made}`;
  };
  await s3.send(new CreateBucketCommand({ Bucket: SCRIPTS }));
  await served.control("timing", { slotReleaseMs: 1 });
  return {
    ...served,
    bucket,
    put,
    async text(Bucket, Key) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? "";
    },
    async keys(Bucket, Prefix = "") {
      const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix }));
      return (Contents ?? []).map(({ Key }) => Key ?? "");
    },
    async job(script, { command = "glueetl", arguments: DefaultArguments = {} } = {}) {
      made += 1;
      const Name = `job-${made}`;
      await put(SCRIPTS, script, scriptText(script));
      const ScriptLocation = `s3://${SCRIPTS}/${script}`;
      const PythonVersion = command === "pythonshell" ? "3.9" : "3";
      const Command = { Name: command, ScriptLocation, PythonVersion };
      const GlueVersion = command === "pythonshell" ? "3.0" : "5.0";
      await glue.send(new CreateJobCommand({ Name, Role: "r", Command, GlueVersion, DefaultArguments }));
      return Name;
    },
    async run(JobName, Arguments = {}) {
      const { JobRunId: RunId } = await glue.send(new StartJobRunCommand({ JobName, Arguments }));
      return vi.waitFor(
        async () => {
          const { JobRun } = await glue.send(new GetJobRunCommand({ JobName, RunId }));
          expect(["SUCCEEDED", "FAILED"]).toContain(JobRun?.JobRunState);
          return JobRun ?? {};
        },
        { timeout: 90_000, interval: 200 },
      );
    },
    async lines({ Id = "" }, logGroupName) {
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      const own = events.filter(({ logStreamName }) => logStreamName?.startsWith(Id));
      return own.map(({ message }) => message ?? "");
    },
  };
}

/** The JSON that a script printed as its line `report: {…}`. */
export function report(lines: readonly string[]): unknown {
  const line = lines.find((text) => text.startsWith("report: "));
  return JSON.parse(line?.slice("report: ".length) ?? "null");
}
