import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateJobCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { Sandbox } from "../../../sandbox/start.ts";
import { type AwsClients, createClients } from "../../../src/aws/clients.ts";
import { readJobs } from "../../../src/aws/jobs.ts";
import type { RawJob } from "../../../src/aws/raw-job.ts";
import { systemClock } from "../../../src/base/clock.ts";
import { silent } from "../../../src/base/progress.ts";
import type { LedgerPlace } from "../../../src/deploy/ledger.ts";
import { sandboxAccount } from "../aws-environment.ts";
import { definitionOf } from "./definitions.ts";

/** Twenty jobs, or as many as are wanted, with a bucket, a ledger and a checkout of their own. */
export interface Lane {
  readonly sandbox: Sandbox;
  readonly clients: AwsClients;
  readonly bucket: string;
  readonly place: LedgerPlace;
  readonly workspace: string;
  readonly names: readonly string[];
  /** The definitions as they were made. */
  readonly originals: ReadonlyMap<string, RawJob>;
  /** Writes the scripts, one text a job. */
  write(texts: readonly string[]): Promise<void>;
  live(): Promise<ReadonlyMap<string, RawJob | undefined>>;
  close(): Promise<void>;
}

/** Where a job's script of this text belongs. */
export function locationOf(bucket: string, index: number, text: string): string {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
  return `s3://${bucket}/jobs/script_${index}/script_${index}-${hash}.py`;
}

/** The process environment must lead to the sandbox. */
export async function openLane(sandbox: Sandbox, id: string, jobs: number): Promise<Lane> {
  const clients = createClients({ region: "us-east-1", progress: silent });
  const bucket = `kill-points-${id}`;
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await clients.s3.send(
    new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: "Enabled" } }),
  );
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: "old.py", Body: "print(0)\n" }));
  const names = Array.from({ length: jobs }, (_, index) => `kp-${id}-${index}`);
  for (const [index, Name] of names.entries()) {
    const definition = definitionOf(index, `s3://${bucket}/old.py`);
    await clients.glue.send(new CreateJobCommand({ Name, ...definition }));
    const members = { FutureList: [1, 10.5, null, { deep: "ü" }], FutureFlag: true };
    if (index % 2 === 0) await sandbox.control("plant-members", { jobName: Name, members });
  }
  const workspace = await mkdtemp(join(tmpdir(), "glue-kill-points-"));
  const entries = names.map(
    (name, index) => `  j${index}: { job: ${name}, script: jobs/script_${index}.py }`,
  );
  const manifest = `version: 1
name: kill-points
environments: { dev: { region: us-east-1, account: "${sandboxAccount}" } }
scripts: { bucket: ${bucket}, prefix: jobs/ }
jobs:
${entries.join("\n")}
`;
  await mkdir(join(workspace, "jobs"));
  await writeFile(join(workspace, "glue-pipeline.yml"), manifest);
  const live = (): ReturnType<Lane["live"]> => readJobs(clients.glue, names);
  const originals = new Map(
    [...(await live())].flatMap(([name, job]) => (job ? [[name, job] as const] : [])),
  );
  return {
    sandbox,
    clients,
    bucket,
    workspace,
    names,
    originals,
    live,
    place: {
      clients,
      clock: systemClock,
      signal: undefined,
      environment: "dev",
      bucket: { name: bucket, owner: sandboxAccount },
      prefix: "jobs/",
    },
    write: async (texts) => {
      for (const [index, text] of texts.entries())
        await writeFile(join(workspace, `jobs/script_${index}.py`), text);
    },
    close: async () => {
      clients.destroy();
      await rm(workspace, { recursive: true, force: true });
    },
  };
}
