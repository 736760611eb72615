import { describe, expect, it } from "vitest";
import { budgetProblems, isExceeded, usageOf } from "../../src/e2e/budget.ts";
import type { Attempt, StepResult } from "../../src/e2e/result.ts";

const base = { needs: [], state: "passed" as const, blockedBy: [], timeline: [] };

function job(key: string, ...dpuSeconds: readonly (number | undefined)[]): StepResult {
  const attempts = dpuSeconds.map((used, index): Attempt => {
    const known = used === undefined ? {} : { dpuSeconds: used };
    return { id: `jr_${index}`, state: "SUCCEEDED", executionSeconds: 1, ...known };
  });
  return { ...base, key, kind: "run", details: { jobKey: key, job: key, attempts } };
}

function query(key: string, scannedBytes: number): StepResult {
  return { ...base, key, kind: "query", details: { sql: "", expected: [], actual: [], scannedBytes } };
}

const steps = [job("silver", 100, 20.5), job("gold", 30), query("a", 1_000_000), query("b", 500_000)];

describe("a budget", () => {
  it("counts every attempt of every job, and all that queries scan", () => {
    expect(usageOf(steps, {})).toStrictEqual({
      dpuSeconds: { used: 150.5 },
      scannedBytes: { used: 1_500_000 },
    });
  });

  it.each([
    ["none", {}, []],
    ["just enough", { dpuSeconds: 150.5, scannedBytes: 1_500_000 }, []],
    [
      "too few DPU-seconds",
      { dpuSeconds: 150.4 },
      ["the jobs used 150.5 DPU-seconds; max-dpu-seconds allows 150.4"],
    ],
    ["too few bytes", { scannedBytes: 1_499_000 }, ["the queries scanned 1.5 MB; max-scan-mb allows 1.499"]],
  ])("that is %s", (_, budget, messages) => {
    const usage = usageOf(steps, budget);
    expect(isExceeded(usage)).toBe(messages.length > 0);
    expect(budgetProblems(steps, usage).map(({ message }) => message)).toEqual(messages);
  });

  it("says which steps it can't count", () => {
    const notRun: StepResult = { ...base, key: "gold", state: "skipped", kind: "run" };
    const untold = [job("silver", 10, undefined), notRun, job("bronze", undefined), query("a", 1)];
    const problems = budgetProblems(untold, usageOf(untold, { dpuSeconds: 100 }));
    expect(problems).toMatchObject([
      { severity: "warning", code: "usage-unknown", facts: { steps: "silver, bronze" } },
    ]);
    expect(budgetProblems(untold, usageOf(untold, { scannedBytes: 100 }))).toEqual([]);
  });
});
