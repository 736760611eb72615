import { describe, expect, it } from "vitest";
import { ToolkitError } from "../../src/base/errors.ts";
import { readUpdated } from "../../src/deploy/read-updated.ts";
import { repoint } from "../../src/deploy/repoint.ts";
import { refused } from "../aws/scripted.ts";
import { at } from "./support/records.ts";
import { onCall, type SmallAws, type Twist } from "./support/small-aws.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";

const move = { key: "key-a", job: "a", from: at("old"), to: at("new") };
const planned = "7";

async function oneJob(): Promise<SmallWorld> {
  const world = await smallWorld();
  point(world.aws, "old", {});
  return world;
}

/** Where the job stands from now on, as Glue has it. */
function point(aws: SmallAws, script: string, more: object = { LastModifiedOn: 8 }): void {
  const Command = { Name: "glueetl", ScriptLocation: at(script).scriptLocation };
  aws.jobs.set("a", { Name: "a", Role: "glue", LastModifiedOn: 7, ...more, Command });
}

async function go(world: SmallWorld, assertFresh = (): void => undefined, signal?: AbortSignal) {
  const touched = new Set<string>();
  const outcome = await repoint({ ...world.place, signal }, move, planned, { assertFresh }, touched).then(
    (before) => ({ before, thrown: undefined }),
    (thrown: unknown) => ({ before: undefined, thrown }),
  );
  return { ...outcome, touched: [...touched] };
}

const busy: Twist = () => refused("ConcurrentModificationException");
const changedMeanwhile = {
  code: "job-changed-meanwhile",
  message: "Somebody else updated the Glue job a after the plan was made",
  remedy: "Look at the change (CloudTrail names its author), then deploy again: a new plan starts from it.",
};

describe("a job that is pointed elsewhere", () => {
  it("is read, updated once, and given as it was", async () => {
    const world = await oneJob();
    const before = world.aws.jobs.get("a");
    const { before: was, touched } = await go(world);
    expect(was).toEqual(before);
    expect(touched).toEqual(["a"]);
    expect(world.locations()).toEqual(["s3://s/new.py"]);
    expect(world.aws.clients.seen).toEqual(["GetJob", "UpdateJob"]);
  });

  it("must stand as it was planned", async () => {
    const world = await oneJob();
    point(world.aws, "old");
    const { thrown, touched } = await go(world);
    expect(thrown).toMatchObject(changedMeanwhile);
    expect(touched).toEqual([]);
    expect(world.aws.clients.seen).toEqual(["GetJob"]);
  });

  it("must still be there", async () => {
    const world = await oneJob();
    world.aws.jobs.clear();
    expect((await go(world)).thrown).toMatchObject({
      code: "job-missing",
      message: "The Glue job a was deleted during the deploy",
      remedy: "Find out who deleted it; make it again where your other infrastructure is made.",
    });
  });

  it("is not sent anything once the lock is no longer fresh", async () => {
    const world = await oneJob();
    const lapsed = new ToolkitError({ code: "lock-lapsed", message: "m", remedy: "r", source: "user" });
    const { thrown, touched } = await go(world, () => {
      throw lapsed;
    });
    expect(thrown).toBe(lapsed);
    expect(touched).toEqual([]);
    expect(world.aws.clients.seen).toEqual(["GetJob"]);
  });

  it("is not sent anything once the deploy was cancelled", async () => {
    const world = await oneJob();
    const { thrown, touched } = await go(world, undefined, AbortSignal.abort());
    expect(thrown).toMatchObject({ name: "AbortError" });
    expect(touched).toEqual([]);
    expect(world.aws.clients.seen).toEqual(["GetJob"]);
  });

  it("was not touched where the one request was answered with a no", async () => {
    const world = await oneJob();
    world.aws.twist("UpdateJob", () => refused("AccessDeniedException"));
    const { thrown, touched } = await go(world);
    expect(thrown).toMatchObject({ code: "aws-access-denied" });
    expect(touched).toEqual([]);
    expect(world.aws.clients.seen).toEqual(["GetJob", "UpdateJob"]);
  });

  it("may have been touched where the no came to a request that the SDK had sent again", async () => {
    const world = await oneJob();
    let call = 0;
    world.aws.twist("UpdateJob", () => {
      call += 1;
      return call === 1 ? refused("InternalServiceException", "oops", 500) : refused("AccessDeniedException");
    });
    const { thrown, touched } = await go(world);
    expect(thrown).toMatchObject({ code: "aws-access-denied" });
    expect(touched).toEqual(["a"]);
    expect(world.aws.clients.seen).toEqual(["GetJob", "UpdateJob", "UpdateJob"]);
  });

  it("may have been touched where a no came only after an open outcome", async () => {
    const world = await oneJob();
    let call = 0;
    world.aws.twist("UpdateJob", () => {
      call += 1;
      return refused(call === 1 ? "ConcurrentModificationException" : "AccessDeniedException");
    });
    const { thrown, touched } = await go(world);
    expect(thrown).toMatchObject({ code: "aws-access-denied" });
    expect(touched).toEqual(["a"]);
  });

  it("is read again after an open outcome, and not sent again where that had worked", async () => {
    const world = await oneJob();
    world.aws.twist("UpdateJob", (_, usual) => {
      usual();
      return refused("OperationTimeoutException");
    });
    const { before, touched } = await go(world);
    expect(before).toMatchObject({ LastModifiedOn: 7 });
    expect(touched).toEqual(["a"]);
    expect(world.aws.clients.seen).toEqual(["GetJob", "UpdateJob", "GetJob"]);
  });

  it("is sent five times at most, with longer and longer pauses", async () => {
    const world = await oneJob();
    world.aws.twist("UpdateJob", busy);
    const { thrown, touched } = await go(world);
    expect(thrown).toMatchObject({ message: expect.stringContaining("ConcurrentModificationException") });
    expect(touched).toEqual(["a"]);
    expect(world.clock.slept).toEqual([250, 500, 1_000, 2_000]);
    expect(world.aws.clients.seen.filter((name) => name === "UpdateJob")).toHaveLength(5);
    const fifth = await oneJob();
    fifth.aws.twist("UpdateJob", onCall([1, 2, 3, 4], busy));
    expect((await go(fifth)).thrown).toBeUndefined();
  });

  it("that somebody else changed between two attempts is left to them", async () => {
    const world = await oneJob();
    world.aws.twist("UpdateJob", () => {
      point(world.aws, "old", { LastModifiedOn: 8, Description: "theirs" });
      return refused("ConcurrentModificationException");
    });
    const { thrown } = await go(world);
    expect(thrown).toMatchObject(changedMeanwhile);
    expect(world.aws.clients.seen).toEqual(["GetJob", "UpdateJob", "GetJob"]);
  });

  it("that has gone between two attempts is missing", async () => {
    const world = await oneJob();
    world.aws.twist("UpdateJob", () => {
      world.aws.jobs.clear();
      return refused("ConcurrentModificationException");
    });
    expect((await go(world)).thrown).toMatchObject({ code: "job-missing" });
  });

  it("is cancelled between two attempts", async () => {
    const world = await oneJob();
    const cancel = new AbortController();
    world.aws.twist("UpdateJob", () => {
      cancel.abort(new Error("cancelled"));
      return refused("ConcurrentModificationException");
    });
    const { thrown, touched } = await go(world, undefined, cancel.signal);
    expect(thrown).toMatchObject({ message: "cancelled" });
    expect(touched).toEqual(["a"]);
    expect(world.aws.clients.seen).toEqual(["GetJob", "UpdateJob"]);
  });
});

describe("jobs that were just updated", () => {
  const old = { Name: "a", LastModifiedOn: 7, Command: { ScriptLocation: "s3://s/old.py" } };
  const moved = { ...old, LastModifiedOn: 8, Command: { ScriptLocation: "s3://s/new.py" } };

  /** Reads of the one job, in turn; the last goes on. */
  async function reading(...reads: readonly object[]) {
    const world = await smallWorld();
    let read = 0;
    world.aws.twist("BatchGetJobs", () => {
      const job = reads[Math.min(read, reads.length - 1)];
      read += 1;
      return { Jobs: job === undefined ? [] : [job] };
    });
    const after = await readUpdated(world.place, new Map([["a", old as never]]));
    return { after: after.get("a"), world };
  }

  it("are read again until they no longer read as before", async () => {
    const { after, world } = await reading(old, old, moved);
    expect(after).toEqual(moved);
    expect(world.clock.slept).toEqual([250, 500]);
  });

  it.each([
    ["moved", moved],
    ["were updated in another way", { ...old, LastModifiedOn: 8 }],
    ["point elsewhere in the same moment", { ...moved, LastModifiedOn: 7 }],
  ])("are read once where they %s", async (_, job) => {
    const { after, world } = await reading(job);
    expect(after).toEqual(job);
    expect(world.clock.slept).toEqual([]);
  });

  it("are taken as they read after a quarter of a minute", async () => {
    const { after, world } = await reading(old);
    expect(after).toEqual(old);
    expect(world.clock.slept).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000]);
    expect(world.aws.clients.seen).toHaveLength(7);
  });

  it("that have gone are not waited for, and only the late ones are read again", async () => {
    const world = await smallWorld(2);
    let reads = 0;
    world.aws.twist("BatchGetJobs", () => {
      reads += 1;
      return { Jobs: reads === 1 ? [old] : [moved], JobsNotFound: ["b"] };
    });
    const b = { ...old, Name: "b" };
    const after = await readUpdated(
      world.place,
      new Map([
        ["a", old as never],
        ["b", b as never],
      ]),
    );
    expect([...after]).toEqual([
      ["a", moved],
      ["b", undefined],
    ]);
    expect(world.aws.clients.sent.map(({ body }) => JSON.parse(body))).toEqual([
      { JobNames: ["a", "b"] },
      { JobNames: ["a"] },
    ]);
  });
});
