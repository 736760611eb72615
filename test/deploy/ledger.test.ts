import { describe, expect, it } from "vitest";
import {
  appliedReleases,
  listReleaseIds,
  newestApplied,
  readRelease,
  readReleases,
  releaseUri,
  settleRecord,
  writeRecord,
} from "../../src/deploy/ledger.ts";
import { ledgerEnvironments } from "../../src/deploy/ledger-environments.ts";
import { formatRecord } from "../../src/deploy/record.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import { idOf, recordOf, storeRecords } from "./support/records.ts";
import { onCall } from "./support/small-aws.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";

const pending = recordOf(3, { a: ["a1", "a2"] }, { status: "pending" });
const folder = "p/_releases/dev/";

async function ledger(...extra: Parameters<typeof recordOf>[]): Promise<SmallWorld> {
  const world = await smallWorld();
  storeRecords(world.aws, recordOf(1, { a: ["a0", "a1"] }), recordOf(2, {}, { status: "rolled-back" }));
  storeRecords(world.aws, ...extra.map((one) => recordOf(...one)));
  return world;
}

describe("the ledger", () => {
  it("knows its records by their names, newest first, and nothing else in its folder", async () => {
    const world = await ledger([10, {}]);
    for (const other of [
      "lock.json",
      "20251101T1.txt",
      "20251109T1.json.bak",
      "x20251101T1.json",
      "20251101T1/2.json",
    ]) {
      world.aws.store(folder + other, "");
    }
    expect(await listReleaseIds(world.place)).toEqual([idOf(10), idOf(2), idOf(1)]);
    expect(await listReleaseIds(world.place, idOf(1))).toEqual([idOf(10), idOf(2)]);
    const read = await readReleases(world.place, [idOf(1), idOf(5), idOf(10)]);
    expect(read.map(({ id }) => id)).toEqual([idOf(1), idOf(10)]);
    expect(await readRelease(world.place, idOf(5))).toBeUndefined();
  });

  it("gives applied releases newest first, and reads no more than it is asked for", async () => {
    const world = await ledger([4, {}], [5, {}]);
    const ids: string[] = [];
    for await (const { id } of appliedReleases(world.place)) ids.push(id);
    expect(ids).toEqual([idOf(5), idOf(4), idOf(1)]);
    const before = world.aws.clients.seen.length;
    expect((await newestApplied(world.place, 2)).map(({ id }) => id)).toEqual([idOf(5), idOf(4)]);
    expect(world.aws.clients.seen.slice(before)).toEqual(["ListObjectsV2", "GET", "GET"]);
    expect(await newestApplied(world.place, 9)).toHaveLength(3);
  });

  it("takes a record once, as JSON, and never over another", async () => {
    const { place, aws } = await smallWorld();
    await writeRecord(place, pending);
    expect(aws.objects.get(`${folder}${pending.id}.json`)?.body).toBe(formatRecord(pending));
    expect(aws.clients.sent[0]?.headers["content-type"]).toBe("application/json");
    await expect(writeRecord(place, { ...pending, note: "other" })).rejects.toMatchObject({
      code: "object-differs",
    });
    expect(releaseUri(place, pending.id)).toBe(`s3://s/${folder}${pending.id}.json`);
  });

  it("knows all environments below the prefix by their folders", async () => {
    const world = await ledger();
    for (const key of ["prod/lock.json", "a/b/c.json", "loose.json", "acc/x.json", "acc/y.json"])
      world.aws.store(`p/_releases/${key}`, "");
    for (const key of ["q/p/_releases/other/x.json", "p/_releases/dev-2/x.json"]) world.aws.store(key, "");
    expect(await ledgerEnvironments(world.place)).toEqual(["a", "acc", "dev", "dev-2", "prod"]);
  });
});

describe("a pending record", () => {
  const key = `${folder}${pending.id}.json`;
  const settledAt = "2025-11-05T10:30:00.000Z";

  async function stored(): Promise<SmallWorld> {
    const world = await smallWorld();
    storeRecords(world.aws, pending);
    return world;
  }

  it.each([
    ["applied", "why", { status: "applied", note: "why", settledAt }],
    ["rolled-back", undefined, { status: "rolled-back", note: null, settledAt }],
    ["pending", "not yet", { status: "pending", note: "not yet", settledAt: null }],
  ] as const)("is settled as %s, with a note of %s", async (status, note, changes) => {
    const world = await stored();
    const settled = await settleRecord(world.place, pending, status, note);
    expect(settled).toEqual({ ...pending, ...changes });
    expect(world.record(pending.id)).toEqual(settled);
  });

  it("is settled though the deploy was cancelled meanwhile", async () => {
    const world = await stored();
    const place = { ...world.place, signal: AbortSignal.abort() };
    expect(await settleRecord(place, pending, "applied")).toMatchObject({ status: "applied" });
  });

  it("that is settled so already stays as it is, with its own note", async () => {
    const world = await smallWorld();
    storeRecords(world.aws, { ...pending, status: "applied", note: "mine" });
    expect((await settleRecord(world.place, pending, "applied", "theirs")).note).toBe("mine");
    expect(world.aws.clients.seen).toEqual(["GET"]);
  });

  it("is written over only as long as it is pending, or so wished", async () => {
    const world = await smallWorld();
    storeRecords(world.aws, { ...pending, status: "applied" });
    await expect(settleRecord(world.place, pending, "rolled-back")).rejects.toMatchObject({
      code: "release-record-contested",
      message: `Somebody else wrote s3://s/${key} meanwhile`,
      remedy: "Find the other process that deploys to this environment; then deploy again.",
    });
    expect(world.aws.clients.seen).toEqual(["GET"]);
    await settleRecord(world.place, pending, "rolled-back", null, ["applied"]);
    expect(world.record(pending.id)).toMatchObject({ status: "rolled-back" });
  });

  it("is looked at again where its write's answer got lost", async () => {
    const lost = await stored();
    lost.aws.twist("PUT", (_, usual) => {
      usual();
      return refusedByS3("OperationTimeoutException", 400);
    });
    expect(await settleRecord(lost.place, pending, "applied", "why")).toMatchObject({ note: "why" });
    expect(lost.aws.clients.seen).toEqual(["GET", "PUT", "GET"]);
  });

  it("is given up after three attempts, with the reason of the last", async () => {
    const world = await stored();
    world.aws.twist("PUT", () => refusedByS3("OperationTimeoutException", 400));
    await expect(settleRecord(world.place, pending, "applied")).rejects.toThrow("OperationTimeoutException");
    expect(world.aws.clients.seen).toEqual(["GET", "PUT", "GET", "PUT", "GET", "PUT"]);
    const contested = await stored();
    contested.aws.twist("PUT", () => refusedByS3("PreconditionFailed", 412));
    await expect(settleRecord(contested.place, pending, "applied")).rejects.toMatchObject({
      code: "release-record-contested",
    });
  });

  it("is not tried again where it may not be written", async () => {
    const world = await stored();
    world.aws.twist("PUT", () => refusedByS3("AccessDenied", 403));
    await expect(settleRecord(world.place, pending, "applied")).rejects.toMatchObject({
      code: "aws-access-denied",
    });
    expect(world.aws.clients.seen).toEqual(["GET", "PUT"]);
  });

  it("that has gone is a defect", async () => {
    const { place } = await smallWorld();
    await expect(settleRecord(place, pending, "applied")).rejects.toMatchObject({
      code: "internal-error",
      message: `The release record ${pending.id} has gone`,
    });
  });

  it("is settled at the second attempt where somebody touched it meanwhile", async () => {
    const world = await stored();
    world.aws.twist(
      "PUT",
      onCall([1], () => refusedByS3("PreconditionFailed", 412)),
    );
    expect(await settleRecord(world.place, pending, "applied")).toMatchObject({ status: "applied" });
  });
});
