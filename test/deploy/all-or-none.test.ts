import { describe, expect, it } from "vitest";
import { refused, refusedByS3 } from "../aws/scripted.ts";
import { onCall, type Twist } from "./support/small-aws.ts";
import { oldScript, smallWorld } from "./support/small-world.ts";
import { isLock, isRecord, told, writes } from "./support/what-happened.ts";

const denied: Twist = () => refused("AccessDeniedException", "no");
describe("a release that fails before a job is moved", () => {
  it("says that no job was changed, and leaves no record where it can't write one", async () => {
    const world = await smallWorld();
    world.aws.twist("PUT", (sent) => (isRecord(sent) ? refusedByS3("AccessDenied", 403) : undefined));
    const result = await world.release();
    expect(result).toMatchObject({ result: "failed", failure: { code: "aws-access-denied" } });
    expect(result.failure?.message).toMatch(/\. No job was changed\.$/);
    expect(writes(world)).toEqual(["lock", "script", "record", "lock"]);
    expect(world.releaseIds()).toEqual([]);
  });

  it("writes nothing more once it is cancelled", async () => {
    const world = await smallWorld();
    const cancel = new AbortController();
    const result = await world.release(1, {
      signal: cancel.signal,
      progress: ({ code }) => code === "deploy.uploaded" && cancel.abort(),
    });
    expect(result.failure).toMatchObject({ code: "cancelled" });
    expect(world.releaseIds()).toEqual([]);
    expect(world.locations()).toEqual([oldScript]);
  });

  it("writes no record once another run has taken its lock", async () => {
    const world = await smallWorld();
    world.aws.twist("PUT", (sent, usual) => {
      if (isLock(sent) || isRecord(sent)) return undefined;
      // a long time passes while the script is sent, and somebody else takes the lock over
      world.clock.sleep(10 * 60_000);
      world.aws.store("p/_releases/dev/lock.json", "{}");
      return usual();
    });
    const result = await world.release();
    expect(result.failure?.code).toBe("deploy-locked");
    expect(world.releaseIds()).toEqual([]);
    expect(world.locations()).toEqual([oldScript]);
  });
});

describe("a release that fails on the way", () => {
  it("moves back what had moved, and says so everywhere", async () => {
    const world = await smallWorld(3);
    world.aws.twist("UpdateJob", onCall([3], denied));
    const result = await world.release();
    const [id] = world.releaseIds();
    expect(result).toMatchObject({ result: "failed", releaseId: id, jobsChanged: [] });
    expect(result.failure).toMatchObject({
      code: "aws-access-denied",
      message: expect.stringMatching(/\. Moved back 2 jobs: \w, \w\.$/),
    });
    expect(new Set(world.locations())).toEqual(new Set([oldScript]));
    expect(world.record(id)).toMatchObject({
      status: "rolled-back",
      note: expect.stringMatching(/glue:UpdateJob.* Moved back 2 jobs: /),
      settledAt: "2025-11-05T10:30:00.000Z",
    });
    expect(told(world, "deploy.moving-back")).toEqual([
      {
        code: "deploy.moving-back",
        level: "warning",
        message: expect.stringMatching(/^The release failed and is undone: .*glue:UpdateJob/),
      },
    ]);
  });

  it("gives back whole what an update lost", async () => {
    const world = await smallWorld(2);
    const whole = [...world.aws.jobs.values()];
    world.aws.twist(
      "UpdateJob",
      onCall([1, 2], (_, usual) => {
        const answer = usual();
        const job = world.aws.jobs.get("b");
        if (job !== undefined) {
          const { Role: _lost, ...rest } = job;
          world.aws.jobs.set("b", { ...rest, Name: "b" });
        }
        return answer;
      }),
    );
    const result = await world.release();
    expect(result.failure).toMatchObject({
      code: "job-not-as-planned",
      message: "b, read back after its update, differs in Role. Moved back 2 jobs: a, b.",
    });
    const now = [...world.aws.jobs.values()];
    expect(now.map((job) => ({ ...job, LastModifiedOn: 0 }))).toEqual(
      whole.map((job) => ({ ...job, LastModifiedOn: 0 })),
    );
    expect(told(world, "deploy.verified")).toEqual([]);
  });

  it("tells the first job that is not as planned", async () => {
    const world = await smallWorld(3);
    world.aws.twist(
      "BatchGetJobs",
      onCall([3], () => ({ Jobs: [], JobsNotFound: ["a", "b", "c"] })),
    );
    const { failure } = await world.release();
    expect(failure?.message).toMatch(
      /^a, read back after its update, differs in the whole job\. Moved back 3 jobs/,
    );
  });

  it("leaves everything to the next deploy once another run has taken its lock", async () => {
    const world = await smallWorld();
    world.aws.twist("UpdateJob", (_, usual) => {
      const answer = usual();
      world.clock.sleep(10 * 60_000);
      world.aws.store("p/_releases/dev/lock.json", "{}");
      return answer;
    });
    const result = await world.release();
    expect(result.failure).toMatchObject({ code: "deploy-locked" });
    expect(result.failure?.message).toContain("The release is left to the next deploy, which settles it: ");
    expect(result.warnings).toEqual([]);
    expect(world.locations()).not.toEqual([oldScript]);
    expect(world.record(result.releaseId)).toMatchObject({ status: "pending", note: null });
  });

  it("leaves its record pending where a job can't be moved back, with the reason", async () => {
    const world = await smallWorld(2);
    world.aws.twist("UpdateJob", onCall([2, 3], denied));
    const result = await world.release();
    expect(result.failure?.message).toMatch(/Could not be moved back .*: \w \(/);
    expect(world.record(result.releaseId)).toMatchObject({
      status: "pending",
      note: expect.stringContaining("Could not be moved back"),
      settledAt: null,
    });
  });

  it("says that its record stays pending where that can't be written", async () => {
    const world = await smallWorld();
    world.aws.twist("UpdateJob", onCall([1], denied));
    let records = 0;
    world.aws.twist("PUT", (sent) => {
      if (isRecord(sent)) records += 1;
      return isRecord(sent) && records > 1 ? refusedByS3("AccessDenied", 403) : undefined;
    });
    const result = await world.release();
    expect(told(world, "deploy.record-not-settled")).toEqual([
      {
        code: "deploy.record-not-settled",
        level: "warning",
        message: expect.stringMatching(
          /^s3:\/\/s\/p\/_releases\/dev\/.*\.json stays pending \(.*\): the next deploy settles it$/,
        ),
      },
    ]);
    expect(result.failure?.message).toMatch(/No job had to be moved back\.$/);
  });

  it("marks as undone a record that its last write had marked as applied", async () => {
    const world = await smallWorld();
    let records = 0;
    world.aws.twist("PUT", (sent, usual) => {
      if (!isRecord(sent)) return undefined;
      records += 1;
      if (records !== 2) return undefined;
      usual();
      return refusedByS3("AccessDenied", 403);
    });
    const result = await world.release();
    expect(result.failure).toMatchObject({ code: "aws-access-denied" });
    expect(world.locations()).toEqual([oldScript]);
    expect(world.record(result.releaseId)).toMatchObject({ status: "rolled-back" });
  });

  it("is cancelled between two jobs, and after the last one", async () => {
    for (const code of ["deploy.repointed", "deploy.verified"]) {
      const world = await smallWorld(2);
      const cancel = new AbortController();
      const result = await world.release(1, {
        signal: cancel.signal,
        progress: (event) => event.code === code && cancel.abort(),
      });
      expect(result.failure).toMatchObject({ code: "cancelled" });
      expect(new Set(world.locations())).toEqual(new Set([oldScript]));
      expect(world.record(result.releaseId)).toMatchObject({ status: "rolled-back" });
    }
  });
});
