import { describe, expect, it } from "vitest";
import { uploadArtifacts } from "../../src/deploy/upload.ts";
import type { Artifact } from "../../src/scripts/artifact.ts";
import { placeOn } from "./support/scripted-place.ts";

describe("uploads", () => {
  const artifact: Artifact = {
    key: "p/a/a-900150983cd2.py",
    path: "a.py",
    bytes: new TextEncoder().encode("abc"),
    sha256: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    fileSha256: "",
  } as unknown as Artifact;
  const by = { commit: "c", repository: "r", runId: "1", actor: "ana" };
  const stored = { status: 200, headers: { etag: '"e"' } };
  const body = { status: 200, headers: { etag: '"e"' }, body: "abc" };

  it("that S3 doesn't confirm are read back", async () => {
    const place = await placeOn({ HEAD: [{ status: 404 }, stored], PUT: [stored], GET: [body] });
    await uploadArtifacts(place, [artifact], by);
    expect(place.seen).toEqual(["HEAD", "PUT", "HEAD", "GET"]);
  });

  it.each([
    [
      "read back as something else",
      { HEAD: [{ status: 404 }, stored], PUT: [stored], GET: [{ ...body, body: "abd" }] },
    ],
    ["are gone", { HEAD: [{ status: 404 }], PUT: [stored] }],
  ] as const)("that %s end the deploy", async (_, script) => {
    await expect(uploadArtifacts(await placeOn(script), [artifact], by)).rejects.toMatchObject({
      code: "upload-not-as-sent",
    });
  });

  it("are not repeated where the bytes are there, and refused where others are", async () => {
    const there = await placeOn({ HEAD: [stored], GET: [body] });
    await uploadArtifacts(there, [artifact], by);
    expect(there.seen).not.toContain("PUT");
    await expect(
      uploadArtifacts(await placeOn({ HEAD: [stored], GET: [{ ...body, body: "x" }] }), [artifact], by),
    ).rejects.toMatchObject({ code: "object-differs" });
  });
});
