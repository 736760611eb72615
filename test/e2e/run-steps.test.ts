import { describe, expect, it } from "vitest";
import type { StepResult } from "../../src/e2e/result.ts";
import { notRun } from "../../src/e2e/run-step.ts";
import { runSteps } from "../../src/e2e/run-steps.ts";
import type { Step } from "../../src/manifest/manifest.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { runSilver, upload } from "./checks/support.ts";
import { awaited, listing, rememberingRun } from "./remembering-run.ts";

const all = (steps: readonly Step[], budget = {}) => ({
  selected: new Set(steps.map(({ key }) => key)),
  budget,
});
const passed = (step: Step, details: object) => {
  const result = { ...notRun(step, "skipped"), state: "passed", details } as StepResult;
  return { startedAt: "1970-01-01T00:00:00.000Z", tries: 1, result };
};
const brief = (steps: readonly StepResult[]) =>
  steps.map(({ key, state, blockedBy }) => [key, state, ...blockedBy].join(" "));

describe("the steps of a run", () => {
  it("come in the manifest's order, with what blocked them, and with all their problems", async () => {
    const steps = [
      awaited("last", ["never", "late"]),
      awaited("never", [], { timeout: 2_000 }),
      awaited("late", [], { timeout: 3_000 }),
      awaited("there"),
      awaited("left", ["never"]),
    ];
    const context = await rememberingRun({ ListObjectsV2: [listing("there/x.json")] }, { steps });
    const done = await runSteps(context, all(steps.slice(0, 4)));
    expect(brief(done.steps)).toEqual([
      "last skipped never late",
      "never timed-out",
      "late timed-out",
      "there passed",
      "left not-selected",
    ]);
    expect(done.steps[0]?.needs).toEqual(["never", "late"]);
    expect(done.problems.map(({ step, code }) => `${step} ${code}`).toSorted()).toEqual([
      "late object-elsewhere",
      "never object-elsewhere",
    ]);
    expect(context.messages().at(-1)).toMatch(/^\[\d.+s\] last: skipped, blocked by never, late$/);
  });

  it("know what was done before them, directly or not", async () => {
    const steps = [upload, awaited("middle", ["step"]), awaited("late", ["middle"], { timeout: 2_000 })];
    const object = { uri: "s3://b/in.json", bytes: 3, lastModified: "2026-01-01T00:00:00.000Z" };
    const state = {
      steps: {
        step: passed(upload, { file: "in.json", object, sha256: "00" }),
        middle: passed(awaited("middle", ["step"]), {}),
      },
    };
    const context = await rememberingRun({ ListObjectsV2: [listing("late/x.json")] }, { steps, state });
    expect((await runSteps(context, all(steps))).steps.at(-1)).toMatchObject({
      state: "timed-out",
      details: { since: object.lastModified },
    });
  });

  it.each<[string, object]>([
    ["is cancelled", { signal: AbortSignal.abort() }],
    ["has no more time", { clock: fakeClock(61_000) }],
  ])("are not begun once the run %s, and blame no other step", async (_, more) => {
    const steps = [awaited("a"), awaited("b", ["a"])];
    const context = await rememberingRun({ ListObjectsV2: [listing("a/x.json")] }, { steps, more });
    const done = await runSteps(context, all(steps));
    expect(brief(done.steps)).toEqual(["a skipped", "b skipped"]);
    expect([done.problems, context.seen, context.messages()]).toEqual([[], [], []]);
  });

  it.each([
    [19, "skipped step"],
    [20, "passed"],
  ])("are begun only within the budget: %i DPU-seconds of 20", async (dpuSeconds, state) => {
    const steps = [runSilver, awaited("next", ["step"])];
    const attempts = [{ id: "jr", state: "SUCCEEDED", executionSeconds: 1, dpuSeconds: 20 }];
    const before = { steps: { step: passed(runSilver, { jobKey: "silver", job: "silver-dev", attempts }) } };
    const context = await rememberingRun(
      { ListObjectsV2: [listing("next/x.json")] },
      { steps, state: before },
    );
    const done = await runSteps(context, all(steps, { dpuSeconds }));
    expect(brief(done.steps)).toEqual(["step passed", `next ${state}`]);
  });
});
