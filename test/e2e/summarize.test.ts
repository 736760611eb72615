import { describe, expect, it } from "vitest";
import type { Intent } from "../../src/e2e/check.ts";
import type { RunContext } from "../../src/e2e/context.ts";
import { e2eResultSchema, type Phase, type Problem, type StepResult } from "../../src/e2e/result.ts";
import { type Summarized, summarize } from "../../src/e2e/summarize.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { wholeIntent } from "./scripted-run.ts";

const base = { needs: [], blockedBy: [], timeline: [] };
const step = (key: string, state: StepResult["state"], more: object = {}): StepResult => ({
  ...base,
  kind: "run",
  key,
  state,
  ...more,
});
const query = (key: string, state: StepResult["state"], more: object = {}) =>
  step(key, state, { kind: "query", ...more });
const phase = (name: Phase["name"], state: Phase["state"] = "passed"): Phase => ({ name, state });
const problem = (severity: Problem["severity"]): Problem => ({
  severity,
  code: "c",
  message: "m",
  remedy: "r",
  facts: {},
});
const nothing = { locations: [], bookmarks: [] };
const cleaned = {
  locations: [{ uri: "s3://b/l/", state: "cleaned" as const, objects: 1, markers: 0, bytes: 2 }],
  bookmarks: [],
};

interface Given
  extends Partial<Pick<Summarized, "phases" | "clean" | "steps" | "problems" | "pickedUpFrom">> {
  readonly intent?: Partial<Intent>;
  readonly account?: string;
  readonly signal?: AbortSignal;
  readonly deadline?: number;
}

/** The result of a run that began one second after the epoch and ends 61 seconds later. */
function resultOf({ intent, account, signal, deadline = 3_600_000, ...found }: Given) {
  const context = {
    manifest: { name: "cars", environment: { name: "dev", region: "us-east-1", account } },
    clock: fakeClock(62_000),
    startedAt: 1_000,
    deadline,
    signal: signal ?? new AbortController().signal,
  };
  return summarize({
    context: context as unknown as RunContext,
    intent: { ...wholeIntent, ...intent },
    runInfo: { runId: "7", attempt: 2 },
    pickedUpFrom: undefined,
    phases: [phase("preflight")],
    clean: nothing,
    steps: [step("a", "passed")],
    problems: [],
    ...found,
  });
}

describe("the result of a run", () => {
  it("tells no more than is known", () => {
    const result = resultOf({});
    expect(result).toStrictEqual({
      version: 1,
      pipeline: "cars",
      environment: { name: "dev", region: "us-east-1" },
      run: { runId: "7", attempt: 2 },
      result: "passed",
      startedAt: "1970-01-01T00:00:01.000Z",
      endedAt: "1970-01-01T00:01:02.000Z",
      milliseconds: 61_000,
      usage: { dpuSeconds: { used: 0 }, scannedBytes: { used: 0 } },
      phases: [phase("preflight"), { name: "run", state: "passed" }],
      clean: nothing,
      steps: [step("a", "passed")],
      problems: [],
      progress: { done: 1, total: 1, percent: 100 },
    });
    expect(() => e2eResultSchema.parse(result)).not.toThrow();
  });

  it("tells the account, the release that was asked for, what was gone on with, and the step that failed", () => {
    const pickedUpFrom = { attempt: 1, startedAt: "1970-01-01T00:00:00.000Z" };
    const result = resultOf({
      account: "123456789012",
      intent: { expectRelease: "current" },
      pickedUpFrom,
      steps: [step("a", "passed"), step("b", "skipped"), step("c", "failed"), step("d", "failed")],
    });
    expect(result).toMatchObject({
      environment: { account: "123456789012" },
      expectedRelease: "current",
      pickedUpFrom,
      failedStep: "c",
    });
    expect(resultOf({ intent: { expectRelease: "" } })).not.toHaveProperty("expectedRelease");
    expect(resultOf({ steps: [step("late", "timed-out")] }).failedStep).toBe("late");
  });

  const late = [step("a", "passed"), step("b", "timed-out"), step("c", "skipped")];
  it.each<[string, Given, string]>([
    [
      "passed where only steps that were not selected did not pass",
      { steps: [step("a", "passed"), step("b", "not-selected")] },
      "passed",
    ],
    ["passed with warnings", { problems: [problem("warning")] }, "passed"],
    ["passed where it was whole when it was cancelled", { signal: AbortSignal.abort() }, "passed"],
    ["passed where it was whole when its time was up", { deadline: 62_000 }, "passed"],
    ["failed with an error", { problems: [problem("warning"), problem("error")] }, "failed"],
    ["failed with a skipped step", { steps: [step("a", "passed"), step("b", "skipped")] }, "failed"],
    ["failed with a phase that failed", { phases: [phase("preflight"), phase("clean", "failed")] }, "failed"],
    ["cancelled", { steps: late, signal: AbortSignal.abort(), deadline: 62_000 }, "cancelled"],
    [
      "timed out at the limit of the whole run",
      { steps: [step("a", "failed")], deadline: 62_000 },
      "timed-out",
    ],
    ["failed a moment before", { steps: [step("a", "failed")], deadline: 62_001 }, "failed"],
    ["timed out where a step was, and no other failed", { steps: late }, "timed-out"],
    ["failed where a step was late and another failed", { steps: [...late, step("d", "failed")] }, "failed"],
    [
      "failed where a step was late and a phase failed",
      { steps: late, phases: [phase("preflight"), phase("clean", "failed")] },
      "failed",
    ],
  ])("is %s", (_, given, verdict) => expect(resultOf(given).result).toBe(verdict));

  it("is failed for a budget that was exceeded, after all other problems", () => {
    const attempts = [{ id: "jr", state: "SUCCEEDED", executionSeconds: 1, dpuSeconds: 20 }];
    const steps = [step("a", "passed", { details: { jobKey: "a", job: "a", attempts } })];
    const found = resultOf({ steps, problems: [problem("warning")], intent: { budget: { dpuSeconds: 19 } } });
    expect(found).toMatchObject({ result: "failed", usage: { dpuSeconds: { used: 20, max: 19 } } });
    expect(found.problems.map(({ code }) => code)).toEqual(["c", "dpu-budget-exceeded"]);
  });
});

describe("the phases of a run", () => {
  const phasesOf = (...steps: StepResult[]) => resultOf({ phases: [], steps }).phases;

  it("are one for what moves data and one for the queries, from their first step to their last", () => {
    expect(
      phasesOf(
        step("a", "passed", { startedAt: "2025-01-01T00:00:02.000Z", endedAt: "2025-01-01T00:00:09.000Z" }),
        step("b", "passed", { startedAt: "2025-01-01T00:00:01.000Z", endedAt: "2025-01-01T00:00:05.000Z" }),
        query("c", "passed", { startedAt: "2025-01-01T00:00:03.000Z", endedAt: "2025-01-01T00:00:04.000Z" }),
      ),
    ).toStrictEqual([
      {
        name: "run",
        state: "passed",
        startedAt: "2025-01-01T00:00:01.000Z",
        endedAt: "2025-01-01T00:00:09.000Z",
      },
      {
        name: "validate",
        state: "passed",
        startedAt: "2025-01-01T00:00:03.000Z",
        endedAt: "2025-01-01T00:00:04.000Z",
      },
    ]);
  });

  it("are only those of which a step was selected", () => {
    expect(phasesOf(step("a", "not-selected"), query("c", "skipped"))).toStrictEqual([
      { name: "validate", state: "skipped" },
    ]);
    expect(phasesOf(step("a", "passed"), query("c", "not-selected"))).toStrictEqual([
      { name: "run", state: "passed" },
    ]);
  });

  it.each<[string, StepResult["state"][]]>([
    ["failed", ["passed", "cancelled", "timed-out", "failed"]],
    ["timed-out", ["cancelled", "timed-out", "skipped"]],
    ["cancelled", ["passed", "cancelled", "skipped"]],
    ["skipped", ["passed", "skipped"]],
    ["passed", ["passed", "passed"]],
  ])("are %s with steps that are %j", (state, states) => {
    expect(phasesOf(...states.map((each, index) => step(`s${index}`, each)))).toMatchObject([{ state }]);
  });
});

describe("the progress of a run", () => {
  const clean = phase("clean");
  it.each<[string, Given, object]>([
    [
      "counts the steps that passed",
      { steps: [step("a", "passed"), step("b", "failed"), step("c", "skipped")] },
      { done: 1, total: 3, percent: 33 },
    ],
    [
      "leaves out what was not selected",
      { steps: [step("a", "passed"), step("b", "not-selected")] },
      { done: 1, total: 1, percent: 100 },
    ],
    [
      "counts the cleaning as one part",
      { clean: cleaned, phases: [phase("preflight"), clean] },
      { done: 2, total: 2, percent: 100 },
    ],
    [
      "counts a cleaning of bookmarks alone",
      { clean: { locations: [], bookmarks: [{ jobKey: "a", job: "a", state: "reset" }] }, phases: [clean] },
      { done: 2, total: 2, percent: 100 },
    ],
    [
      "knows a cleaning that failed",
      { clean: cleaned, phases: [phase("preflight"), phase("clean", "failed")] },
      { done: 1, total: 2, percent: 50 },
    ],
    ["knows a cleaning that was not reached", { clean: cleaned }, { done: 1, total: 2, percent: 50 }],
    [
      "leaves out a cleaning that was skipped",
      { clean: cleaned, intent: { skipClean: true } },
      { done: 1, total: 1, percent: 100 },
    ],
  ])("%s", (_, given, progress) => expect(resultOf(given).progress).toEqual(progress));

  it("tells nothing of what a skipped cleaning would have done", () => {
    expect(resultOf({ clean: cleaned, intent: { skipClean: true } }).clean).toEqual(nothing);
    expect(resultOf({ clean: cleaned }).clean).toEqual(cleaned);
  });
});
