import { describe, expect, it } from "vitest";
import { uploadArtifacts } from "../../src/deploy/upload.ts";
import type { Artifact } from "../../src/scripts/artifact.ts";
import { artifactOf, digest, uriOf } from "./support/artifacts.ts";
import { placeOn } from "./support/scripted-place.ts";
import { smallWorld } from "./support/small-world.ts";

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

describe("an upload", () => {
  const by = { commit: "cömmit", repository: "acme/x", runId: "1" };

  it("says what it is, who made it and where it went", async () => {
    const { place, aws, events } = await smallWorld();
    const [script, zip] = [artifactOf("ä", "1"), artifactOf("z", "2", "zip")];
    await uploadArtifacts(place, [script], by);
    await uploadArtifacts(place, [zip], { ...by, runUrl: "https://ci/1" });
    await uploadArtifacts(place, [zip], by);
    const puts = aws.clients.sent.filter(({ operation }) => operation === "PUT");
    const told = (headers: (typeof puts)[number]["headers"]) =>
      ["content-type", "x-amz-meta-commit", "x-amz-meta-repository", "x-amz-meta-run", "x-amz-meta-path"].map(
        (name) => headers[name],
      );
    expect(puts.map(({ headers }) => told(headers))).toEqual([
      ["text/x-python", "c%C3%B6mmit", "acme/x", "1", "%C3%A4.py"],
      ["application/zip", "c%C3%B6mmit", "acme/x", "https://ci/1", "z.zip"],
    ]);
    const uploaded = { code: "deploy.uploaded", level: "info", data: { done: 1, total: 1 } };
    expect(events).toEqual([
      { ...uploaded, message: `Uploaded ä.py to ${uriOf(script)}` },
      { ...uploaded, message: `Uploaded z.zip to ${uriOf(zip)}` },
      { ...uploaded, message: `z.zip is already at ${uriOf(zip)}` },
    ]);
    expect(aws.clients.seen).toEqual(["HEAD", "PUT", "HEAD", "PUT", "HEAD"]);
  });

  it("of bytes that somebody else is just putting there is done", async () => {
    const { place, aws, events } = await smallWorld();
    const script = artifactOf("a", "1");
    aws.twist("PUT", (_, usual) => {
      usual();
      return usual();
    });
    await uploadArtifacts(place, [script], by);
    expect(events[0]?.message).toBe(`a.py is already at ${uriOf(script)}`);
  });

  it.each([
    ["other bytes", "other", digest("other")],
    ["nothing", undefined, "(gone)"],
  ])("that leaves %s behind is told with both digests", async (_, body, found) => {
    const { place, aws } = await smallWorld();
    const script = artifactOf("a", "1");
    aws.twist("PUT", () => {
      if (body !== undefined) aws.store(script.key, body);
      return { status: 200, headers: { etag: '"e"' } };
    });
    await expect(uploadArtifacts(place, [script], by)).rejects.toMatchObject({
      message: `${uriOf(script)} reads back with SHA-256 ${found}, sent was ${script.sha256}`,
      remedy: "Find out what rewrites or deletes objects in this bucket, then deploy again.",
    });
  });
});
