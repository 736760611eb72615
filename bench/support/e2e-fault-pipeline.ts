import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateCrawlerCommand, CreateDatabaseCommand, CreateJobCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { type Dice, happens, pick } from "../../test/support/faults/dice.ts";
import { role, type SandboxClients } from "./e2e.ts";

/** A pipeline of one faulty run: names of its own, and what will become of its jobs and crawls. */
export interface FaultPipeline {
  readonly id: string;
  readonly bucket: string;
  readonly crawler: string;
  readonly jobs: readonly string[];
  readonly workspace: string;
  /** Whether the expected object comes, once the input is there. */
  readonly arrives: boolean;
}

const jobKeys = ["silver", "gold-a", "gold-b"] as const;
/** More than any run starts: after the planned ends all would be real. */
const ends = 24;
const runStates = { SUCCEEDED: 30, FAILED: 3, ERROR: 2, STOPPED: 2, TIMEOUT: 2, EXPIRED: 1 } as const;
const crawlStates = { SUCCEEDED: 10, FAILED: 1, CANCELLED: 1 } as const;

/** Provisions the pipeline `id` of a seeded run. */
export async function faultPipeline(
  clients: SandboxClients,
  home: string,
  id: string,
  dice: Dice,
): Promise<FaultPipeline> {
  const { glue, s3, sandbox } = clients;
  const bucket = `data-${id}`;
  const crawler = `crawler-${id}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "job.py", Body: "job.commit()\n" }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "landing/old.json", Body: "old" }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: `db-${id}` } }));
  const jobs = jobKeys.map((key) => `${key}-${id}`);
  for (const [index, Name] of jobs.entries()) {
    const Command = { Name: "glueetl", ScriptLocation: `s3://${bucket}/job.py`, PythonVersion: "3" };
    const MaxRetries = Name.startsWith("silver") ? 1 : 0;
    await glue.send(new CreateJobCommand({ Name, Role: role, Command, GlueVersion: "5.0", MaxRetries }));
    const outcomes = Array.from({ length: ends }, (_, run) => runEnd(dice, `job ${index}, run ${run}`));
    await sandbox.control("plan-runs", { jobName: Name, outcomes });
  }
  const Targets = { S3Targets: [{ Path: `s3://${bucket}/landing/` }] };
  await glue.send(new CreateCrawlerCommand({ Name: crawler, Role: role, DatabaseName: `db-${id}`, Targets }));
  const crawls = Array.from({ length: ends }, (_, crawl) => ({
    status: pick(dice, `crawl ${crawl}`, crawlStates),
    seconds: dice(`crawl ${crawl} takes`, 500) / 1_000,
  }));
  await sandbox.control("plan-crawls", { crawlerName: crawler, outcomes: crawls });
  const workspace = join(home, id);
  await mkdir(join(workspace, "jobs"), { recursive: true });
  await writeFile(join(workspace, "glue-pipeline.yml"), manifest(id));
  await writeFile(join(workspace, "in.json"), '{"a": 1}');
  await writeFile(join(workspace, "jobs/job.py"), "job.commit()\n");
  return { id, bucket, crawler, jobs, workspace, arrives: !happens(dice, "nothing arrives", 0.06) };
}

function runEnd(dice: Dice, run: string): object {
  const state = pick(dice, run, runStates);
  const errorMessage = state === "SUCCEEDED" || state === "STOPPED" ? undefined : `planned ${state}`;
  return {
    state,
    seconds: dice(`${run} takes`, 1_000) / 1_000,
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
}

function manifest(id: string): string {
  return `version: 1
name: faults
environments: { dev: { region: us-east-1, account: "000000000000" } }
scripts: { bucket: data-${id}, prefix: scripts/ }
jobs:
${jobKeys.map((key) => `  ${key}: { job: ${key}-${id}, script: jobs/job.py }`).join("\n")}
e2e:
  clean: [ s3://data-${id}/landing/, s3://data-${id}/bronze/ ]
  bookmarks: [ silver ]
  athena: { database: db-${id}, output: s3://data-${id}/results/ }
  steps:
    ingest: { upload: in.json, to: s3://data-${id}/landing/ }
    arrived: { needs: [ingest], expect: "s3://data-${id}/bronze/**/*.parquet", timeout: 4s }
    crawl: { needs: [arrived], crawler: crawler-${id} }
    silver: { needs: [crawl], run: silver, arguments: { --day: "1" } }
    gold-a: { needs: [silver], run: gold-a }
    gold-b: { needs: [silver], run: gold-b }
    check-a: { needs: [gold-a, gold-b], query: "SELECT 0 AS n", expect-value: 0 }
    check-b: { needs: [gold-a], query: "SELECT 1 AS n WHERE 1 = 0", expect-rows: 0 }
`;
}
