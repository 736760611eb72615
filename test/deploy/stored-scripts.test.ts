import { describe, expect, it } from "vitest";
import { ToolkitError } from "../../src/base/errors.ts";
import { ledgerState, listReleaseIds, readReleases, settleRecord } from "../../src/deploy/ledger.ts";
import { listScripts } from "../../src/deploy/listed-scripts.ts";
import type { ReleaseRecord } from "../../src/deploy/record.ts";
import { readText } from "../../src/deploy/script-diffs.ts";
import { foreignScriptStates } from "../../src/deploy/script-states.ts";
import type { Artifact } from "../../src/scripts/artifact.ts";
import { listedKeys } from "../aws/answers.ts";
import { refusedByS3, type Script } from "../aws/scripted.ts";
import { placeOn } from "./support/scripted-place.ts";

const s3Denied = refusedByS3("AccessDenied", 403);

describe("the ledger", () => {
  const id = "20251105T103000.000Z-c-1";

  it("has no release in a new place, and leaves one out that is gone meanwhile", async () => {
    const empty = await placeOn({
      ListObjectsV2: [listedKeys(["p/_releases/dev/lock.json"])],
      GET: [{ status: 404 }],
    });
    expect(await listReleaseIds(empty)).toEqual([]);
    expect(await ledgerState(empty)).toEqual({
      recent: [],
      pending: [],
      head: { head: undefined, etag: undefined },
    });
    expect(await readReleases(await placeOn({ GET: [{ status: 404 }] }), [id])).toEqual([]);
  });

  it("settles no record that has gone", async () => {
    const record = { id, status: "pending" } as ReleaseRecord;
    await expect(
      settleRecord(await placeOn({ GET: [{ status: 404 }] }), record, "applied"),
    ).rejects.toMatchObject({ code: "internal-error" });
  });
});

describe("stored scripts", () => {
  const uri = "s3://other/a.py";

  it.each<[string, string, Script, string]>([
    ["there", uri, { HEAD: [{ status: 200, headers: { etag: '"e"' } }] }, "unknown"],
    ["gone", uri, { HEAD: [{ status: 404 }] }, "missing"],
    ["not to be seen", "s3://b/a.py", { HEAD: [{ status: 403 }] }, "unknown"],
    ["nowhere in S3", "a.py", {}, "unknown"],
  ])("of others that are %s", async (_, location, script, state) => {
    expect([...(await foreignScriptStates(await placeOn(script), [location, location]))]).toEqual([
      [location, state],
    ]);
  });

  it.each<[string, string, Script, string | undefined]>([
    ["there", uri, { GET: [{ status: 200, headers: { etag: '"e"' }, body: "x = 1" }] }, "x = 1"],
    ["gone", uri, { GET: [{ status: 404 }] }, undefined],
    ["forbidden", uri, { GET: [s3Denied] }, undefined],
    ["in no bucket", uri, { GET: [refusedByS3("NoSuchBucket", 404)] }, undefined],
    ["nowhere in S3", "a.py", {}, undefined],
  ])("that are %s as text", async (_, location, script, text) => {
    expect(await readText(await placeOn(script), location)).toBe(text);
  });

  it("that can't be read or looked for by any other error end the plan", async () => {
    const broken = refusedByS3("InvalidRequest", 400);
    await expect(readText(await placeOn({ GET: [broken] }), uri)).rejects.toBeInstanceOf(ToolkitError);
    await expect(
      foreignScriptStates(await placeOn({ HEAD: [{ status: 400 }] }), [uri]),
    ).rejects.toBeInstanceOf(ToolkitError);
  });

  it("are listed only where many are asked for, and a listing that is not allowed says nothing", async () => {
    const many = Array.from({ length: 20 }, (_, index) => ({
      key: `p/${String.fromCharCode(97 + index)}`,
      bytes: new TextEncoder().encode("abc"),
    })) as unknown as Artifact[];
    const md5 = "900150983cd24fb0d6963f7d28e17f72";
    const page = `<ListBucketResult><Contents><Key>p/b</Key><ETag>"${md5}"</ETag></Contents><Contents><Key>p/c</Key><ETag>"x"</ETag></Contents><Contents><Key>p/x</Key></Contents></ListBucketResult>`;
    const listed = await listScripts(await placeOn({ ListObjectsV2: [page] }), many);
    expect([...listed.intact]).toEqual(["p/b"]);
    expect(listed.missing.size).toBe(18);
    const nothing = { intact: new Set(), missing: new Set() };
    expect(await listScripts(await placeOn({ ListObjectsV2: [s3Denied] }), many)).toEqual(nothing);
    const few = await placeOn({});
    expect([await listScripts(few, many.slice(1)), few.seen]).toEqual([nothing, []]);
    await expect(
      listScripts(await placeOn({ ListObjectsV2: [refusedByS3("NoSuchBucket", 404)] }), many),
    ).rejects.toMatchObject({ code: "bucket-missing" });
  });

  it("are listed without the ledger between them", async () => {
    const keys = ["p/A", "p/B", ...Array.from({ length: 18 }, (_, index) => `p/k${index}`)];
    const artifacts = keys.map((key) => ({ key, bytes: new Uint8Array() })) as unknown as Artifact[];
    const place = await placeOn({ ListObjectsV2: [listedKeys([])] });
    expect((await listScripts(place, artifacts)).missing.size).toBe(20);
    const after = place.sent.map(({ path }) => new URL(path, "http://s3").searchParams.get("start-after"));
    expect(after).toEqual(["p/", "p/k"]);
  });
});
