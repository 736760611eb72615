import { describe, expect, it } from "vitest";
import type { StepRun } from "../../src/e2e/context.ts";
import { freshState, pickUp } from "../../src/e2e/pick-up.ts";
import type { RememberedStep } from "../../src/e2e/run-state.ts";
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
  return { steps: next.steps, from, why: again.events.map(({ message }) => message).join() };
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
    const { steps: next, from } = await pickedUp(steps);
    expect(from).toEqual({ attempt: 1, startedAt: "1970-01-01T00:00:00.000Z" });
    expect(next).toEqual({ a: steps.a, b: steps.b, c: { ...began, note }, d: began, e: began });
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
    const { from, why: said, steps: next } = await pickedUp(steps, change);
    expect({ from, next }).toEqual({ from: undefined, next: {} });
    expect(said).toBe(`attempt 1 is not picked up: ${why}`);
  });

  it("judges a job by the arguments of its step", async () => {
    const step = {
      ...stepBase,
      kind: "run",
      job: "silver",
      arguments: { "--scriptLocation": "s3://s/given.py" },
    } as const;
    const { e2e } = await scriptedRun({});
    const { from } = await pickedUp({ step: ran("s3://s/given.py") }, {}, { e2e: { ...e2e, steps: [step] } });
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
    ["a later one", { status: 200, headers: { etag: '"e"' }, body: "later" }, info],
  ])("is left out where there is %s", async (_, stored, again) => {
    const first = await scriptedRun({}, { folder, startedAt: 0 });
    const later = JSON.stringify(freshState(first, wholeIntent, { runId: "7", attempt: 3 }));
    const answer =
      stored === undefined ? { status: 404 } : "body" in stored ? { ...stored, body: later } : stored;
    const run = await scriptedRun({ GET: [answer] }, { folder, startedAt: 0 });
    expect((await pickUp(run, wholeIntent, again)).from).toBeUndefined();
  });
});
