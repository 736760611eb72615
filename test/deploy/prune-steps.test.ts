import { describe, expect, it } from "vitest";
import { prune } from "../../src/deploy/prune.ts";
import { pruneAfter } from "../../src/deploy/prune-after.ts";
import type { ReleaseRecord } from "../../src/deploy/record.ts";
import type { DeployResult } from "../../src/deploy/result.ts";
import { provenance } from "./support/deploy-world.ts";
import { idOf, recordOf, storeRecords } from "./support/records.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";
import { isLock } from "./support/what-happened.ts";

const hashes = "0123456789abcdef";
/** The content key of a script's version. */
const keyOf = (version: number): string => `p/x/x-${hashes[version]?.repeat(12)}.py`;
const nameOf = (version: number): string => keyOf(version).slice(0, -".py".length);
const recordKey = (day: number, environment = "dev"): string =>
  `p/_releases/${environment}/${idOf(day)}.json`;

const held = {
  assertHeld: () => Promise.resolve(),
  assertFresh: () => undefined,
  release: () => Promise.resolve(),
};

/** The release of a day, which moved job `a` from the version of the day before. */
const moved = (day: number, more: Partial<ReleaseRecord> = {}): ReleaseRecord =>
  recordOf(day, { a: [nameOf(day - 1), nameOf(day)] }, more);

/** Five releases, each of another version; version 0 was there before. */
async function fiveReleases(): Promise<SmallWorld> {
  const world = await smallWorld();
  for (const day of [1, 2, 3, 4, 5]) storeRecords(world.aws, moved(day));
  for (const version of [0, 1, 2, 3, 4, 5]) world.aws.store(keyOf(version), `${version}`);
  return world;
}

const scripts = (world: SmallWorld): readonly string[] =>
  [...world.aws.objects.keys()].filter((key) => key.endsWith(".py"));
const isDeletion = ({ path }: { readonly path: string }): boolean => path.includes("?delete");

describe("pruning", () => {
  it("forgets all but the newest releases, with the scripts that only they used", async () => {
    const world = await fiveReleases();
    expect(await prune(world.place, 2, provenance, held)).toEqual({
      releases: [3, 2, 1].map(idOf),
      keys: expect.arrayContaining([0, 1, 2].map(keyOf)),
      inUse: [],
      failed: [],
      damaged: [],
      unseenJobs: [],
      more: false,
    });
    expect(scripts(world)).toEqual([3, 4, 5].map(keyOf));
    expect(world.releaseIds()).toEqual([4, 5].map(idOf));
  });

  it("asks nothing more where no release is to be forgotten", async () => {
    const world = await fiveReleases();
    expect(await prune(world.place, 5, provenance, held)).toEqual({
      releases: [],
      keys: [],
      inUse: [],
      failed: [],
      damaged: [],
      unseenJobs: [],
      more: false,
    });
    expect(world.aws.clients.seen).toEqual(["ListObjectsV2", ...Array.from({ length: 5 }, () => "GET")]);
  });

  it("looks at no job where all scripts of a forgotten release are still needed", async () => {
    const world = await fiveReleases();
    storeRecords(world.aws, recordOf(1, { a: [nameOf(4), nameOf(5)] }));
    storeRecords(world.aws, recordOf(2, { a: [nameOf(5), nameOf(4)] }));
    storeRecords(world.aws, recordOf(3, { a: [nameOf(4), nameOf(3)] }));
    const { releases, keys } = await prune(world.place, 2, provenance, held);
    expect([releases.length, keys]).toEqual([3, []]);
    expect(world.aws.clients.seen).not.toContain("GetJobs");
    expect(world.releaseIds()).toEqual([4, 5].map(idOf));
  });

  it("leaves others' scripts alone, and what no release names", async () => {
    const world = await fiveReleases();
    storeRecords(world.aws, recordOf(1, { a: ["theirs", nameOf(1)] }));
    world.aws.store("theirs.py", "x");
    await prune(world.place, 2, provenance, held);
    expect(scripts(world)).toEqual(expect.arrayContaining(["theirs.py", keyOf(0)]));
  });

  it("leaves what a live job uses, and the release that put it in place with all that it names", async () => {
    const world = await fiveReleases();
    world.aws.jobs.set("theirs", {
      Name: "theirs",
      Command: { ScriptLocation: `s3://s/${keyOf(2)}` },
    });
    const { releases, keys, inUse } = await prune(world.place, 2, provenance, held);
    expect([releases, inUse]).toEqual([[idOf(3), idOf(1)], [keyOf(2)]]);
    expect(keys).toEqual([keyOf(0)]);
    expect(scripts(world)).toEqual([1, 2, 3, 4, 5].map(keyOf));
    expect(world.releaseIds()).toEqual([2, 4, 5].map(idOf));
    expect(await prune(world.place, 2, provenance, held)).toMatchObject({ releases: [], keys: [] });
  });

  it("leaves all that a job with a run in flight ever pointed to", async () => {
    const world = await fiveReleases();
    world.aws.runs.set("a", [{ Id: "r", JobRunState: "RUNNING" }]);
    const { releases, keys, inUse } = await prune(world.place, 2, provenance, held);
    expect([releases, keys, inUse.length]).toEqual([[idOf(3)], [], 3]);
    expect(scripts(world)).toHaveLength(6);
    expect(world.releaseIds()).toEqual([1, 2, 4, 5].map(idOf));
  });

  it("leaves what a kept release of another environment needs, under that one's lock", async () => {
    const world = await fiveReleases();
    storeRecords(world.aws, moved(1, { environment: "prod" }), moved(2, { environment: "acc" }));
    const { keys } = await prune(world.place, 2, provenance, held);
    expect(keys).toEqual([]);
    expect(scripts(world)).toHaveLength(6);
    expect(world.aws.objects.has(recordKey(1, "prod"))).toBe(true);
    const locked = world.aws.clients.sent
      .filter((sent) => sent.operation === "PUT" && isLock(sent))
      .map(
        ({ path, body }) =>
          `${path.split("?")[0]} ${body.includes('"released": true') || body.includes('"released":true') ? "released" : "taken"}`,
      );
    expect(locked).toEqual([
      "/s/p/_releases/acc/lock.json taken",
      "/s/p/_releases/prod/lock.json taken",
      "/s/p/_releases/prod/lock.json released",
      "/s/p/_releases/acc/lock.json released",
    ]);
  });

  it("deletes nothing once a lock is lost, be it another environment's", async () => {
    const world = await fiveReleases();
    const lost = { ...held, assertHeld: () => Promise.reject(new Error("lost")) };
    await expect(prune(world.place, 2, provenance, lost)).rejects.toThrow("lost");
    storeRecords(world.aws, moved(9, { environment: "prod" }));
    world.aws.twist("GetJobs", () => {
      world.clock.sleep(10 * 60_000);
      world.aws.store("p/_releases/prod/lock.json", "{}");
      return undefined;
    });
    await expect(prune(world.place, 2, provenance, held)).rejects.toMatchObject({ code: "deploy-locked" });
    expect(world.aws.clients.sent.filter(isDeletion)).toEqual([]);
  });

  it("doesn't wait for another environment that deploys", async () => {
    const world = await fiveReleases();
    storeRecords(world.aws, moved(9, { environment: "prod" }));
    world.aws.store("p/_releases/prod/lock.json", "{}");
    await expect(prune(world.place, 2, provenance, held)).rejects.toMatchObject({ code: "deploy-locked" });
    expect(world.clock.slept).toEqual([]);
  });

  it("keeps the release of a script that can't be deleted", async () => {
    const world = await fiveReleases();
    const error = `<DeleteResult><Error><Key>${keyOf(1)}</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>`;
    world.aws.twist("POST", ({ body }) => (body.includes(keyOf(1)) ? error : undefined));
    const { releases, keys, failed } = await prune(world.place, 2, provenance, held);
    expect(failed).toEqual([{ key: keyOf(1), code: "AccessDenied", message: "no" }]);
    expect(keys).not.toContain(keyOf(1));
    expect(releases).toEqual([idOf(3)]);
  });

  it("tells which records can't be deleted", async () => {
    const world = await fiveReleases();
    const error = `<DeleteResult><Error><Key>${recordKey(2)}</Key><Code>SlowDown</Code><Message>no</Message></Error></DeleteResult>`;
    world.aws.twist("POST", ({ body }) => (body.includes(recordKey(2)) ? error : undefined));
    const { releases, failed } = await prune(world.place, 2, provenance, held);
    expect(failed).toEqual([{ key: recordKey(2), code: "SlowDown", message: "no" }]);
    expect(releases).toEqual([3, 1].map(idOf));
  });
});

describe("pruning after a release", () => {
  const result = { result: "deployed", warnings: ["first"] } as unknown as DeployResult;

  it("is nothing where it was not asked for, or there was nothing to do", async () => {
    const world = await fiveReleases();
    expect(await pruneAfter(world.place, undefined, provenance, held, result)).toBe(result);
    expect(world.aws.clients.seen).toEqual([]);
    expect(await pruneAfter(world.place, 5, provenance, held, result)).toBe(result);
  });

  it("tells what was pruned", async () => {
    const world = await fiveReleases();
    const pruned = await pruneAfter(world.place, 2, provenance, held, result);
    expect(pruned).toMatchObject({ result: "deployed", warnings: ["first"] });
    expect(pruned.pruned?.releases).toHaveLength(3);
  });

  it("tells it where as many were left as were pruned", async () => {
    const used = await fiveReleases();
    used.aws.jobs.set("theirs", {
      Name: "theirs",
      Command: { ScriptLocation: `s3://s/${keyOf(2)}` },
    });
    const left = await pruneAfter(used.place, 2, provenance, held, result);
    expect(left.pruned).toMatchObject({ releases: [idOf(3), idOf(1)], inUse: [keyOf(2)] });
    const stuck = await fiveReleases();
    const error = `<DeleteResult><Error><Key>${keyOf(1)}</Key><Code>SlowDown</Code></Error></DeleteResult>`;
    stuck.aws.twist("POST", ({ body }) => (body.includes(keyOf(1)) ? error : undefined));
    const failed = await pruneAfter(stuck.place, 2, provenance, held, result);
    expect(failed.pruned).toMatchObject({ releases: [idOf(3)], failed: [{ key: keyOf(1) }] });
  });

  it("warns of keys that stay, because they are used or can't be deleted", async () => {
    const failing = async (version: number, code: string): Promise<SmallWorld> => {
      const world = await fiveReleases();
      const error = `<Error><Key>${keyOf(version)}</Key><Code>${code}</Code><Message>no</Message></Error>`;
      world.aws.twist("POST", ({ body }) =>
        body.includes(keyOf(version)) ? `<DeleteResult>${error}</DeleteResult>` : undefined,
      );
      return world;
    };
    const used = await failing(2, "AccessDenied");
    used.aws.jobs.set("theirs", { Name: "theirs", Command: { ScriptLocation: `s3://s/${keyOf(0)}` } });
    expect((await pruneAfter(used.place, 2, provenance, held, result)).warnings).toEqual([
      "first",
      `keep-releases: ${keyOf(2)} could not be deleted: AccessDenied no (allow s3:DeleteObject)`,
      `keep-releases: ${keyOf(0)} stays, for a live job or a run in flight uses it`,
    ]);
    const slow = await failing(2, "SlowDown");
    expect((await pruneAfter(slow.place, 2, provenance, held, result)).warnings).toEqual([
      "first",
      `keep-releases: ${keyOf(2)} could not be deleted: SlowDown no`,
    ]);
  });

  it("never makes a release fail", async () => {
    const world = await fiveReleases();
    const lost = { ...held, assertHeld: () => Promise.reject(new Error("lost")) };
    expect(await pruneAfter(world.place, 2, provenance, lost, result)).toEqual({
      ...result,
      warnings: ["first", "keep-releases: pruning stopped, and the next release tries again: lost"],
    });
  });

  it("comes after a release that was applied, and not after one that was undone", async () => {
    const world = await fiveReleases();
    world.aws.twist("UpdateJob", () => ({ status: 400, body: '{"__type":"AccessDeniedException"}' }));
    expect((await world.release(1, { keepReleases: 2 })).pruned).toBeUndefined();
    world.aws.twist("UpdateJob", () => undefined);
    const { pruned, releaseId } = await world.release(1, { keepReleases: 2 });
    expect(pruned?.releases).toHaveLength(4);
    expect(world.releaseIds().at(-1)).toBe(releaseId);
  });
});
