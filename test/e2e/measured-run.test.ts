import { describe, expect, it } from "vitest";
import { compareRuns } from "../../src/e2e/compare-runs.ts";
import { isWholeAndGreen, measureRun } from "../../src/e2e/measured-run.ts";
import type { StepResult } from "../../src/e2e/result.ts";
import { incident } from "../report/e2e/incident.ts";
import { green, rough } from "../report/e2e/runs.ts";

describe("what is kept of a run to compare later ones with", () => {
  it("are the quantities of the steps that passed, each kind its own", () => {
    expect(measureRun({ ...green, run: { ...green.run, url: "https://x" } })).toEqual({
      runId: "4712",
      startedAt: green.startedAt,
      commit: green.run.commit,
      url: "https://x",
      milliseconds: 720_000,
      steps: [
        { key: "arrived", milliseconds: 1_000, bytes: 29_082 },
        { key: "crawl", milliseconds: 1_000 },
        { key: "gold", milliseconds: 1_000, dpuSeconds: 1_234.5 },
        { key: "count", milliseconds: 1_000, rows: 1_000, bytes: 2_048 },
      ],
    });
    expect(measureRun({ ...green, run: { runId: "1" }, result: "failed", steps: [] })).toStrictEqual({
      runId: "1",
      startedAt: green.startedAt,
      steps: [],
    });
    expect(measureRun(incident).steps).toEqual([{ key: "ingest", milliseconds: 1_000, bytes: 2_355 }]);
  });

  it("is no time of the whole where it was not run in one go, nor a quantity that isn't known", () => {
    const pickedUpFrom = { attempt: 1, startedAt: green.startedAt };
    expect(measureRun({ ...green, pickedUpFrom })).not.toHaveProperty("milliseconds");
    const passed = rough.steps.map((step): StepResult => ({ ...step, state: "passed" }));
    expect(measureRun({ ...rough, steps: passed }).steps).toStrictEqual(
      rough.steps.map(({ key }) => ({ key })),
    );
    const attempts = [{ id: "a", state: "FAILED", executionSeconds: 1 }];
    const untold = [{ ...attempts[0], dpuSeconds: 5 }, ...attempts];
    const base = { key: "k", needs: [], state: "passed" as const, blockedBy: [], timeline: [] };
    const details = { jobKey: "k", job: "k", attempts: untold };
    const [step] = measureRun({ ...green, steps: [{ ...base, kind: "run", details } as StepResult] }).steps;
    expect(step).toStrictEqual({ key: "k", dpuSeconds: 5 });
  });

  it("is whole and green only where all of it is", () => {
    expect(isWholeAndGreen(green)).toBe(true);
    expect(isWholeAndGreen({ ...green, result: "failed" })).toBe(false);
    expect(isWholeAndGreen({ ...green, steps: [...green.steps, ...rough.steps] })).toBe(false);
  });

  it("compares step by step and in sum what both runs have", () => {
    const before = {
      runId: "1",
      startedAt: "t",
      steps: [
        { key: "gold", milliseconds: 500, rows: 3 },
        { key: "count", milliseconds: 250, bytes: 1_024 },
        { key: "gone" },
      ],
    };
    expect(compareRuns(before, measureRun(green))).toStrictEqual({
      lastGreen: { runId: "1", startedAt: "t" },
      total: { milliseconds: { before: 750, now: 2_000 }, bytes: { before: 1_024, now: 2_048 } },
      steps: [
        { key: "gold", milliseconds: { before: 500, now: 1_000 } },
        { key: "count", milliseconds: { before: 250, now: 1_000 }, bytes: { before: 1_024, now: 2_048 } },
      ],
    });
    const whole = { ...before, commit: "c", url: "u", milliseconds: 1 };
    expect(compareRuns(whole, measureRun(green))).toMatchObject({
      lastGreen: { commit: "c", url: "u" },
      run: { before: 1, now: 720_000 },
    });
    const { milliseconds: _, ...untimed } = measureRun(green);
    expect(compareRuns(whole, untimed)).not.toHaveProperty("run");
    expect(compareRuns(undefined, measureRun(green))).toEqual({ total: {}, steps: [] });
  });
});
