import { describe, expect, it } from "vitest";
import { openReleases } from "../../src/e2e/releases.ts";
import { listedKeys } from "../aws/answers.ts";
import { refusedByS3, type Scripted, scriptedAws } from "../aws/scripted.ts";
import { fakeClock } from "../support/fake-clock.ts";

const idOf = (day: number) => `202511${String(day).padStart(2, "0")}T180000.000Z-0123456789ab-1`;
const location = "s3://b/p/silver/silver-3f2a9c81b0de.py";
const script = (scriptLocation: string) => ({ scriptLocation, extraPyFiles: null });

/** The record of a release that points the job where `more` says, as S3 gives it. */
function record(day: number, more: object = {}, after = location): Scripted {
  const body = JSON.stringify({
    version: 1,
    id: idOf(day),
    kind: "deploy",
    status: "applied",
    environment: "dev",
    region: "us-east-1",
    account: "000000000000",
    createdAt: "2025-11-05T18:00:00.000Z",
    settledAt: "2025-11-05T18:00:09.000Z",
    rollbackTo: null,
    note: null,
    provenance: { commit: `c0ffee${day}`, repository: "acme/lake", runId: "1" },
    jobs: [{ key: "silver", job: "silver-dev", before: script("s3://b/old.py"), after: script(after) }],
    ...more,
  });
  return { status: 200, headers: { etag: '"e"' }, body };
}

/** A ledger of so many releases; what is said of them is given from the newest on. */
async function ledger(count: number, ...records: [Scripted, ...Scripted[]]) {
  const keys = Array.from({ length: count }, (_, index) => `p/_releases/dev/${idOf(index + 1)}.json`);
  const byKey = new Map(keys.toReversed().map((key, index) => [key, records[index]]));
  const GET = ({ path }: { readonly path: string }): Scripted =>
    byKey.get(decodeURIComponent(new URL(path, "http://s3").pathname).slice("/b/".length)) ?? { status: 404 };
  const clients = await scriptedAws({ ListObjectsV2: [listedKeys(keys)], GET: [GET] });
  const place = { environment: "dev", bucket: { name: "b" }, prefix: "p/" };
  const signal = new AbortController().signal;
  return { seen: clients.seen, ...openReleases({ ...place, clients, clock: fakeClock(), signal }) };
}

describe("the releases of an environment", () => {
  it("tell which was the newest to put a script where it is, and read the ledger once", async () => {
    const { of, commitOf, seen } = await ledger(3, record(3, {}, "s3://b/other.py"), record(2), record(1));
    expect(await of("silver-dev", location)).toBe(idOf(2));
    expect(await commitOf("silver-dev", location)).toBe("c0ffee2");
    expect(await of("gold-dev", location)).toBeUndefined();
    expect(await of("silver-dev", "s3://b/p/silver/silver-aaaaaaaaaaaa.py")).toBeUndefined();
    expect(seen).toEqual(["ListObjectsV2", "GET", "GET", "GET"]);
  });

  it("take the commit from a deploy: a roll-back has none of its own", async () => {
    const rollback = { kind: "rollback", rollbackTo: idOf(1) };
    const { of, commitOf } = await ledger(2, record(2, rollback), record(1));
    expect(await of("silver-dev", location)).toBe(idOf(2));
    expect(await commitOf("silver-dev", location)).toBe("c0ffee1");
  });

  it("are not asked for a script that no release has written", async () => {
    const { of, commitOf, seen } = await ledger(1, record(1, {}, "s3://b/silver.py"));
    expect(await of("silver-dev", "s3://b/silver.py")).toBeUndefined();
    expect(await commitOf("silver-dev", "s3://b/silver.py")).toBeUndefined();
    expect(seen).toEqual([]);
  });

  it("are looked through as far as the tenth applied one", async () => {
    const others = Array.from({ length: 9 }, (_, index) => record(12 - index, {}, "s3://b/other.py"));
    const pending = record(13, { status: "pending", settledAt: null });
    const last = await ledger(13, pending, ...others, record(3), record(2));
    expect(await last.of("silver-dev", location)).toBe(idOf(3));
    // read in blocks that grow
    expect(last.seen.filter((name) => name === "GET")).toHaveLength(13);
    const beyond = await ledger(12, ...(others as [Scripted]), record(3, {}, "s3://b/other.py"), record(2));
    expect(await beyond.of("silver-dev", location)).toBeUndefined();
  });

  it("tell nothing of a script where the ledger can't be read, but don't hide that from who asks for a release", async () => {
    const { of, commitOf, find } = await ledger(1, refusedByS3("AccessDenied", 403));
    expect([await of("silver-dev", location), await commitOf("silver-dev", location)]).toEqual([
      undefined,
      undefined,
    ]);
    await expect(find("current", ["silver-dev"])).rejects.toMatchObject({ code: "aws-access-denied" });
    await expect(find(idOf(1), ["silver-dev"])).rejects.toMatchObject({ code: "aws-access-denied" });
  });

  it("are found by id, and the newest as current", async () => {
    const scripts = new Map([["silver-dev", location]]);
    const release = { id: idOf(2), scripts, digests: new Map() };
    expect(await (await ledger(2, record(2), record(1))).find("current", ["silver-dev"])).toEqual(release);
    const byId = await ledger(2, record(2));
    expect(await byId.find(idOf(2), ["silver-dev"])).toEqual(release);
    expect(byId.seen).toEqual(["ListObjectsV2", "GET"]);
  });

  it("tell of each job what the newest of them up to the wanted one put in place", async () => {
    const digests = { [location]: "0".repeat(64) };
    const second = { version: 2, manifest: { name: "lake", path: "glue-pipeline.yml" }, objects: digests };
    const gold = {
      key: "gold",
      job: "gold-dev",
      before: script("s3://b/old.py"),
      after: script("s3://b/g.py"),
    };
    const records = [
      record(3, {}, "s3://b/other.py"),
      record(2, second),
      record(1, { jobs: [gold] }),
    ] as const;
    const { find } = await ledger(3, ...records);
    expect(await find(idOf(2), ["silver-dev", "gold-dev", "new-dev"])).toEqual({
      id: idOf(2),
      scripts: new Map([
        ["silver-dev", location],
        ["gold-dev", "s3://b/g.py"],
      ]),
      digests: new Map(Object.entries(digests)),
    });
  });

  it.each<[string, string, number, Scripted]>([
    ["by an id that isn't there", idOf(1), 1, { status: 404 }],
    ["that was not applied", idOf(1), 1, record(1, { status: "pending", settledAt: null })],
    ["as current before the first", "current", 0, { status: 404 }],
  ])("have none %s", async (_, id, count, answer) => {
    expect(await (await ledger(count, answer)).find(id, ["silver-dev"])).toBeUndefined();
  });
});
