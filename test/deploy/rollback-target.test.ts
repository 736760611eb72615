import { describe, expect, it } from "vitest";
import { markPruned } from "../../src/deploy/ledger.ts";
import { findRelease } from "../../src/deploy/release-ids.ts";
import { rollbackTarget } from "../../src/deploy/rollback.ts";
import { rollbackJobs } from "../../src/deploy/rollback-jobs.ts";
import type { JobEntry } from "../../src/manifest/manifest.ts";
import { at, idOf, recordOf, storeRecords } from "./support/records.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";

const job = (name: string) => ({ key: `key-${name}`, job: name });

/**
 * Day 1: a and b; day 2: a alone; day 3: b and c, undone; day 4: b and c; day 5: somebody's d.
 */
async function ledger(): Promise<SmallWorld> {
  const world = await smallWorld();
  storeRecords(
    world.aws,
    recordOf(1, { a: ["a0", "a1"], b: ["b0", "b1"] }),
    recordOf(2, { a: ["a1", "a2"] }),
    recordOf(3, { b: ["b1", "bx"], c: ["c0", "cx"] }, { status: "rolled-back" }),
    recordOf(4, { b: ["b1", "b2"], c: ["c0", "c1"] }),
    recordOf(5, { d: ["d0", "d1"] }),
  );
  return world;
}

describe("a rollback's goal", () => {
  it.each<[string, readonly string[], string | null, Record<string, string>, readonly string[]]>([
    ["previous", ["a"], idOf(1), { a: "a1" }, []],
    ["previous", ["a", "b", "c"], idOf(2), { b: "b1", c: "c0" }, []],
    ["previous", ["b"], idOf(1), { b: "b1" }, []],
    ["previous", ["c"], null, { c: "c0" }, []],
    ["previous", ["d", "e"], null, { d: "d0" }, []],
    [idOf(1), ["a", "b", "c", "d", "e"], idOf(1), { a: "a1", b: "b1", c: "c0", d: "d0" }, ["e"]],
    [idOf(2), ["a", "b"], idOf(2), { a: "a2", b: "b1" }, []],
    [idOf(4), ["a", "b", "c", "d"], idOf(4), { a: "a2", b: "b2", c: "c1", d: "d0" }, []],
    [idOf(5), ["d"], idOf(5), { d: "d1" }, []],
  ])("%s of %j", async (to, names, release, goals, unknown) => {
    const { place } = await ledger();
    const target = await rollbackTarget(place, to, names.map(job));
    expect(target.release).toBe(release);
    expect(target.warnings).toEqual(
      unknown.map((name) => `${name}: that release does not know the job, which stays as it is`),
    );
    expect(target.desired.artifacts.size).toBe(0);
    expect(
      target.desired.jobs.map(({ next, commit: _, ...rest }) => ({ ...rest, next: next(at("now")) })),
    ).toEqual(
      Object.entries(goals).map(([name, script]) => ({
        ...job(name),
        script: null,
        glueVersion: undefined,
        artifacts: [],
        next: at(script),
      })),
    );
  });

  it("is the newest change of each job where the jobs are named, whatever was released since", async () => {
    const { place } = await ledger();
    const target = await rollbackTarget(place, "previous", ["a", "b", "c", "e"].map(job), true);
    const goals = target.desired.jobs.map(({ job: name, next }) => [name, next(at("now"))]);
    expect(goals).toEqual([
      ["a", at("a1")],
      ["b", at("b1")],
      ["c", at("c0")],
    ]);
    expect(target.warnings).toEqual(["e: that release does not know the job, which stays as it is"]);
    expect([...target.lastChange]).toEqual([
      ["b", idOf(4)],
      ["c", idOf(4)],
      ["a", idOf(2)],
    ]);
  });

  it("tells the commit that the code was deployed from", async () => {
    const world = await smallWorld();
    const by = (commit: string) => ({ provenance: { commit, repository: "r", runId: "1" } });
    storeRecords(
      world.aws,
      recordOf(1, { a: ["a0", "a1"] }, by("c1")),
      recordOf(2, { a: ["a1", "a2"] }, by("c2")),
      recordOf(3, { b: ["b0", "b1"] }, by("c3")),
    );
    expect((await rollbackTarget(world.place, "previous", [job("a")], true)).commit).toBe("c1");
    expect((await rollbackTarget(world.place, idOf(1), [job("a")])).commit).toBe("c1");
    expect((await rollbackTarget(world.place, "previous", [job("b")])).commit).toBeUndefined();
  });

  it("of a release beyond which others were pruned is known for the jobs alone that it changed", async () => {
    const world = await ledger();
    await markPruned(world.place, idOf(3));
    const known = await rollbackTarget(world.place, idOf(2), [job("a")]);
    expect(known.desired.jobs).toHaveLength(1);
    await expect(rollbackTarget(world.place, idOf(2), [job("a"), job("b")])).rejects.toMatchObject({
      code: "release-history-pruned",
      remedy: expect.stringContaining("(jobs: key-a)"),
    });
    expect((await rollbackTarget(world.place, idOf(4), [job("a"), job("b")])).desired.jobs).toHaveLength(2);
  });

  it("reads no further than to the release that knows the last job", async () => {
    const world = await ledger();
    await rollbackTarget(world.place, idOf(4), [job("b")]);
    const records = world.aws.clients.sent.filter(
      ({ operation, path }) => operation === "GET" && path.includes("_releases/dev/"),
    );
    expect(records).toHaveLength(2);
  });

  it("is none where no release names the jobs", async () => {
    const { place } = await ledger();
    await expect(rollbackTarget(place, "previous", [job("e")])).rejects.toMatchObject({
      code: "no-release",
      message: "No release of these jobs was ever applied to the environment dev",
      remedy: "Deploy once; after that there is something to roll back to.",
    });
  });

  it("can't be a release that was undone", async () => {
    const { place } = await ledger();
    await expect(rollbackTarget(place, idOf(3), [job("b")])).rejects.toMatchObject({
      code: "release-not-applied",
      message: `Release ${idOf(3)} was never applied: it was undone`,
      remedy: "Choose a release whose record says applied.",
    });
  });

  it("may be shortened to the beginning of its id or commit, as long as that fits one", async () => {
    const { place } = await ledger();
    const other = recordOf(7, {}, { id: "20251107T000000.000Z-0af3c2d1e5b7-77" });
    const world = await ledger();
    storeRecords(world.aws, other);
    expect(await findRelease(place, idOf(2).slice(0, 8))).toBe(idOf(2));
    expect(await findRelease(world.place, "0af3c2")).toBe(other.id);
    await expect(findRelease(place, "202511")).rejects.toMatchObject({
      code: "ambiguous-release",
      message: '"202511" fits 6 releases of the environment dev',
    });
    await expect(findRelease(world.place, "0af")).rejects.toMatchObject({ code: "unknown-release" });
  });

  it("that is unknown is answered with the nearest and the five newest", async () => {
    const world = await ledger();
    storeRecords(world.aws, recordOf(6, {}));
    await expect(findRelease(world.place, `${idOf(6)}6`)).rejects.toMatchObject({
      code: "unknown-release",
      message: `There is no release ${idOf(6)}6 in the environment dev. Did you mean "${idOf(6)}"?`,
      remedy: `The newest releases: ${[6, 5, 4, 3, 2].map(idOf).join(", ")}.`,
    });
    await expect(findRelease((await smallWorld()).place, "x")).rejects.toMatchObject({
      message: "There is no release x in the environment dev.",
      remedy: "Deploy once first.",
    });
  });
});

describe("the jobs of a rollback", () => {
  const entry = (key: string, name: string, script: string) => ({ key, job: name, script }) as JobEntry;
  const glob = entry("all", "acme.${stem}-dev", "jobs/*.py");

  it("are the manifest's own, without a look at the ledger, where no entry is a glob", async () => {
    const { place, aws } = await ledger();
    expect(await rollbackJobs(place, [entry("a", "a-dev", "a.py")])).toEqual([{ key: "a", job: "a-dev" }]);
    expect(aws.clients.seen).toEqual([]);
  });

  it("are those of applied releases whose whole names fit a glob's, each once", async () => {
    const world = await smallWorld();
    const moved = (...names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, ["x", "y"] as const]));
    storeRecords(
      world.aws,
      recordOf(1, moved("acme.gone-dev", "acme.silver-dev", "acme.gold-dev")),
      recordOf(2, moved("acme.undone-dev"), { status: "rolled-back" }),
      recordOf(3, moved("acme.silver-dev", "acme.-dev", "acmeXbad-dev", "my-acme.a-dev", "acme.a-dev2")),
    );
    const entries = [
      glob,
      entry("other", "other-${stem}", "o/*.py"),
      entry("gold", "acme.gold-dev", "gold.py"),
    ];
    expect(await rollbackJobs(world.place, entries)).toEqual([
      { key: "gold", job: "acme.gold-dev" },
      { key: "key-acme.silver-dev", job: "acme.silver-dev" },
      { key: "key-acme.gone-dev", job: "acme.gone-dev" },
    ]);
  });

  it("are looked for in the fifty newest applied releases", async () => {
    const world = await smallWorld();
    const records = Array.from({ length: 51 }, (_, index) => {
      const id = `20251101T0000${String(index).padStart(2, "0")}.000Z-c-1`;
      return { ...recordOf(1, { [`acme.${index}-dev`]: ["x", "y"] }), id };
    });
    storeRecords(world.aws, ...records);
    const found = await rollbackJobs(world.place, [glob]);
    expect(found.map(({ job: name }) => name)).toEqual(
      Array.from({ length: 50 }, (_, index) => `acme.${50 - index}-dev`),
    );
  });
});
