import { CreateCrawlerCommand, CreateDatabaseCommand, CreateJobCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { listObjects } from "../../src/aws/prefixes.ts";
import { systemClock } from "../../src/base/clock.ts";
import type { ProgressEvent } from "../../src/base/progress.ts";
import type { E2eResult } from "../../src/e2e/result.ts";
import { type E2eOptions, runE2e } from "../../src/e2e/run.ts";
import { loadManifest } from "../../src/manifest/load.ts";
import { resolveJobs } from "../../src/scripts/resolve.ts";
import { patience, quickPace, type useClients } from "../aws/support.ts";
import { workspaceWith } from "../support/workspace.ts";

type Aws = ReturnType<typeof useClients>;

export const script = Array.from({ length: 10 }, (_, index) =>
  index === 9 ? "job.commit()" : `x = ${index}`,
);

/** A pipeline of its own: upload, expected object, crawler, job, two jobs beside each other, query. */
export interface Pipeline {
  readonly id: string;
  readonly job: (key: string) => string;
  readonly bucket: string;
  readonly crawler: string;
  readonly lines: readonly string[];
  readonly run: (options?: Partial<E2eOptions>) => Promise<E2eResult>;
}

export function manifestOf(id: string): string {
  return `
version: 1
name: trial
environments: { dev: { region: us-east-1, account: "000000000000" } }
scripts: { bucket: data-${id}, prefix: scripts/ }
jobs:
  silver: { job: silver-${id}, script: jobs/silver.py }
  gold-a: { job: gold-a-${id}, script: jobs/silver.py }
  gold-b: { job: gold-b-${id}, script: jobs/silver.py }
e2e:
  clean: [ s3://data-${id}/landing/ ]
  bookmarks: [ silver ]
  athena: { database: db-${id}, output: s3://data-${id}/results/ }
  steps:
    ingest: { upload: in.json, to: s3://data-${id}/landing/ }
    arrived: { needs: [ingest], expect: "s3://data-${id}/landing/**/*.json", timeout: 10s }
    crawl: { needs: [arrived], crawler: crawler-${id} }
    silver: { needs: [crawl], run: silver, arguments: { --day: "1" } }
    gold-a: { needs: [silver], run: gold-a }
    gold-b: { needs: [silver], run: gold-b }
    check: { needs: [gold-a, gold-b], query: "SELECT count(*) AS n FROM (SELECT 1) WHERE 1 = 0", expect-value: 0 }
`;
}

/** Provisions the pipeline; every job succeeds at once unless its outcomes are planned otherwise. */
export async function pipelineOn(aws: Aws, manifest: (id: string) => string = manifestOf): Promise<Pipeline> {
  const id = crypto.randomUUID();
  const { glue, s3 } = aws.clients;
  const bucket = `data-${id}`;
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "landing/old.json", Body: "old" }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "silver.py", Body: script.join("\n") }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: `db-${id}` } }));
  const role = "arn:aws:iam::000000000000:role/glue";
  for (const key of ["silver", "gold-a", "gold-b"]) {
    const Name = `${key}-${id}`;
    const Command = { Name: "glueetl", ScriptLocation: `s3://${bucket}/silver.py`, PythonVersion: "3" };
    await glue.send(
      new CreateJobCommand({
        Name,
        Role: role,
        Command,
        GlueVersion: "5.0",
        MaxRetries: key === "silver" ? 1 : 0,
      }),
    );
    await aws.sandbox.control("plan-runs", { jobName: Name, outcomes: [{ state: "SUCCEEDED" }] });
  }
  const Targets = { S3Targets: [{ Path: `s3://${bucket}/landing/` }] };
  await glue.send(
    new CreateCrawlerCommand({ Name: `crawler-${id}`, Role: role, DatabaseName: `db-${id}`, Targets }),
  );
  await aws.sandbox.control("plan-crawls", {
    crawlerName: `crawler-${id}`,
    outcomes: [{ status: "SUCCEEDED" }],
  });
  const workspace = await workspaceWith({
    "glue-pipeline.yml": manifest(id),
    "in.json": '{"a": 1}',
    "jobs/silver.py": script.join("\n"),
  });
  const loaded = await loadManifest({ workspace, path: "glue-pipeline.yml", environment: "dev" });
  const { jobs } = await resolveJobs(loaded, workspace);
  const lines: string[] = [];
  return {
    id,
    job: (key) => `${key}-${id}`,
    bucket,
    crawler: `crawler-${id}`,
    lines,
    run: (options = {}) =>
      runE2e({
        manifest: loaded,
        jobs,
        workspace,
        confirmClean: "dev",
        skipClean: false,
        clients: aws.clients,
        clock: systemClock,
        signal: new AbortController().signal,
        progress: ({ message }: ProgressEvent) => lines.push(message),
        pace: quickPace,
        runInfo: { runId: "1" },
        ...options,
      }),
  };
}

/** State by step. */
export function statesOf(result: E2eResult): Record<string, string> {
  return Object.fromEntries(result.steps.map(({ key, state }) => [key, state]));
}

/** Keys below a prefix. */
export async function keysOf(aws: Aws, bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of listObjects(aws.clients.s3, { name: bucket }, prefix, patience().signal))
    keys.push(key);
  return keys;
}
