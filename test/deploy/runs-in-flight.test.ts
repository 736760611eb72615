import { describe, expect, it } from "vitest";
import { ToolkitError } from "../../src/base/errors.ts";
import type { JobPlan } from "../../src/deploy/plan.ts";
import { runWarnings, withRuns } from "../../src/deploy/runs-in-flight.ts";
import { refused } from "../aws/scripted.ts";
import { placeOn } from "./support/scripted-place.ts";

const denied = refused("AccessDeniedException");
const job = {
  job: "silver-dev",
  action: "change",
  warnings: ["first"],
  blockers: [],
  reasons: [],
} as unknown as JobPlan;

describe("runs in flight", () => {
  const running = {
    GetJobRuns: [
      {
        JobRuns: [
          { Id: "jr_1", JobRunState: "RUNNING" },
          { JobRunState: "WAITING" },
          { Id: "jr_0", JobRunState: "SUCCEEDED" },
        ],
      },
    ],
  } as const;

  it("warn, and are nothing for a job that doesn't change", async () => {
    const { warnings } = await withRuns(await placeOn(running), job, "warn");
    expect(warnings).toEqual(["first", expect.stringContaining("jr_1")]);
    const unchanged = { ...job, action: "unchanged" as const };
    expect(await withRuns(await placeOn({}), unchanged, "fail")).toBe(unchanged);
  });

  it.each([
    ["warn", denied, ["first", "whether a run is in flight could not be seen: allow glue:GetJobRuns"]],
    ["fail", denied, undefined],
    ["warn", refused("InvalidInputException"), undefined],
  ] as const)("with on-running %s and %j", async (onRunning, answer, warnings) => {
    const planned = withRuns(await placeOn({ GetJobRuns: [answer] }), job, onRunning);
    if (warnings === undefined) await expect(planned).rejects.toBeInstanceOf(ToolkitError);
    else expect((await planned).warnings).toEqual(warnings);
  });

  it("are named right before a repoint, without what was known before, be their ids told or not", async () => {
    expect(await runWarnings(await placeOn(running), job)).toEqual([
      "2 runs are in flight (jr_1, ): they keep the script they started with",
    ]);
    expect(await runWarnings(await placeOn({ GetJobRuns: [{ JobRuns: [] }] }), job)).toEqual([]);
  });

  it("that can't be seen right before a repoint are a warning, but no reason to go on once cancelled", async () => {
    expect(await runWarnings(await placeOn({ GetJobRuns: [denied] }), job)).toEqual([
      expect.stringContaining("allow glue:GetJobRuns"),
    ]);
    expect(await runWarnings(await placeOn({ GetJobRuns: [refused("InvalidInputException")] }), job)).toEqual(
      [expect.stringContaining("InvalidInputException")],
    );
    const signal = AbortSignal.abort(new Error("cancelled"));
    await expect(runWarnings(await placeOn({}, { signal }), job)).rejects.toThrow("cancelled");
  });
});
