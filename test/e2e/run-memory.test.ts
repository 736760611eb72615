import { describe, expect, it } from "vitest";
import { notRun } from "../../src/e2e/run-step.ts";
import type { Script } from "../aws/scripted.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import { awaited, rememberingRun } from "./remembering-run.ts";

const began = "1970-01-01T00:00:01.000Z";
const note = { kind: "query", id: "q" } as const;
const denied: Script = { PUT: [refusedByS3("AccessDenied", 403)] };
const nothing = { locations: [], bookmarks: [] };

/** A memory and what reached S3 of it, write by write. */
async function remembered(script: Script = {}, state: object = {}) {
  const run = await rememberingRun(script, { state });
  const written = (): { steps: object }[] => run.sent.map(({ body }) => JSON.parse(body));
  return { ...run, written };
}

describe("the memory of a run", () => {
  it("has a note in S3 before what it is about may be done", async () => {
    const { memory, written, kept } = await remembered();
    expect(memory.begin("a", 1_000)).toEqual({ startedAt: began, tries: 1 });
    expect(written()).toEqual([]);
    await memory.note("a", note);
    expect(written()).toEqual([{ ...kept, steps: { a: { startedAt: began, tries: 1, note } } }]);
  });

  it("lets nothing be done whose note could not be written", async () => {
    const { memory } = await remembered(denied, { runId: "nightly/1" });
    memory.begin("a", 1_000);
    const refused = {
      code: "aws-access-denied",
      message: expect.stringContaining("s3://b/p/nightly_1.json"),
    };
    await expect(memory.note("a", note)).rejects.toMatchObject(refused);
    await expect(memory.clean(nothing)).rejects.toMatchObject(refused);
  });

  it("keeps results and later notes as it goes on, with as few writes as hold all of it", async () => {
    const { memory, written } = await remembered();
    const result = notRun(awaited("a"), "skipped");
    memory.begin("a", 1_000);
    memory.noteLater("a", { kind: "query" });
    memory.noteLater("a", note);
    memory.finish("a", result);
    await memory.clean(nothing);
    expect(written()).toHaveLength(2);
    expect(written().at(-1)).toMatchObject({ steps: { a: { note, result } }, clean: nothing });
    await memory.end("passed");
    expect(written()).toHaveLength(3);
    expect(written().at(-1)).toMatchObject({ result: "passed" });
  });

  it("keeps the result of a step without being waited for", async () => {
    const { memory, written } = await remembered();
    memory.begin("a", 1_000);
    memory.finish("a", notRun(awaited("a"), "skipped"));
    await expect.poll(written).toMatchObject([{ steps: { a: { result: { key: "a" } } } }]);
  });

  it("writes what came during a write that failed", async () => {
    const { memory, written } = await remembered({
      PUT: [refusedByS3("InvalidRequest", 400), { status: 200, headers: { etag: '"e"' } }],
    });
    memory.begin("a", 1_000);
    memory.noteLater("a", { kind: "query" });
    await memory.note("a", note);
    expect(written().at(-1)).toMatchObject({ steps: { a: { note } } });
  });

  it("that can't be kept is a warning at the end", async () => {
    const { memory, events } = await remembered(denied);
    memory.begin("a", 1_000);
    memory.noteLater("a", note);
    memory.finish("a", notRun(awaited("a"), "skipped"));
    expect(events).toEqual([]);
    await memory.end("failed");
    expect(events).toMatchObject([
      {
        code: "e2e.state-not-kept",
        level: "warning",
        message: expect.stringMatching(
          /^the state of this run could not be kept, so a re-run starts from the beginning: .*s3:\/\/b\/p\/7\.json/,
        ),
      },
    ]);
  });

  it("has what an earlier attempt left, and counts how often a step was begun", async () => {
    const left = { startedAt: "1970-01-01T00:00:00.500Z", tries: 2 };
    const { memory } = await remembered({}, { startedAt: began, clean: nothing, steps: { a: left } });
    expect([memory.startedAt, memory.cleaned, memory.of("a"), memory.of("b")]).toEqual([
      1_000,
      nothing,
      left,
      undefined,
    ]);
    expect(memory.begin("a", 2_000)).toEqual({ startedAt: "1970-01-01T00:00:02.000Z", tries: 3 });
    expect(memory.of("a")?.tries).toBe(3);
  });
});
