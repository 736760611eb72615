import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  DeleteJobCommand,
  StartJobRunCommand,
} from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { headObject } from "../../src/aws/objects.ts";
import { listReleaseIds, readRelease } from "../../src/deploy/ledger.ts";
import { acquireLock } from "../../src/deploy/lock.ts";
import { prune } from "../../src/deploy/prune.ts";
import { listReleases } from "../../src/deploy/releases-list.ts";
import type { DeployResult } from "../../src/deploy/result.ts";
import { workspaceWith } from "../support/workspace.ts";
import { type DeployWorld, provenance, useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld, control } = useDeployWorlds();

/** Releases version after version of the one job, pruning only at the last; the keys in their order. */
async function releases(
  world: DeployWorld,
  count: number,
  keepReleases: number,
): Promise<{ readonly keys: readonly string[]; readonly last: DeployResult }> {
  const keys: string[] = [];
  let last: DeployResult | undefined;
  for (let number = 1; number <= count; number += 1) {
    const workspace = await workspaceWith({ "glue_jobs/script_0.py": `print(${number})\n` });
    last = await world.release({
      workspace,
      keepReleases: number === count ? keepReleases : undefined,
    });
    keys.push(keyOf(world, (await world.scriptLocations())[0]));
  }
  if (last === undefined) throw new Error("no release");
  return { keys, last };
}

function keyOf(world: DeployWorld, uri: unknown): string {
  return String(uri).slice(`s3://${world.bucket}/`.length);
}

async function standing(world: DeployWorld, keys: readonly string[]): Promise<readonly boolean[]> {
  const heads = keys.map((key) => headObject(world.clients.s3, world.place.bucket, key));
  return (await Promise.all(heads)).map((head) => head !== undefined);
}

describe("keep-releases", () => {
  it("forgets older releases and deletes the scripts that only they used", async () => {
    const world = await deployWorld();
    const { keys, last } = await releases(world, 5, 2);
    // the third script is what the older of the two kept releases was deployed over
    expect(await standing(world, keys)).toEqual([false, false, true, true, true]);
    expect(await listReleaseIds(world.place)).toHaveLength(2);
    expect(last).toMatchObject({ result: "deployed", warnings: [], failure: undefined });
    expect(last.pruned?.keys.toSorted()).toEqual(keys.slice(0, 2).toSorted());
    expect(await world.release({ mode: "rollback" })).toMatchObject({ result: "rolled-back" });
  });

  it("leaves what previous needs, however few are kept", async () => {
    const world = await deployWorld();
    const { keys } = await releases(world, 3, 1);
    await world.release({ mode: "rollback" });
    expect(keyOf(world, (await world.scriptLocations())[0])).toBe(keys[1]);
  });

  it("deletes nothing without being asked to", async () => {
    const world = await deployWorld();
    await releases(world, 3, 3);
    expect(world.operations()).not.toContain("DeleteObjects");
  });

  it("leaves a script that a job of somebody else's uses, and the release that tells of it", async () => {
    const world = await deployWorld();
    const first = await world.release();
    const [uri] = await world.scriptLocations();
    await world.clients.glue.send(
      new CreateJobCommand({
        Name: `theirs-${world.bucket}`,
        Role: "arn:aws:iam::000000000000:role/glue",
        Command: { Name: "glueetl", ScriptLocation: "s3://theirs/job.py" },
        DefaultArguments: { "--extra-py-files": `s3://theirs/a.zip,${String(uri)}` },
      }),
    );
    const { last } = await releases(world, 4, 2);
    expect(await standing(world, [keyOf(world, uri)])).toEqual([true]);
    expect(last.warnings.join()).toContain("a live job or a run in flight uses it");
    expect(await listReleaseIds(world.place)).toContain(first.releaseId);
  });

  it("leaves all that a kept release names, and finds nothing more to delete", async () => {
    const world = await deployWorld();
    const { keys } = await releases(world, 3, 9);
    await world.clients.glue.send(
      new CreateJobCommand({
        Name: `theirs-${world.bucket}`,
        Role: "arn:aws:iam::000000000000:role/glue",
        Command: { Name: "glueetl", ScriptLocation: `s3://${world.bucket}/${keys[1]}` },
      }),
    );
    await releases(world, 6, 1);
    const ids = await listReleaseIds(world.place);
    const records = await Promise.all(ids.map((id) => readRelease(world.place, id)));
    const named = records.flatMap((stored) =>
      (stored?.record.jobs ?? []).flatMap(({ before, after }) =>
        [before.scriptLocation, after.scriptLocation].filter((uri) => uri.includes(world.bucket)),
      ),
    );
    expect(named).toContain(`s3://${world.bucket}/${keys[1]}`);
    expect(
      await standing(
        world,
        named.map((uri) => keyOf(world, uri)),
      ),
    ).toEqual(named.map(() => true));
    const lock = await acquireLock(world.place, provenance);
    expect(await prune(world.place, 1, provenance, lock)).toMatchObject({
      releases: [],
      keys: [],
      failed: [],
    });
    await lock.release();
  });

  it("leaves the scripts that a run in flight may have started with", async () => {
    const world = await deployWorld();
    await world.release();
    const first = keyOf(world, (await world.scriptLocations())[0]);
    const JobName = world.jobs[0]?.job ?? "";
    await control("plan-runs", { jobName: JobName, outcomes: [{ state: "SUCCEEDED", seconds: 600 }] });
    const { JobRunId: id = "" } = await world.clients.glue.send(new StartJobRunCommand({ JobName }));
    await releases(world, 4, 2);
    expect(await standing(world, [first])).toEqual([true]);
    await world.clients.glue.send(new BatchStopJobRunCommand({ JobName, JobRunIds: [id] }));
    const workspace = await workspaceWith({ "glue_jobs/script_0.py": "print('last')\n" });
    await world.release({ workspace, keepReleases: 2 });
    expect(await standing(world, [first])).toEqual([false]);
  });

  it("leaves a script that a release of another environment below the prefix uses", async () => {
    const world = await deployWorld();
    const manifest = { ...world.manifest, environment: { ...world.manifest.environment, name: "prod" } };
    await world.release({ manifest });
    const shared = keyOf(world, (await world.scriptLocations())[0]);
    await releases(world, 5, 2);
    expect(await standing(world, [shared])).toEqual([true]);
  });

  it("waits for another day while another environment deploys", async () => {
    const world = await deployWorld();
    const prod = { ...world.place, environment: "prod" };
    const lock = await acquireLock(prod, { ...provenance, runId: "2002" });
    const { keys, last } = await releases(world, 5, 2);
    await lock.release();
    expect(last.result).toBe("deployed");
    expect(last.warnings.join()).toMatch(/keep-releases: pruning stopped.*run 2002/);
    expect(await standing(world, keys)).toEqual(keys.map(() => true));
  });

  it("deletes nothing while a record of any environment is of a newer toolkit", async () => {
    const world = await deployWorld();
    const Key = "glue_jobs/_releases/prod/20251101T000000.000Z-c-1.json";
    await world.clients.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body: '{"version": 3}' }));
    const { keys, last } = await releases(world, 5, 2);
    expect(last.warnings.join()).toContain("not a release record this toolkit can read");
    expect(await standing(world, keys)).toEqual(keys.map(() => true));
  });

  it("goes on beside a damaged record, and leaves every script that it names", async () => {
    const world = await deployWorld();
    await world.release();
    const [uri] = await world.scriptLocations();
    const Key = "glue_jobs/_releases/dev/20251101T000000.000Z-c-1.json";
    const Body = `{"version": 1, "jobs": [{"after": {"scriptLocation": "${String(uri)}"`;
    await world.clients.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body }));
    const { keys, last } = await releases(world, 5, 2);
    expect(last.warnings).toEqual([
      "keep-releases: the record of release 20251101T000000.000Z-c-1 is damaged; it stays, with every script that it names",
    ]);
    expect(await standing(world, [keyOf(world, uri), ...keys])).toEqual([
      true,
      false,
      false,
      true,
      true,
      true,
    ]);
    expect(await listReleases(world.place)).toContainEqual(
      expect.objectContaining({ id: "20251101T000000.000Z-c-1", status: "unreadable" }),
    );
  });

  it("goes on once a job that the ledger names was deleted", async () => {
    const world = await deployWorld({ jobs: 2 });
    await world.release();
    const gone = keyOf(world, (await world.scriptLocations())[1]);
    const JobName = world.jobs[1]?.job ?? "";
    await world.clients.glue.send(new DeleteJobCommand({ JobName }));
    const only = { jobs: world.jobs.slice(0, 1) };
    let last: DeployResult | undefined;
    for (const text of ["1", "2", "3"]) {
      const workspace = await workspaceWith({ "glue_jobs/script_0.py": `print(${text})\n` });
      last = await world.release({ ...only, workspace, keepReleases: 2 });
    }
    expect(last).toMatchObject({ result: "deployed", warnings: [] });
    // the release that made the job what it was is the newest that changed it
    expect(await standing(world, [gone])).toEqual([true]);
    expect(await listReleaseIds(world.place)).toHaveLength(3);
  });
});
