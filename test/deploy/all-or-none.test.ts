import { describe, expect, it } from "vitest";
import { refused, refusedByS3, type Sent } from "../aws/scripted.ts";
import { onCall, type Twist } from "./support/small-aws.ts";
import { oldScript, type SmallWorld, smallWorld } from "./support/small-world.ts";

const denied: Twist = () => refused("AccessDeniedException", "no");
const isRecord = ({ path }: Sent): boolean => /\/_releases\/dev\/\d/.test(path);
const isLock = ({ path }: Sent): boolean => path.includes("lock.json");

/** What was written, in order: locks, records, scripts and jobs. */
function writes(world: SmallWorld): readonly string[] {
  return world.aws.clients.sent.flatMap((sent) => {
    if (sent.operation === "UpdateJob") return ["job"];
    if (sent.operation !== "PUT") return [];
    return [isRecord(sent) ? "record" : isLock(sent) ? "lock" : "script"];
  });
}

const told = (world: SmallWorld, code: string) => world.events.filter((event) => event.code === code);

describe("a release that works", () => {
  it("writes scripts, then its record, then jobs, and its record again, under the lock", async () => {
    const world = await smallWorld(2);
    const result = await world.release();
    expect(result).toMatchObject({ result: "deployed", jobsChanged: ["a", "b"], warnings: [] });
    expect(writes(world)).toEqual(["lock", "script", "script", "record", "job", "job", "record", "lock"]);
    const [id] = world.releaseIds();
    expect(result.releaseId).toBe(id);
    const locations = world.locations();
    expect(world.record(id)).toEqual({
      version: 1,
      id: "20251105T103000.000Z-4f2d9c81b0de-1001",
      kind: "deploy",
      status: "applied",
      environment: "dev",
      region: "us-east-1",
      account: "123456789012",
      createdAt: "2025-11-05T10:30:00.000Z",
      settledAt: "2025-11-05T10:30:00.000Z",
      rollbackTo: null,
      note: null,
      provenance: {
        commit: "4f2d9c81b0de7a6655443322110000aabbccddee",
        repository: "acme/datalake",
        runId: "1001",
        actor: "ana",
      },
      jobs: ["a", "b"].map((job, index) => ({
        key: `key-${job}`,
        job,
        before: { scriptLocation: oldScript, extraPyFiles: null },
        after: { scriptLocation: locations[index], extraPyFiles: null },
      })),
    });
    const first = JSON.parse(world.aws.clients.sent.find(isRecord)?.body ?? "");
    expect(first).toMatchObject({ status: "pending", settledAt: null });
  });

  it("says how far it is", async () => {
    const world = await smallWorld(2);
    await world.release();
    const [a, b] = world.locations();
    expect(told(world, "deploy.repointed")).toEqual([
      {
        code: "deploy.repointed",
        level: "info",
        data: { done: 1, total: 2 },
        message: `a now runs ${a}`,
      },
      {
        code: "deploy.repointed",
        level: "info",
        data: { done: 2, total: 2 },
        message: `b now runs ${b}`,
      },
    ]);
    expect(told(world, "deploy.verified")).toEqual([
      {
        code: "deploy.verified",
        level: "info",
        message: "Read back 2 jobs: nothing but the pointing changed",
      },
    ]);
  });

  it("uploads what changes alone, and names every job in its record", async () => {
    const world = await smallWorld(2);
    await world.release(1, { subset: ["key-a"] });
    const before = world.aws.clients.sent.length;
    const result = await world.release(1);
    expect(result).toMatchObject({ jobsChanged: ["b"], jobsUnchanged: ["a"] });
    const puts = world.aws.clients.sent.slice(before).filter(({ operation }) => operation === "PUT");
    expect(puts.filter((sent) => !isLock(sent) && !isRecord(sent))).toHaveLength(1);
    expect(world.record(result.releaseId)["jobs"]).toHaveLength(2);
  });

  it("warns of runs in flight, and of a usage profile that AWS replaced", async () => {
    const world = await smallWorld(2);
    world.aws.runs.set("b", [{ Id: "r1", JobRunState: "RUNNING" }]);
    world.aws.twist("UpdateJob", ({ body }, usual) => {
      const answer = usual();
      const { JobName: name } = JSON.parse(body) as { JobName: string };
      const job = world.aws.jobs.get(name);
      if (name === "a" && job !== undefined) world.aws.jobs.set(name, { ...job, ProfileName: "team" });
      return answer;
    });
    expect((await world.release()).warnings).toEqual([
      "b: a run is in flight (r1): it keeps the script it started with",
      "a: AWS replaced the usage profile (none) by the caller's team",
    ]);
  });

  it("uploads a script again that has gone, and touches no job", async () => {
    const world = await smallWorld();
    await world.release();
    const key = [...world.aws.objects.keys()].find((name) => name.endsWith(".py")) ?? "";
    world.aws.objects.delete(key);
    const before = world.aws.clients.seen.length;
    expect(await world.release()).toMatchObject({ result: "deployed", jobsChanged: ["a"] });
    expect(world.aws.objects.has(key)).toBe(true);
    expect(world.aws.clients.seen.slice(before)).not.toContain("UpdateJob");
  });

  it("has an id later than the newest, whatever this machine's clock says", async () => {
    const world = await smallWorld();
    await world.release(1);
    await world.release(2);
    expect(world.releaseIds()).toEqual([
      "20251105T103000.000Z-4f2d9c81b0de-1001",
      "20251105T103000.001Z-4f2d9c81b0de-1001",
    ]);
  });
});

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
