import { describe, expect, it } from "vitest";
import type { StepRun } from "../../src/e2e/context.ts";
import { freshState, pickUp } from "../../src/e2e/pick-up.ts";
import type { RememberedStep } from "../../src/e2e/run-state.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import { workspaceWith } from "../support/workspace.ts";
import { scriptedRun, stepBase, wholeIntent } from "./scripted-run.ts";

const folder = { bucket: { name: "b" }, prefix: "p/_runs/dev/" };
const info = { runId: "7", attempt: 2 };
const sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const base = { key: "step", needs: [], state: "passed" as const, blockedBy: [], timeline: [] };
const began = { startedAt: "1970-01-01T00:00:00.000Z", tries: 1 };
const uploaded = (more: object = {}) =>
  ({
    ...began,
    result: {
      ...base,
      kind: "upload",
      details: { file: "in.json", object: { uri: "s3://b/in.json", bytes: 3 }, sha256 },
      ...more,
    },
  }) as RememberedStep;
const ran = (location: string | undefined, more: object = {}) =>
  ({
    ...began,
    result: {
      ...base,
      kind: "run",
      details: {
        jobKey: "silver",
        job: "silver-dev",
        ...(location === undefined ? {} : { script: { location } }),
        attempts: [],
      },
      ...more,
    },
  }) as RememberedStep;

/** Picks up what an earlier attempt left, on a live job that points at `s3://s/now.py`. */
async function pickedUp(
  steps: Readonly<Record<string, RememberedStep>>,
  change: object = {},
  more: Partial<StepRun> = {},
) {
  const workspace = await workspaceWith({ "in.json": "abc" });
  const run = await scriptedRun({}, { folder, startedAt: 0, workspace, ...more });
  const state = { ...freshState(run, wholeIntent, { runId: "7", attempt: 1 }), steps, ...change };
  const live = { Jobs: [{ Name: "silver-dev", Command: { ScriptLocation: "s3://s/now.py" } }] };
  const again = await scriptedRun(
    { GET: [{ status: 200, headers: { etag: '"e"' }, body: JSON.stringify(state) }], BatchGetJobs: [live] },
    { folder, startedAt: 0, workspace, ...more },
  );
  const { state: next, from } = await pickUp(again, wholeIntent, info);
  return { steps: next.steps, from, next, why: again.events.map(({ message }) => message).join(), ...again };
}

describe("an earlier attempt of a workflow run", () => {
  it("is gone on with: what passed is kept, what may be under way is followed, what failed is tried again", async () => {
    const note = { kind: "query", id: "q" } as const;
    const failed = { ...ran("s3://s/old.py"), note } as RememberedStep;
    const steps = {
      a: uploaded(),
      b: ran("s3://s/now.py"),
      c: { ...began, note },
      d: { ...failed, result: { ...base, kind: "query", state: "failed" } as never },
      e: began,
    };
    const { steps: next, from, events, ...rest } = await pickedUp(steps);
    expect(from).toEqual({ attempt: 1, startedAt: "1970-01-01T00:00:00.000Z" });
    expect(next).toStrictEqual({ a: steps.a, b: steps.b, c: { ...began, note }, d: began, e: began });
    expect(rest.next).toMatchObject({ attempt: 2, runId: "7" });
    expect(events).toEqual([
      { code: "e2e.picked-up", level: "info", message: "going on where attempt 1 ended" },
    ]);
  });

  it.each<[string, Record<string, RememberedStep>, object, string]>([
    ["it passed", {}, { result: "passed" }, "it passed"],
    [
      "the manifest is another",
      {},
      { fingerprint: "x" },
      "the manifest or the selection of steps has changed",
    ],
    [
      "its input is another",
      {
        a: uploaded({
          details: { file: "in.json", object: { uri: "s3://b/in.json", bytes: 3 }, sha256: "00" },
        }),
      },
      {},
      "in.json has changed",
    ],
    [
      "its input is gone",
      {
        a: uploaded({ details: { file: "gone.json", object: { uri: "s3://b/in.json", bytes: 3 }, sha256 } }),
      },
      {},
      "gone.json has changed",
    ],
    [
      "a job points elsewhere",
      { b: ran("s3://s/old.py") },
      {},
      "job silver-dev points at another script now",
    ],
    [
      "a job that had no script has one",
      { b: ran(undefined) },
      {},
      "job silver-dev points at another script now",
    ],
  ])("is not where %s", async (_, steps, change, why) => {
    const { from, events, next, ...run } = await pickedUp(steps, change);
    expect({ from, next }).toEqual({ from: undefined, next: freshState(run as never, wholeIntent, info) });
    const message = `attempt 1 is not picked up: ${why}`;
    expect(events).toEqual([{ code: "e2e.not-picked-up", level: "notice", message }]);
  });

  it("judges a job by the arguments of its step", async () => {
    const step = {
      ...stepBase,
      kind: "run",
      job: "silver",
      arguments: { "--scriptLocation": "s3://s/given.py" },
    } as const;
    const { e2e } = await scriptedRun({});
    const other = { ...step, key: "other", arguments: {} };
    const more = { e2e: { ...e2e, steps: [other, step] } };
    const { from } = await pickedUp({ step: ran("s3://s/given.py") }, {}, more);
    expect(from).toBeDefined();
  });

  it("knows of passed steps that told nothing", async () => {
    const { from } = await pickedUp({
      a: uploaded({ details: undefined }),
      b: ran("x", { details: undefined }),
    });
    expect(from).toBeDefined();
  });

  it.each([
    ["none", { status: 404 }, info],
    ["one of the same number", undefined, { runId: "7", attempt: 1 }],
    ["one of the same number left", { status: 200, headers: { etag: '"e"' }, body: "2" }, info],
    ["a later one", { status: 200, headers: { etag: '"e"' }, body: "3" }, info],
    [
      "another workflow run's",
      { status: 200, headers: { etag: '"e"' }, body: "1" },
      { runId: "8", attempt: 2 },
    ],
    ["one that can't be read", { status: 200, headers: { etag: '"e"' }, body: "none" }, info],
  ])("is left out where there is %s", async (_, stored, again) => {
    const first = await scriptedRun({}, { folder, startedAt: 0 });
    const left = (attempt: number) => JSON.stringify(freshState(first, wholeIntent, { runId: "7", attempt }));
    const answer =
      stored !== undefined && "body" in stored
        ? { ...stored, body: left(Number(stored.body)) }
        : { status: 404 };
    const run = await scriptedRun({ GET: [answer] }, { folder, startedAt: 0 });
    expect(await pickUp(run, wholeIntent, again)).toEqual({
      state: freshState(run, wholeIntent, again),
      from: undefined,
    });
    expect(run.events).toEqual([]);
    expect(run.seen).toEqual(again.attempt === 1 ? [] : ["GET"]);
  });

  it("that can't be asked for is an error, which names where it would be", async () => {
    const script = { GET: [refusedByS3("AccessDenied", 403)] } as const;
    const run = await scriptedRun(script, { folder, startedAt: 0 });
    await expect(pickUp(run, wholeIntent, { runId: "nightly/Ä-1.2", attempt: 2 })).rejects.toMatchObject({
      code: "aws-access-denied",
      message: expect.stringContaining("s3://b/p/_runs/dev/nightly__-1.2.json"),
    });
  });
});

describe("the same run", () => {
  const expected = { ...stepBase, kind: "expect", bucket: "b", pattern: "a" } as const;
  const fingerprintOf = async (intent: object, more: object = {}) => {
    const run = await scriptedRun({}, { startedAt: 0, ...more });
    return freshState(run, { ...wholeIntent, ...intent }, info).fingerprint;
  };
  const selected = (...keys: string[]) => ({ selected: new Set(keys) });
  const e2e = (step: object) => ({
    e2e: {
      clean: [],
      allowWholeBucket: [],
      bookmarks: [],
      athena: undefined,
      steps: [{ ...expected, ...step }],
    },
  });
  const job = (more: object) => ({
    jobs: new Map([["a", { key: "a", job: "a-dev", script: "a.py", ...more }]]),
  });

  it.each<[string, [object, object?], [object, object?]]>([
    ["steps chosen in another order", [selected("a", "b")], [selected("b", "a")]],
    ["steps that stand elsewhere in the file", [{}, e2e({ line: 1 })], [{}, e2e({ line: 2 })]],
    ["another budget", [{}], [{ budget: { dpuSeconds: 1 } }]],
  ])("is one with %s", async (_, one, other) => {
    expect(await fingerprintOf(...one)).toBe(await fingerprintOf(...other));
  });

  it.each<[string, [object, object?], [object, object?]]>([
    ["other steps chosen", [selected("a", "b")], [selected("a", "c")]],
    ["its cleaning left out", [{}], [{ skipClean: true }]],
    ["another step in the manifest", [{}, e2e({ pattern: "a" })], [{}, e2e({ pattern: "b" })]],
    ["another job in AWS", [{}, job({})], [{}, job({ job: "b-dev" })]],
    ["another job of the manifest", [{}, job({})], [{}, job({ key: "b" })]],
  ])("is not one with %s", async (_, one, other) => {
    expect(await fingerprintOf(...one)).not.toBe(await fingerprintOf(...other));
  });
});
