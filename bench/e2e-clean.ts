/** Emptying a prefix of 100,000 objects: memory must not grow with their number. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { mapLimited } from "../src/base/limit.ts";
import type { BenchContext } from "./support/bench.ts";
import { plannedJob, runE2e, type SandboxClients, scriptsBucket, withSandbox } from "./support/e2e.ts";

const bucket = "clean-me";
const few = 1_000;
const many = 100_000;

export function run(context: BenchContext): Promise<Record<string, number>> {
  return withSandbox(async (clients) => {
    await scriptsBucket(clients, bucket);
    await plannedJob(clients, { name: "job", bucket, seconds: 0, runs: 2 });
    await mkdir(join(context.home, "jobs"), { recursive: true });
    await writeFile(join(context.home, "jobs/job.py"), "job.commit()\n");
    await writeFile(join(context.home, "glue-pipeline.yml"), manifest);
    const small = await cleaned(context, clients, few);
    const large = await cleaned(context, clients, many);
    return {
      thousandPeakMegabytes: small.peakMegabytes,
      hundredThousandPeakMegabytes: large.peakMegabytes,
      hundredThousandSeconds: large.seconds,
    };
  });
}

async function cleaned(context: BenchContext, clients: SandboxClients, count: number) {
  const keys = Array.from({ length: count }, (_, index) => `data/part=${index % 100}/${index}.parquet`);
  await mapLimited(keys, 32, (Key) =>
    clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "x" })),
  );
  const run = await runE2e(context, clients.sandbox, { "confirm-clean": "dev" }, true);
  if (run.exitCode !== 0) throw new Error(`run-e2e failed: ${run.output.slice(-2_000)}`);
  return run;
}

const manifest = `version: 1
name: clean
environments: { dev: { region: us-east-1 } }
scripts: { bucket: ${bucket}, prefix: scripts/ }
jobs: { job: { job: job, script: jobs/job.py } }
e2e:
  clean: [ s3://${bucket}/data/ ]
  steps: { job: { run: job } }
`;
