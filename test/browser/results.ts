import type { E2eResult } from "../../src/e2e/result.ts";
import { incident } from "../report/e2e/incident.ts";

export const hostile =
  "\u001b[31m<img src=https://evil.example/x onerror=alert(1)><script>alert(2)</script>\"'`:;#%% %%{init}%% title x password=hunter2";

/** The incident after the fix. */
export const green: E2eResult = {
  ...incident,
  result: "passed",
  problems: [],
  phases: incident.phases.map((phase) => ({ ...phase, state: "passed" })),
  steps: [
    ...incident.steps.slice(0, 1),
    {
      key: "check",
      kind: "query",
      needs: ["ingest"],
      state: "passed",
      blockedBy: [],
      startedAt: "2025-11-05T18:11:00.000Z",
      endedAt: "2025-11-05T18:11:02.500Z",
      milliseconds: 2_500,
      timeline: [{ at: "2025-11-05T18:11:00.000Z", state: "RUNNING" }],
      details: {
        sql: "SELECT car_id, max(processed_at) AS processed_at\nFROM gold_car_current_state\nGROUP BY car_id",
        id: "q1",
        state: "SUCCEEDED",
        columns: ["car_id", "processed_at"],
        rows: 2,
        more: false,
        sample: [
          ["car-1", "2025-11-05 18:10:00"],
          ["car-2", null],
        ],
        scannedBytes: 12_345,
        expected: ["rows ≥ 2"],
        actual: [],
      },
    },
  ],
  progress: { done: 3, total: 3, percent: 100 },
};
delete green.failedStep;

/** Foreign text wherever a result holds any. */
export const attacked: E2eResult = {
  ...incident,
  pipeline: hostile,
  run: { ...incident.run, actor: hostile, url: "javascript:alert(1)" },
  problems: incident.problems.map((problem) => ({
    ...problem,
    code: hostile,
    message: hostile,
    remedy: hostile,
    excerpt: [hostile],
    log: [hostile, hostile],
  })),
  steps: incident.steps.map((step) => ({ ...step, timeline: [{ at: incident.startedAt, state: hostile }] })),
};

/** Two hundred steps, side by side by fifty. */
export const wide: E2eResult = {
  ...green,
  steps: Array.from({ length: 200 }, (_, index) => {
    const from = Date.parse(green.startedAt) + Math.floor(index / 50) * 60_000 + (index % 50) * 200;
    return {
      key: `step-${index}`,
      kind: "crawler",
      needs: [],
      state: index % 17 === 0 ? "failed" : "passed",
      blockedBy: [],
      startedAt: new Date(from).toISOString(),
      endedAt: new Date(from + 40_000).toISOString(),
      milliseconds: 40_000,
      timeline: [],
    };
  }),
};
