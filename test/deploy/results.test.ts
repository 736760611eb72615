import { describe, expect, it } from "vitest";
import { ToolkitError } from "../../src/base/errors.ts";
import type { JobPlan, Plan } from "../../src/deploy/plan.ts";
import { blockedResult, failedResult } from "../../src/deploy/results.ts";

const plan = { mode: "deploy", jobs: [], warnings: [] } as unknown as Plan;
const job = {
  job: "silver-dev",
  action: "change",
  warnings: ["first"],
  blockers: [],
  reasons: [],
} as unknown as JobPlan;

describe("results without a release", () => {
  it("name the first blocked job, and how many more there are", () => {
    const blocked = {
      ...job,
      action: "blocked",
      blockers: [{ code: "visual-job", message: "is a visual job", remedy: "Convert it." }],
    } as unknown as JobPlan;
    expect(blockedResult({ ...plan, jobs: [blocked] }).failure).toEqual({
      code: "visual-job",
      message: "silver-dev: is a visual job. Nothing was changed.",
      remedy: "Convert it.",
    });
    expect(blockedResult({ ...plan, jobs: [blocked, blocked, blocked] }).failure?.message).toBe(
      "silver-dev: is a visual job (and 2 more jobs are blocked). Nothing was changed.",
    );
  });

  it("are none where nothing is blocked", () => {
    expect(() => blockedResult(plan)).toThrow("no job is blocked");
  });

  it.each([
    [
      "an error of the toolkit",
      new ToolkitError({ code: "c", message: "m", remedy: "r", source: "user" }),
      "c",
    ],
    ["a cancellation", Object.assign(new Error("aborted"), { name: "AbortError" }), "cancelled"],
    ["anything else", new TypeError("x"), "internal-error"],
  ])("say why: %s", (_, thrown, code) => {
    expect(failedResult(plan, thrown).failure).toMatchObject({
      code,
      message: expect.stringMatching(/No job was changed\.$/),
    });
  });
});
