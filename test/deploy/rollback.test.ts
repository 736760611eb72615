import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { updateJob } from "../../src/aws/jobs.ts";
import type { JobEntry } from "../../src/manifest/manifest.ts";
import { workspaceWith } from "../support/workspace.ts";
import { useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld } = useDeployWorlds();

describe("rollback", () => {
  it("goes back to the release before, from the ledger alone, and forth again", async () => {
    const world = await deployWorld({ jobs: 2 });
    const first = await world.release();
    const old = await world.scriptLocations();
    const workspace = await workspaceWith({
      "glue_jobs/script_0.py": "print('new')\n",
      "glue_jobs/script_1.py": 'print("glue_jobs/script_1.py")\n',
    });
    await world.release({ workspace });
    const fresh = await world.scriptLocations();
    expect(fresh[0]).not.toBe(old[0]);
    const back = await world.release({ mode: "rollback", workspace: "/nowhere" });
    expect(back).toMatchObject({ result: "rolled-back", jobsChanged: [world.jobs[0]?.job] });
    expect(back.plan.rollbackTo).toBe(first.releaseId);
    expect(await world.scriptLocations()).toEqual(old);
    await world.release({ mode: "rollback", workspace: "/nowhere" });
    expect(await world.scriptLocations()).toEqual(fresh);
  });

  it("goes back beyond the first release, to the key that somebody else had written", async () => {
    const world = await deployWorld();
    const Key = "glue_jobs/old.py";
    await world.clients.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body: "old" }));
    const scriptLocation = `s3://${world.bucket}/${Key}`;
    await updateJob(world.clients.glue, world.jobs[0]?.job ?? "", await world.live(), { scriptLocation });
    await world.release();
    expect(await world.release({ mode: "rollback" })).toMatchObject({ result: "rolled-back" });
    expect(await world.scriptLocations()).toEqual([scriptLocation]);
  });

  it("refuses to go back to a script of somebody else's that has gone", async () => {
    const world = await deployWorld();
    await world.release();
    const back = await world.release({ mode: "rollback" });
    expect(back).toMatchObject({ result: "failed", failure: { code: "rollback-target-gone" } });
    expect(back.failure?.message).toContain("s3://old-scripts/job.py");
  });

  it("goes back to a named release, also for jobs that only older releases name", async () => {
    const world = await deployWorld({ jobs: 2 });
    await world.release({ subset: ["job-0"] });
    const second = await world.release({ subset: ["job-1"] });
    const then = await world.scriptLocations();
    const workspace = await workspaceWith({
      "glue_jobs/script_0.py": "x = 1\n",
      "glue_jobs/script_1.py": "x = 2\n",
    });
    await world.release({ workspace });
    expect(await world.scriptLocations()).not.toEqual(then);
    await world.release({ mode: "rollback", rollbackTo: second.releaseId });
    expect(await world.scriptLocations()).toEqual(then);
  });

  it("knows the jobs that a glob stands for from the ledger, with no script to look at", async () => {
    const world = await deployWorld({ jobs: 2 });
    await world.release();
    const old = await world.scriptLocations();
    const files = { "glue_jobs/script_0.py": "x = 1\n", "glue_jobs/script_1.py": "x = 2\n" };
    await world.release({ workspace: await workspaceWith(files) });
    const suffix = world.jobs[0]?.job.slice("acme-job-0".length) ?? "";
    const [explicit] = world.manifest.jobs;
    const glob = {
      ...explicit,
      key: "all",
      job: `acme-\${stem}${suffix}`,
      script: "glue_jobs/*.py",
    } as JobEntry;
    const manifest = { ...world.manifest, jobs: [glob] };
    const nowhere = { mode: "rollback", manifest, jobs: [], workspace: "/nowhere" } as const;
    const one = await world.release({ ...nowhere, subset: ["job-1"] });
    expect(one).toMatchObject({ result: "rolled-back", jobsChanged: [world.jobs[1]?.job] });
    await world.release({ ...nowhere, subset: ["job-0"] });
    expect(await world.scriptLocations()).toEqual(old);
  });

  it("refuses a newest release that a newer toolkit wrote, or that is cut short", async () => {
    for (const Body of ['{"version": 2, "id": "x"}', '{"version": 1, "id": "2099']) {
      const world = await deployWorld();
      await world.release();
      const Key = "glue_jobs/_releases/dev/20990101T000000.000Z-c-1.json";
      await world.clients.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body }));
      await expect(world.release({ mode: "rollback" })).rejects.toMatchObject({
        code: "release-record-invalid",
        message: expect.stringContaining(Key),
        remedy: expect.stringContaining("newer version of the toolkit"),
      });
    }
  });

  it("is unchanged when the jobs already are there", async () => {
    const world = await deployWorld();
    const { releaseId } = await world.release();
    const result = await world.release({ mode: "rollback", rollbackTo: releaseId });
    expect(result.result).toBe("unchanged");
  });

  it("says which jobs no release knows", async () => {
    const world = await deployWorld({ jobs: 2 });
    const { releaseId } = await world.release({ subset: ["job-0"] });
    const result = await world.release({ mode: "rollback", rollbackTo: releaseId });
    expect(result.warnings.join()).toContain(`${world.jobs[1]?.job}: that release does not know the job`);
  });

  it("refuses a release whose script has gone", async () => {
    const world = await deployWorld();
    const { releaseId } = await world.release();
    const [uri] = await world.scriptLocations();
    const workspace = await workspaceWith({ "glue_jobs/script_0.py": "print('new')\n" });
    await world.release({ workspace });
    const Key = String(uri).slice(`s3://${world.bucket}/`.length);
    await world.clients.s3.send(new DeleteObjectCommand({ Bucket: world.bucket, Key }));
    const result = await world.release({ mode: "rollback", rollbackTo: releaseId });
    expect(result).toMatchObject({ result: "failed", failure: { code: "rollback-target-gone" } });
  });

  it("names the newest releases when it does not know one", async () => {
    const world = await deployWorld();
    await expect(world.release({ mode: "rollback" })).rejects.toMatchObject({ code: "no-release" });
    const { releaseId } = await world.release();
    const unknown = world.release({ mode: "rollback", rollbackTo: "20200101T000000.000Z-x-1" });
    await expect(unknown).rejects.toMatchObject({
      code: "unknown-release",
      remedy: expect.stringContaining(releaseId ?? "?"),
    });
  });
});
