import { describe, expect, it } from "vitest";
import { uploadStep } from "../../../src/e2e/steps/upload.ts";
import { workspaceWith } from "../../support/workspace.ts";
import { scriptedRun, stepBase } from "../scripted-run.ts";

describe("an upload step", () => {
  const step = {
    ...stepBase,
    kind: "upload",
    file: "in.json",
    bucket: "b",
    objectKey: "landing/in.json",
  } as const;
  const headers = { etag: '"e"', "content-length": "8" };

  it("writes the file, and knows its time where S3 tells it", async () => {
    const workspace = await workspaceWith({ "in.json": '{"a": 1}' });
    const run = await scriptedRun(
      { PUT: [{ status: 200, headers: { etag: '"e"' } }], HEAD: [{ status: 200, headers }] },
      { workspace },
    );
    const outcome = await uploadStep(step, run);
    expect(outcome).toMatchObject({
      state: "passed",
      details: { file: "in.json", object: { uri: "s3://b/landing/in.json", bytes: 8 } },
    });
    expect(outcome.details.object).not.toHaveProperty("lastModified");
    expect(run.states).toEqual(["UPLOADING"]);
  });

  it.each([
    ["its own", "1 1970-01-01T00:00:00.000Z 1", 0],
    ["another run's", "2 1970-01-01T00:00:00.000Z 1", 1],
    ["nobody's", undefined, 1],
  ])("that an earlier attempt began is written %s mark's way", async (_, mark, puts) => {
    const workspace = await workspaceWith({ "in.json": '{"a": 1}' });
    const marked = { ...headers, ...(mark === undefined ? {} : { "x-amz-meta-glue-toolkit-run": mark }) };
    const run = await scriptedRun(
      { PUT: [{ status: 200, headers: { etag: '"e"' } }], HEAD: [{ status: 200, headers: marked }] },
      { workspace, earlier: { kind: "upload" } },
    );
    expect((await uploadStep(step, run)).state).toBe("passed");
    expect(run.seen.filter((name) => name === "PUT")).toHaveLength(puts);
  });

  it("marks what it writes, so that a later attempt knows it, and notes it first", async () => {
    const workspace = await workspaceWith({ "in.json": '{"a": 1}' });
    const run = await scriptedRun(
      {
        PUT: [{ status: 200, headers: { etag: '"e"' } }],
        HEAD: [{ status: 200, headers: { ...headers, "last-modified": "Wed, 05 Nov 2025 10:00:00 GMT" } }],
      },
      { workspace },
    );
    expect((await uploadStep(step, run)).details.object.lastModified).toBe("2025-11-05T10:00:00.000Z");
    expect(run.notes).toEqual([{ kind: "upload" }]);
    expect(run.sent[0]?.headers["x-amz-meta-glue-toolkit-run"]).toBe("1 1970-01-01T00:00:00.000Z 1");
  });

  it("writes again what an earlier attempt has written of another size", async () => {
    const workspace = await workspaceWith({ "in.json": '{"a": 11}' });
    const marked = { ...headers, "x-amz-meta-glue-toolkit-run": "1 1970-01-01T00:00:00.000Z 1" };
    const run = await scriptedRun(
      { PUT: [{ status: 200, headers: { etag: '"e"' } }], HEAD: [{ status: 200, headers: marked }] },
      { workspace, earlier: { kind: "upload" } },
    );
    await uploadStep(step, run);
    expect(run.seen).toContain("PUT");
    const gone = await scriptedRun(
      { PUT: [{ status: 200, headers: { etag: '"e"' } }], HEAD: [{ status: 404 }, { status: 200, headers }] },
      { workspace, earlier: { kind: "upload" } },
    );
    expect((await uploadStep(step, gone)).state).toBe("passed");
  });

  it("fails without its file", async () => {
    const run = await scriptedRun({}, { workspace: await workspaceWith({}) });
    expect(await uploadStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "input-missing", location: { path: "in.json" } }],
    });
  });
});
