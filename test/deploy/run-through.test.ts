import { describe, expect, it } from "vitest";
import { callerOf } from "../aws/answers.ts";
import { refused } from "../aws/scripted.ts";
import { idOf, interruptedWorld, recordOf, storeRecords } from "./support/records.ts";
import { oldScript, smallWorld } from "./support/small-world.ts";
import { calls, written } from "./support/what-happened.ts";

const running = [{ Id: "r1", JobRunState: "RUNNING" }];
describe("a deploy", () => {
  it("settles a pending release first, says so, and goes on", async () => {
    const world = await interruptedWorld();
    const result = await world.release(1);
    const message = `Release ${idOf(1)} of the manifest acme (repository r, run 1) was interrupted and is undone. No job had to be moved back.`;
    expect(result).toMatchObject({ result: "deployed", warnings: [message] });
    expect(world.events.filter(({ code }) => code === "deploy.recovered")).toEqual([
      { code: "deploy.recovered", level: "warning", message },
    ]);
    expect(world.record(idOf(1))).toMatchObject({ status: "rolled-back" });
  });

  it("settles a pending release though it has nothing to do itself", async () => {
    const world = await smallWorld();
    const { releaseId } = await world.release(1);
    const key = `p/_releases/dev/${releaseId}.json`;
    world.aws.store(key, JSON.stringify({ ...world.record(releaseId), status: "pending", settledAt: null }));
    const message = `Release ${releaseId} of the manifest acme (repository acme/datalake, run 1001) was interrupted after all its jobs had moved; it is now marked as applied.`;
    expect(await world.release(1)).toMatchObject({ result: "unchanged", warnings: [message] });
    expect(world.record(releaseId)).toMatchObject({ status: "applied" });
  });

  it("settles none that was settled while it waited for the lock", async () => {
    const world = await interruptedWorld();
    world.aws.twist("PUT", ({ path }, usual) => {
      if (!path.includes("lock.json")) return undefined;
      storeRecords(world.aws, { ...recordOf(1, {}), note: "by its own run" });
      return usual();
    });
    const result = await world.release(1);
    expect(result).toMatchObject({ result: "deployed", warnings: [] });
    expect(world.record(idOf(1))).toMatchObject({ note: "by its own run" });
  });

  it("settles one that was left pending between its plan and its lock", async () => {
    const world = await smallWorld();
    world.aws.twist("PUT", ({ path }, usual) => {
      if (path.includes("lock.json") && world.releaseIds().length === 0)
        storeRecords(world.aws, recordOf(1, {}, { status: "pending" }));
      return usual();
    });
    const result = await world.release(1);
    expect(result.result).toBe("deployed");
    expect(result.warnings).toEqual([
      `Release ${idOf(1)} of the manifest acme (repository r, run 1) was interrupted after all its jobs had moved; it is now marked as applied.`,
    ]);
  });

  it("takes no lock where nothing changes, or something is blocked", async () => {
    const world = await smallWorld(2);
    await world.release(1);
    const from = calls(world).length;
    expect(await world.release(1)).toMatchObject({ result: "unchanged", jobsUnchanged: ["a", "b"] });
    world.aws.jobs.set("b", { Name: "b", JobMode: "VISUAL", GlueVersion: "5.0" });
    expect(await world.release(2)).toMatchObject({ result: "failed", failure: { code: "visual-job" } });
    expect(written(world, from)).toEqual([]);
  });

  it.each([
    ["blocked", { JobMode: "VISUAL" }, { result: "failed", failure: { code: "visual-job" } }],
    ["done by another run", {}, { result: "unchanged", failure: undefined }],
  ])("plans again under the lock, and stops where all is %s by then", async (_, more, expected) => {
    const world = await smallWorld();
    const { plan } = await world.release(1, { mode: "plan" });
    const [planned] = plan.jobs;
    world.aws.twist("PUT", (_sent, usual) => {
      const Command = { ScriptLocation: planned?.next?.scriptLocation };
      world.aws.store(planned?.artifacts[0] ?? "", 'print("a.py", 1)\n');
      world.aws.jobs.set("a", { Name: "a", GlueVersion: "5.0", Command, ...more });
      return usual();
    });
    expect(await world.release(1)).toMatchObject(expected);
    expect(world.releaseIds()).toEqual([]);
  });

  it("changes no job where one of them is blocked by then", async () => {
    const world = await smallWorld(2);
    world.aws.twist("PUT", () => {
      world.aws.jobs.set("a", { Name: "a", JobMode: "VISUAL", GlueVersion: "5.0" });
      return undefined;
    });
    expect(await world.release(1)).toMatchObject({ result: "failed", failure: { code: "visual-job" } });
    expect(world.locations()[1]).toBe(oldScript);
  });

  it("refuses what it can't know before anything is asked: a job that isn't there, or another account", async () => {
    const world = await smallWorld();
    await expect(world.release(1, { subset: ["key-x"] })).rejects.toMatchObject({ code: "unknown-job" });
    expect(calls(world)).toEqual([]);
    world.aws.twist("POST", () => callerOf("111122223333"));
    await expect(world.release(1)).rejects.toMatchObject({ code: "wrong-account" });
    expect(calls(world)).toEqual(["POST"]);
  });

  it("passes a Glue version that differs only where that is allowed", async () => {
    const world = await smallWorld();
    const job = world.aws.jobs.get("a");
    world.aws.jobs.set("a", { ...job, Name: "a", GlueVersion: "4.0" });
    expect((await world.release(1)).failure?.code).toBe("glue-version-differs");
    const result = await world.release(1, { allowGlueVersionChange: true });
    expect(result.warnings).toEqual(["a: runs on Glue 4.0, the manifest says 5.0"]);
    expect(world.aws.jobs.get("a")).toMatchObject({ GlueVersion: "4.0" });
  });

  it("fails where the scripts are other than the validated ones", async () => {
    const world = await smallWorld();
    const validated = new Map([["a.py", "0".repeat(64)]]);
    await expect(world.release(1, { validated })).rejects.toMatchObject({
      code: "script-changed-since-validation",
    });
  });

  it("looks at runs before it plans only where they can stop it, and around the jobs not at all", async () => {
    const once = await smallWorld();
    await once.release(1);
    expect(calls(once).filter((name) => name === "GetJobRuns")).toHaveLength(1);
    expect(calls(once)).not.toContain("GetTriggers");
    const world = await smallWorld();
    world.aws.runs.set("a", running);
    const result = await world.release(1, { onRunning: "fail" });
    expect(result).toMatchObject({ result: "failed", failure: { code: "job-running" } });
    world.aws.twist("GetJobRuns", () => refused("InvalidInputException"));
    expect(await world.release(1, { onRunning: "warn" })).toMatchObject({
      result: "deployed",
      warnings: [expect.stringContaining("whether a run is in flight could not be seen")],
    });
  });

  it("waits for the runs of the jobs that change alone, before it takes the lock", async () => {
    const world = await smallWorld(2);
    await world.release(1, { subset: ["key-b"] });
    world.aws.runs.set("a", running).set("b", running);
    const from = calls(world).length;
    let asked = 0;
    world.aws.twist("GetJobRuns", () => {
      asked += 1;
      if (asked === 3) world.aws.runs.clear();
      return undefined;
    });
    expect(await world.release(1, { onRunning: "wait" })).toMatchObject({
      result: "deployed",
      warnings: [],
    });
    expect(
      world.events.filter(({ code }) => code === "deploy.waiting").map(({ message }) => message),
    ).toEqual(["Waiting for the last run of a"]);
    const since = calls(world, from);
    expect(since.indexOf("PUT")).toBeGreaterThan(since.indexOf("GetJobRuns"));
  });

  it("looks at live scripts again after it has waited, for a long time may have passed", async () => {
    const world = await smallWorld(2);
    await world.release(1);
    const heads = async (onRunning: "warn" | "wait"): Promise<number> => {
      const from = calls(world).length;
      await world.release(onRunning === "warn" ? 2 : 3, { onRunning, subset: ["key-a"] });
      return calls(world, from).filter((name) => name === "HEAD").length;
    };
    // one of the script that is uploaded, and one or two of the live one
    expect([await heads("warn"), await heads("wait")]).toEqual([2, 3]);
  });

  it("fails where it can't see the runs it waits for, and has changed nothing", async () => {
    const world = await smallWorld();
    world.aws.twist("GetJobRuns", () => refused("AccessDeniedException"));
    const waited = await world.release(1, { onRunning: "wait" });
    expect(waited).toMatchObject({ result: "failed", failure: { code: "aws-access-denied" } });
    expect(waited.failure?.message).toMatch(/No job was changed\.$/);
    expect(written(world)).toEqual([]);
  });
});
