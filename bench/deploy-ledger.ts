/** What the ledger costs: a rollback of one job among 1,000, and a deploy and its pruning beside 10,000 releases. */
import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { mapLimited } from "../src/base/limit.ts";
import type { BenchContext } from "./support/bench.ts";
import { type DeployWorld, deployWorld } from "./support/deploy-world.ts";

const releases = 10_000;
const keep = 20;

export async function run(context: BenchContext): Promise<Record<string, number>> {
  return { ...(await rollbackOfOne(context)), ...(await longLedger(context)) };
}

async function rollbackOfOne(context: BenchContext): Promise<Record<string, number>> {
  const jobs = 1_000;
  const world = await deployWorld(context, jobs);
  try {
    await world.deploy();
    await world.changeOne();
    await world.deploy();
    await world.calls();
    const { seconds } = await world.deploy({ inputs: { INPUT_MODE: "rollback" } });
    return { rollbackJobs: jobs, rollbackCalls: sum(await world.calls()), rollbackSeconds: seconds };
  } finally {
    await world.stop();
  }
}

async function longLedger(context: BenchContext): Promise<Record<string, number>> {
  const jobs = 25;
  const world = await deployWorld(context, jobs);
  try {
    await world.deploy();
    await writeReleases(world);
    await world.deploy(); // the first one reads the whole list
    await world.changeAll();
    await world.calls();
    const changing = await world.deploy();
    const calls = await world.calls();
    await world.changeAll();
    await world.calls();
    const pruning = await world.deploy({ watched: true, inputs: { "INPUT_KEEP-RELEASES": String(keep) } });
    const pruneCalls = sum(await world.calls());
    return {
      releases,
      ledgerJobs: jobs,
      changingDeploySeconds: changing.seconds,
      changingDeployLists: lists(calls),
      firstPruneCalls: pruneCalls,
      firstPruneSeconds: pruning.seconds,
      firstPruneMegabytes: pruning.peakMegabytes,
    };
  } finally {
    await world.stop();
  }
}

/** Releases of the year before, in the format of version 1, which named every job: each moved some of them. */
async function writeReleases(world: DeployWorld): Promise<void> {
  const s3 = new S3Client({
    endpoint: world.environment["AWS_ENDPOINT_URL"] ?? "",
    region: "us-east-1",
    credentials: {
      accessKeyId: world.environment["AWS_ACCESS_KEY_ID"] ?? "",
      secretAccessKey: world.environment["AWS_SECRET_ACCESS_KEY"] ?? "",
    },
  });
  const start = Date.parse("2024-01-01T00:00:00Z");
  const versions = world.jobs.map(() => 0);
  const bodies = Array.from({ length: releases }, (_, release) => {
    const createdAt = new Date(start + release * 45 * 60_000).toISOString();
    const id = `${createdAt.replaceAll(/[-:]/g, "")}-0123456789ab-${release}`;
    const jobs = world.jobs.map((job, index) => {
      const before = versions[index] ?? 0;
      const after = (release + index) % 5 === 0 ? before + 1 : before;
      versions[index] = after;
      return { key: `job_${index}`, job, before: at(world, index, before), after: at(world, index, after) };
    });
    const record = {
      version: 1,
      id,
      kind: "deploy",
      status: "applied",
      environment: "dev",
      region: "us-east-1",
      account: "000000000000",
      createdAt,
      settledAt: createdAt,
      rollbackTo: null,
      note: null,
      provenance: { commit: "0123456789ab", repository: "acme/lake", runId: String(release) },
      jobs,
    };
    return { Key: `glue_jobs/_releases/dev/${id}.json`, Body: `${JSON.stringify(record, null, 2)}\n` };
  });
  await mapLimited(bodies, 32, (object) =>
    s3.send(new PutObjectCommand({ Bucket: world.bucket, ...object })),
  );
  s3.destroy();
}

function at({ bucket }: DeployWorld, index: number, version: number) {
  const hash = (version * 1_000 + index).toString(16).padStart(12, "0");
  return {
    scriptLocation: `s3://${bucket}/glue_jobs/job_${index}/job_${index}-${hash}.py`,
    extraPyFiles: null,
  };
}

function sum(calls: Readonly<Record<string, number>>): number {
  return Object.values(calls).reduce((total, count) => total + count, 0);
}

function lists(calls: Readonly<Record<string, number>>): number {
  return sum(Object.fromEntries(Object.entries(calls).filter(([name]) => /List/i.test(name))));
}
