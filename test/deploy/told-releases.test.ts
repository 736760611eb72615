import { describe, expect, it } from "vitest";
import { diffReleases } from "../../src/deploy/release-diff.ts";
import { listReleases } from "../../src/deploy/releases-list.ts";
import { at, idOf, recordOf, storeRecords } from "./support/records.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";

describe("the list of releases", () => {
  it("tells what each release is, who made it and what it changed", async () => {
    const world = await smallWorld();
    storeRecords(
      world.aws,
      recordOf(1, { a: ["a0", "a1"], b: ["b0", "b0"] }),
      recordOf(
        2,
        { a: ["a1", "a0"] },
        {
          kind: "rollback",
          status: "rolled-back",
          rollbackTo: "x",
          note: "why",
          provenance: { commit: "d", repository: "r", runId: "2", runUrl: "https://ci/2", actor: "ana" },
        },
      ),
    );
    expect(await listReleases(world.place)).toEqual([
      {
        id: idOf(2),
        kind: "rollback",
        status: "rolled-back",
        createdAt: "2025-11-02T00:00:00.000Z",
        commit: "d",
        dirty: null,
        manifest: "acme",
        actor: "ana",
        runUrl: "https://ci/2",
        rollbackTo: "x",
        changed: ["a"],
        jobs: 1,
        note: "why",
      },
      {
        id: idOf(1),
        kind: "deploy",
        status: "applied",
        createdAt: "2025-11-01T00:00:00.000Z",
        commit: "c",
        dirty: null,
        manifest: "acme",
        actor: null,
        runUrl: null,
        rollbackTo: null,
        changed: ["a"],
        jobs: 1,
        note: null,
      },
    ]);
  });

  it("holds the newest twenty, or as many as are asked for", async () => {
    const world = await smallWorld();
    storeRecords(world.aws, ...Array.from({ length: 21 }, (_, index) => recordOf(index + 1, {})));
    expect((await listReleases(world.place)).map(({ id }) => id).at(-1)).toBe(idOf(2));
    expect(await listReleases(world.place, 3)).toHaveLength(3);
  });
});

describe("the difference of two releases", () => {
  async function history(): Promise<SmallWorld> {
    const world = await smallWorld();
    storeRecords(
      world.aws,
      recordOf(1, { a: ["a0", "a1"] }),
      recordOf(2, { a: ["a1", "a2"], b: ["b0", "b1"], c: ["c0", "c1"], z: ["z", "z"] }),
      recordOf(3, { a: ["a2", "ax"] }, { status: "rolled-back" }),
      recordOf(4, { a: ["a2", "a3"], c: ["c1", "c0"] }),
      recordOf(5, { a: ["a3", "a4"] }),
    );
    for (const name of ["a1", "a3", "b1"]) world.aws.store(`${name}.py`, `${name}\n`);
    return world;
  }

  it("is from the state after the one to the state after the other", async () => {
    const { place } = await history();
    const fields = (from: string, to: string) => [
      { member: "Command.ScriptLocation", from: at(from).scriptLocation, to: at(to).scriptLocation },
    ];
    expect(await diffReleases(place, idOf(1), idOf(4))).toEqual([
      { job: "a", fields: fields("a1", "a3"), scriptDiff: "@@ -1 +1 @@\n-a1\n+a3" },
      { job: "b", fields: fields("b0", "b1"), scriptDiff: null },
    ]);
    expect(await diffReleases(place, idOf(4), idOf(1))).toEqual([
      { job: "a", fields: fields("a3", "a1"), scriptDiff: "@@ -1 +1 @@\n-a3\n+a1" },
      { job: "b", fields: fields("b1", "b0"), scriptDiff: null },
    ]);
    expect(await diffReleases(place, idOf(4), idOf(4))).toEqual([]);
  });

  it("of libraries alone shows no text", async () => {
    const world = await smallWorld();
    const zip = { ...at("a1"), extraPyFiles: "s3://s/z.zip" };
    storeRecords(
      world.aws,
      recordOf(1, { a: ["a0", "a1"] }),
      recordOf(2, {}, { jobs: [{ key: "a", job: "a", before: at("a1"), after: zip }] }),
    );
    world.aws.store("a1.py", "a1\n");
    expect(await diffReleases(world.place, idOf(1), idOf(2))).toEqual([
      {
        job: "a",
        fields: [{ member: "DefaultArguments.--extra-py-files", from: null, to: "s3://s/z.zip" }],
        scriptDiff: null,
      },
    ]);
  });

  it("reads no further than to the older of the two", async () => {
    const { place, aws } = await history();
    await diffReleases(place, idOf(4), idOf(5));
    const records = aws.clients.sent.filter(
      ({ operation, path }) => operation === "GET" && path.includes("_releases/dev/"),
    );
    expect(records).toHaveLength(2);
  });

  it.each([
    [3, 5, 3],
    [5, 3, 3],
    [1, 3, 3],
  ])("is none from %i to %i, where one was undone", async (from, to, undone) => {
    const { place } = await history();
    await expect(diffReleases(place, idOf(from), idOf(to))).rejects.toMatchObject({
      code: "release-not-applied",
      message: `Release ${idOf(undone)} was never applied: it was undone, or is pending`,
      remedy: "Choose two releases whose records say applied.",
    });
  });

  it.each([
    [9, 1],
    [1, 9],
  ])("is none from %i to %i, where one is unknown", async (from, to) => {
    const { place } = await history();
    await expect(diffReleases(place, idOf(from), idOf(to))).rejects.toMatchObject({
      code: "unknown-release",
      message: expect.stringContaining(idOf(9)),
    });
  });
});
