import { describe, expect, it } from "vitest";
import { ToolkitError } from "../../src/base/errors.ts";
import type { Applied } from "../../src/deploy/apply.ts";
import type { Place } from "../../src/deploy/place.ts";
import type { Plan } from "../../src/deploy/plan.ts";
import {
  blockedResult,
  endedResult,
  failedResult,
  plannedResult,
  unchangedResult,
} from "../../src/deploy/results.ts";

const job = (name: string, action: string, more: object = {}) => ({
  job: name,
  action,
  warnings: [`of ${name}`],
  blockers: [],
  ...more,
});
const planOf = (jobs: readonly object[], mode = "deploy") =>
  ({ mode, jobs, warnings: ["of all"] }) as unknown as Plan;
const plan = planOf([job("a", "change"), job("b", "unchanged")]);
const place = { bucket: { name: "s" }, prefix: "p/", environment: "dev" } as unknown as Place;
const unreleased = {
  plan,
  releaseId: undefined,
  releaseUri: undefined,
  jobsChanged: [],
  jobsUnchanged: ["b"],
  warnings: ["of all", "a: of a", "b: of b"],
  failure: undefined,
};
const applied = (more: object = {}) =>
  ({ record: { id: "r1" }, warnings: ["a: late"], ...more }) as unknown as Applied;

describe("results without a release", () => {
  const blocked = job("silver-dev", "blocked", {
    blockers: [
      { code: "visual-job", message: "is a visual job", remedy: "Convert it." },
      { code: "job-running", message: "runs", remedy: "Wait." },
    ],
  });

  it.each([
    [0, "silver-dev: is a visual job. Nothing was changed."],
    [1, "silver-dev: is a visual job (and 1 more job is blocked). Nothing was changed."],
    [2, "silver-dev: is a visual job (and 2 more jobs are blocked). Nothing was changed."],
  ])("name the first blocked job, and that %i more are", (more, message) => {
    const others = Array.from({ length: more }, () => blocked);
    const result = blockedResult(planOf([job("a", "change"), blocked, ...others]));
    expect(result).toMatchObject({ result: "failed", releaseId: undefined, jobsChanged: [] });
    expect(result.failure).toEqual({ code: "visual-job", message, remedy: "Convert it." });
  });

  it("are none where nothing is blocked", () => {
    expect(() => blockedResult(plan)).toThrow("no job is blocked");
  });

  it("of a plan tell the jobs that would change, of an unchanged state none", () => {
    expect(plannedResult(plan)).toEqual({ ...unreleased, result: "planned", jobsChanged: ["a"] });
    expect(unchangedResult(plan)).toEqual({ ...unreleased, result: "unchanged" });
  });

  it.each([
    [
      "an error of the toolkit",
      new ToolkitError({ code: "c", message: "m", remedy: "r", source: "user" }),
      { code: "c", message: "m. No job was changed.", remedy: "r" },
    ],
    [
      "a cancellation",
      new DOMException("aborted", "AbortError"),
      {
        code: "cancelled",
        message: "The deploy was cancelled. No job was changed.",
        remedy: "Run it again when you are ready.",
      },
    ],
    [
      "anything else",
      new TypeError("x"),
      {
        code: "internal-error",
        message: "x. No job was changed.",
        remedy: "This is a defect of the toolkit: please report it with the debug log of the run.",
      },
    ],
    [
      "no error at all",
      { name: "AbortError" },
      expect.objectContaining({ code: "internal-error", message: "[object Object]. No job was changed." }),
    ],
  ])("say why: %s", (_, thrown, failure) => {
    expect(failedResult(plan, thrown)).toEqual({ ...unreleased, result: "failed", failure });
  });
});

describe("results of a release", () => {
  const released = {
    ...unreleased,
    releaseId: "r1",
    releaseUri: "s3://s/p/_releases/dev/r1.json",
    warnings: [...unreleased.warnings, "a: late"],
  };

  it.each([
    ["deploy", "deployed"],
    ["rollback", "rolled-back"],
  ])("of a %s that worked is %s", (mode, result) => {
    const done = { ...plan, mode } as Plan;
    expect(endedResult(place, done, applied())).toEqual({
      ...released,
      plan: done,
      result,
      jobsChanged: ["a"],
    });
  });

  it("of one that was undone tell what was undone, and no job that changed", () => {
    const thrown = new ToolkitError({ code: "c", message: "m", remedy: "r", source: "aws" });
    const failure = { thrown, undo: "Moved back 1 job: a." };
    expect(endedResult(place, plan, applied({ failure }))).toEqual({
      ...released,
      result: "failed",
      failure: { code: "c", message: "m. Moved back 1 job: a.", remedy: "r" },
    });
  });
});
