import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { updateJob } from "../../src/aws/jobs.ts";
import { lastModified } from "../../src/aws/raw-job.ts";
import { systemClock } from "../../src/base/clock.ts";
import { readRelease, writeRecord } from "../../src/deploy/ledger.ts";
import { pendingRecord, type ReleaseRecord } from "../../src/deploy/record.ts";
import { repoint } from "../../src/deploy/repoint.ts";
import { describeUndo, undoMoves } from "../../src/deploy/undo.ts";
import { workspaceWith } from "../support/workspace.ts";
import { type DeployWorld, useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld, failNext } = useDeployWorlds();

const held = { assertHeld: () => Promise.resolve(), assertFresh: () => undefined };

/** The state a killed deploy leaves: a pending record, and only some of its jobs moved. */
async function killedDeploy(world: DeployWorld, moved: number): Promise<ReleaseRecord> {
  const { plan } = await world.release({ mode: "plan" });
  const record = pendingRecord(plan, Date.now());
  await writeRecord(world.place, record);
  for (const [index, { job, after }] of record.jobs.slice(0, moved).entries()) {
    await updateJob(world.clients.glue, job, await world.live(index), {
      scriptLocation: after.scriptLocation,
    });
  }
  return record;
}

describe("after a deploy that was killed", () => {
  it("the next one undoes it, says so, and deploys", async () => {
    const world = await deployWorld({ jobs: 3 });
    const record = await killedDeploy(world, 2);
    const result = await world.release();
    expect(result.result).toBe("deployed");
    expect(result.warnings.join()).toContain(
      `Release ${record.id} of the manifest acme (repository acme/datalake, run 1001) was interrupted and is undone`,
    );
    expect(result.warnings.join()).toContain("Moved back 2 jobs");
    expect((await readRelease(world.place, record.id))?.record.status).toBe("rolled-back");
  });

  it("the next one finishes it when all jobs had moved", async () => {
    const world = await deployWorld({ jobs: 2 });
    const record = await killedDeploy(world, 2);
    await world.release();
    expect((await readRelease(world.place, record.id))?.record.status).toBe("applied");
  });

  it.each<[string, string[]]>([
    ["all jobs", []],
    ["a named job", ["job-0"]],
  ])("a rollback of %s undoes it, and not the release before it as well", async (_, subset) => {
    const world = await deployWorld({ jobs: 2 });
    await world.release();
    const before = await world.scriptLocations();
    const workspace = await workspaceWith(
      Object.fromEntries([0, 1].map((number) => [`glue_jobs/script_${number}.py`, "print('next')\n"])),
    );
    const { plan } = await world.release({ mode: "plan", workspace });
    const record = pendingRecord(plan, Date.now());
    await writeRecord(world.place, record);
    const [moved] = record.jobs;
    if (moved === undefined) throw new Error("no job");
    await updateJob(world.clients.glue, moved.job, await world.live(0), {
      scriptLocation: moved.after.scriptLocation,
    });
    const result = await world.release({ mode: "rollback", subset });
    expect(result).toMatchObject({ result: "rolled-back", jobsChanged: [moved.job], releaseId: record.id });
    expect(result.warnings.join()).toContain("Roll back again to undo the release before it");
    expect(await world.scriptLocations()).toEqual(before);
  });

  it("a plan names it and changes nothing", async () => {
    const world = await deployWorld({ jobs: 2 });
    const record = await killedDeploy(world, 1);
    const result = await world.release({ mode: "plan" });
    expect(result.warnings.join()).toContain(`Release ${record.id} is pending`);
    expect((await readRelease(world.place, record.id))?.record.status).toBe("pending");
  });

  it("a job that somebody else pointed elsewhere since is left alone", async () => {
    const world = await deployWorld({ jobs: 2 });
    const record = await killedDeploy(world, 1);
    const theirs = { scriptLocation: "s3://theirs/job.py" };
    await updateJob(world.clients.glue, world.jobs[0]?.job ?? "", await world.live(0), theirs);
    const result = await world.release({ subset: ["job-1"] });
    expect(result.warnings.join()).toContain(
      `Left alone, because somebody else changed or deleted them: ${world.jobs[0]?.job}`,
    );
    expect((await world.scriptLocations())[0]).toBe("s3://theirs/job.py");
    expect((await readRelease(world.place, record.id))?.record.status).toBe("rolled-back");
  });

  it("keeps the record pending when a job can't be moved back, and the next one tries again", async () => {
    const world = await deployWorld({ jobs: 2 });
    const record = await killedDeploy(world, 1);
    await failNext({ operation: "UpdateJob", count: 1, code: "AccessDeniedException", message: "no" });
    await expect(world.release()).rejects.toMatchObject({ code: "recovery-failed" });
    expect((await readRelease(world.place, record.id))?.record.status).toBe("pending");
    expect((await world.release()).result).toBe("deployed");
    expect((await readRelease(world.place, record.id))?.record.status).toBe("rolled-back");
  });

  it("a damaged record is named instead of guessed at", async () => {
    const world = await deployWorld();
    const Key = "glue_jobs/_releases/dev/20990101T000000.000Z-abc-1.json";
    await world.clients.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body: '{"version": 2' }));
    await expect(world.release()).rejects.toMatchObject({
      code: "release-record-invalid",
      message: expect.stringContaining(Key),
    });
  });
});

describe("what is said of an undo", () => {
  const nothing = { restored: [], leftAlone: [], failed: [], foreign: [] };

  it("is that nothing was to do only where nothing was", () => {
    expect(describeUndo(nothing)).toBe("No job had to be moved back.");
    expect(describeUndo({ ...nothing, failed: [{ job: "silver", why: "no" }] })).toBe(
      "Could not be moved back (the next deploy tries again): silver (no).",
    );
  });
});

describe("one job", () => {
  it("is not repointed when somebody updated it after the plan", async () => {
    const world = await deployWorld();
    const [{ job = "", key = "" } = {}] = world.jobs;
    const planned = lastModified(await world.live());
    await systemClock.sleep(5);
    await updateJob(world.clients.glue, job, await world.live(), { scriptLocation: "s3://theirs/job.py" });
    const from = { scriptLocation: "s3://old-scripts/job.py", extraPyFiles: null };
    const move = { key, job, from, to: { ...from, scriptLocation: "s3://ours/job.py" } };
    await expect(repoint(world.place, move, planned, held, new Set())).rejects.toMatchObject({
      code: "job-changed-meanwhile",
    });
    expect(await world.scriptLocations()).toEqual(["s3://theirs/job.py"]);
  });

  it("gets its whole definition back when its update lost something", async () => {
    const world = await deployWorld({ definition: { Description: "kept" } });
    const [{ job = "", key = "" } = {}] = world.jobs;
    const original = await world.live();
    const { Description: _lost, ...rest } = original;
    await updateJob(world.clients.glue, job, rest, { scriptLocation: "s3://ours/job.py" });
    const from = { scriptLocation: "s3://old-scripts/job.py", extraPyFiles: null };
    const move = { key, job, from, to: { ...from, scriptLocation: "s3://ours/job.py" } };
    const result = await undoMoves(world.place, [move], held, new Set(), new Map([[job, original]]));
    expect(result.restored).toEqual([job]);
    expect(await world.live()).toMatchObject({ Description: "kept", Command: original["Command"] });
  });
});
