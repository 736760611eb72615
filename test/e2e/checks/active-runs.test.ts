import { describe, expect, it } from "vitest";
import { checkActiveRuns } from "../../../src/e2e/checks/active-runs.ts";
import { refused } from "../../aws/scripted.ts";
import { scriptedRun } from "../scripted-run.ts";
import { denied, found, missing, runSilver } from "./support.ts";

describe("runs that somebody else has under way", () => {
  const running = { GetJobRuns: [{ JobRuns: [{ Id: "jr_9", JobRunState: "RUNNING" }] }] } as const;

  it.each([
    ["an error before a bookmark is reset", {}, {}, ["error job-active - -"]],
    ["a warning where nothing is cleaned", { skipClean: true }, {}, ["warning job-active step 9"]],
    [
      "none where an earlier attempt of this run started them",
      { skipClean: true },
      { memory: { cleaned: undefined, of: () => ({ note: { kind: "run", runId: "jr_9" } }) } as never },
      [],
    ],
    [
      "told apart from those whose id an earlier attempt didn't note",
      { skipClean: true },
      { memory: { cleaned: undefined, of: () => ({ note: { kind: "run" } }) } as never },
      ["warning job-active step 9"],
    ],
    [
      "a warning where it was cleaned before",
      {},
      { memory: { cleaned: {}, of: () => undefined } as never },
      ["warning job-active step 9"],
    ],
    ["none of jobs that the manifest doesn't know", {}, { jobs: new Map() }, []],
  ])("are %s", async (_, intent, more, expected) => {
    expect(await found(checkActiveRuns, runSilver, running, intent, more)).toEqual(expected);
  });

  it("are an error before the step's own data is cleaned", async () => {
    const { e2e } = await scriptedRun({});
    const steps = { e2e: { ...e2e, bookmarks: [], steps: [runSilver] } };
    expect(await found(checkActiveRuns, runSilver, running, {}, steps)).toEqual(["error job-active step 9"]);
  });

  it.each([
    [
      "can't be followed without the permission",
      runSilver,
      { skipClean: true },
      denied,
      ["error not-allowed step 9"],
    ],
    ["need not be seen for a bookmark", undefined, {}, denied, ["warning not-allowed - -"]],
    ["are none of a job that isn't there", runSilver, {}, missing, []],
  ])("%s", async (_, step, intent, answer, expected) => {
    expect(await found(checkActiveRuns, step, { GetJobRuns: [answer] }, intent)).toEqual(expected);
  });

  it("can't be judged by a broken answer", async () => {
    await expect(
      found(checkActiveRuns, runSilver, { GetJobRuns: [refused("InvalidInputException")] }),
    ).rejects.toThrow("InvalidInput");
  });
});
