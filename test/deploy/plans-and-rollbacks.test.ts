import { describe, expect, it } from "vitest";
import { parsePlanFile } from "../../src/deploy/plan-file.ts";
import { planJson } from "../../src/report/plan-json.ts";
import { digest } from "./support/artifacts.ts";
import { at, idOf, interruptedWorld, recordOf, storeRecords } from "./support/records.ts";
import { oldScript, type SmallWorld, smallWorld } from "./support/small-world.ts";
import { calls, written } from "./support/what-happened.ts";

const running = [{ Id: "r1", JobRunState: "RUNNING" }];
describe("a plan", () => {
  it("is all that a deploy would do, and writes nothing", async () => {
    const world = await smallWorld(2);
    const { plan, result } = await world.release(1, { mode: "plan", subset: ["key-b"] });
    expect(result).toBe("planned");
    expect({ ...plan, jobs: plan.jobs.map(({ job }) => job) }).toEqual({
      version: 1,
      mode: "deploy",
      environment: "dev",
      region: "us-east-1",
      account: "123456789012",
      bucket: "s",
      prefix: "p/",
      createdAt: "2025-11-05T10:30:00.000Z",
      provenance: expect.objectContaining({ runId: "1001" }),
      manifest: { name: "acme", path: "glue-pipeline.yml" },
      rollbackTo: null,
      objects: { [String(plan.jobs[0]?.next?.scriptLocation)]: digest('print("b.py", 1)\n') },
      jobs: ["b"],
      warnings: [],
    });
    expect(written(world)).toEqual([]);
  });

  it("looks closer than a deploy: at the text, at the last release and around the job", async () => {
    const world = await smallWorld();
    await world.release(1);
    const job = world.aws.jobs.get("a");
    const later = Number(job?.["LastModifiedOn"]) + 3 * 86_400;
    world.aws.jobs.set("a", { ...job, Name: "a", LastModifiedOn: later });
    world.aws.runs.set("a", running);
    world.aws.twist("GetTags", () => ({ Tags: { terraform: "true" } }));
    const { plan } = await world.release(2, { mode: "plan" });
    expect(plan.jobs[0]?.scriptDiff).toBe('@@ -1 +1 @@\n-print("a.py", 1)\n+print("a.py", 2)');
    expect(plan.jobs[0]?.warnings).toEqual([
      "a run is in flight (r1): it keeps the script it started with",
      expect.stringMatching(/^is defined by Terraform/),
      expect.stringMatching(/^was updated at /),
    ]);
  });

  it("looks no closer where nothing changes", async () => {
    const world = await smallWorld();
    await world.release(1);
    const from = calls(world).length;
    expect(await world.release(1, { mode: "plan" })).toMatchObject({
      result: "planned",
      jobsChanged: [],
      jobsUnchanged: ["a"],
    });
    expect(calls(world, from)).toEqual(["POST", "GET", "ListObjectsV2", "GET", "BatchGetJobs", "HEAD"]);
  });

  it("searches the ten newest releases for the one that names a job", async () => {
    const before = { scriptLocation: "s3://s/x.py", extraPyFiles: null };
    for (const others of [9, 10]) {
      const world = await smallWorld();
      const job = { key: "key-a", job: "a", before, after: at("theirs") };
      storeRecords(world.aws, { ...recordOf(1, {}), jobs: [job] });
      storeRecords(world.aws, ...Array.from({ length: others }, (_, index) => recordOf(index + 2, {})));
      const { warnings } = await world.release(1, { mode: "plan" });
      expect(warnings).toHaveLength(others === 9 ? 1 : 0);
    }
  });

  it("of a rollback is one too", async () => {
    const world = await smallWorld();
    await world.release(1);
    world.aws.store("job.py", "old\n");
    const { plan } = await world.release(1, { mode: "rollback" });
    expect(plan).toMatchObject({ mode: "rollback", rollbackTo: null });
    expect(world.locations()).toEqual([oldScript]);
  });

  it("names a release that is pending, and leaves it so", async () => {
    const world = await interruptedWorld();
    const { warnings } = await world.release(1, { mode: "plan" });
    const message = `Release ${idOf(1)} is pending: it is in progress, or the next deploy settles it.`;
    expect(warnings[0]).toBe(message);
    expect(world.events).toContainEqual({ code: "deploy.recovered", level: "warning", message });
    expect(world.record(idOf(1))).toMatchObject({ status: "pending" });
    expect(written(world)).toEqual([]);
  });
});

describe("an approved plan", () => {
  async function approved(world: SmallWorld, subset: readonly string[] = []) {
    return parsePlanFile(planJson(await world.release(1, { mode: "plan", subset })), "plan.json");
  }

  it("is about its own jobs, unless the caller names some", async () => {
    const world = await smallWorld(2);
    const plan = await approved(world, ["key-b"]);
    await expect(world.release(1, { approved: plan, subset: ["key-a"] })).rejects.toMatchObject({
      code: "plan-stale",
    });
    expect(await world.release(1, { approved: plan })).toMatchObject({ jobsChanged: ["b"] });
  });

  it("is held against the plan that is made under the lock, too", async () => {
    const world = await smallWorld();
    const plan = await approved(world);
    world.aws.twist("PUT", (_, usual) => {
      const job = world.aws.jobs.get("a");
      world.aws.jobs.set("a", { ...job, Name: "a", LastModifiedOn: 1 });
      return usual();
    });
    const result = await world.release(1, { approved: plan });
    expect(result).toMatchObject({ result: "failed", failure: { code: "plan-stale" } });
    expect(world.releaseIds()).toEqual([]);
  });
});

describe("a rollback", () => {
  it("needs no checkout, and goes to previous by itself", async () => {
    const world = await smallWorld(2);
    await world.release(1);
    const there = world.locations();
    await world.release(2);
    const back = await world.release(2, {
      mode: "rollback",
      jobs: [],
      workspace: "/nowhere",
      subset: ["key-a", "key-b"],
    });
    expect(back).toMatchObject({ result: "rolled-back", jobsChanged: ["a", "b"], warnings: [] });
    expect(back.plan.rollbackTo).toBe(world.releaseIds()[0]);
    expect(world.locations()).toEqual(there);
    expect(world.record(back.releaseId)).toMatchObject({
      kind: "rollback",
      rollbackTo: world.releaseIds()[0],
    });
  });

  it("to a named release, of a subset, warns of what that doesn't know", async () => {
    const world = await smallWorld(3);
    await world.release(1, { subset: ["key-a"] });
    const [first] = world.releaseIds();
    const there = world.locations();
    await world.release(2, { subset: ["key-a", "key-b"] });
    const subset = ["key-a", "key-c"];
    expect(await world.release(2, { mode: "rollback", rollbackTo: first, subset })).toMatchObject({
      jobsChanged: ["a"],
      warnings: ["c: that release does not know the job, which stays as it is"],
    });
    expect(world.locations()[0]).toBe(there[0]);
    await expect(world.release(2, { mode: "rollback", subset: ["key-x"] })).rejects.toMatchObject({
      code: "unknown-job",
    });
  });

  it("fails where the script it would go back to has gone, ours or somebody else's", async () => {
    const world = await smallWorld();
    await world.release(1);
    const foreign = await world.release(1, { mode: "rollback" });
    expect(foreign.failure).toMatchObject({
      code: "rollback-target-gone",
      message: "a: would go back to s3://old/job.py, which is gone. Nothing was changed.",
    });
    const [uri] = world.locations();
    await world.release(2);
    world.aws.objects.delete(String(uri).slice("s3://s/".length));
    const ours = await world.release(2, { mode: "rollback" });
    expect(ours.failure?.message).toBe(`a: would go back to ${uri}, which is gone. Nothing was changed.`);
  });
});
