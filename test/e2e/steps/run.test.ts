import { describe, expect, it } from "vitest";
import { runStep } from "../../../src/e2e/steps/run.ts";
import { refused } from "../../aws/scripted.ts";
import { scriptedRun, stepBase } from "../scripted-run.ts";

const denied = refused("AccessDeniedException");

describe("a run step", () => {
  const step = { ...stepBase, kind: "run", job: "silver", arguments: { "--day": "1" } } as const;
  const job = (more: object = {}) => ({
    Job: {
      Name: "silver-dev",
      Command: { Name: "glueetl", ScriptLocation: "s3://s/silver/silver-3f2a9c81b0de.py" },
      ...more,
    },
  });
  const runIs = (JobRunState: string, more: object = {}) => ({
    JobRun: { Id: "jr_1", JobRunState, ...more },
  });
  const start = { GetJobRuns: [{}], StartJobRun: [{ JobRunId: "jr_1" }] } as const;

  it("follows its run, and tells script, hash and release", async () => {
    const run = await scriptedRun({
      GetJob: [job()],
      ...start,
      GetJobRun: [
        runIs("WAITING", { StateDetail: "no capacity" }),
        runIs("SUCCEEDED", { StartedOn: 1, CompletedOn: 61, ExecutionTime: 60, DPUSeconds: 120 }),
      ],
    });
    expect(await runStep(step, run)).toEqual({
      state: "passed",
      problems: [],
      details: {
        jobKey: "silver",
        job: "silver-dev",
        script: { location: "s3://s/silver/silver-3f2a9c81b0de.py", hash: "3f2a9c81b0de", release: "r1" },
        attempts: [
          {
            id: "jr_1",
            state: "SUCCEEDED",
            startedAt: "1970-01-01T00:00:01.000Z",
            endedAt: "1970-01-01T00:01:01.000Z",
            executionSeconds: 60,
            dpuSeconds: 120,
          },
        ],
      },
    });
    expect(run.states).toEqual([
      "script s3://s/silver/silver-3f2a9c81b0de.py (hash 3f2a9c81b0de, release r1)",
      "WAITING: no capacity (jr_1)",
      "SUCCEEDED (jr_1)",
    ]);
    expect(run.notes).toEqual([
      { kind: "run", newestBefore: null },
      { kind: "run", newestBefore: null, runId: "jr_1" },
    ]);
  });

  it("explains a failure without log or script just as well as it can", async () => {
    const run = await scriptedRun({
      GetJob: [job({ Command: { Name: "glueetl" } })],
      ...start,
      GetJobRun: [runIs("FAILED", { ErrorMessage: "boom" })],
      FilterLogEvents: [denied],
    });
    const { state, details, problems } = await runStep(step, run);
    expect({ state, script: details.script, attempts: details.attempts }).toEqual({
      state: "failed",
      script: undefined,
      attempts: [{ id: "jr_1", state: "FAILED", executionSeconds: 0, error: "boom" }],
    });
    expect(problems).toMatchObject([{ severity: "error", message: expect.stringContaining("boom") }]);
    expect(run.events).toMatchObject([{ code: "e2e.no-log" }]);
  });

  it("says that the job runs too often already", async () => {
    const run = await scriptedRun({
      GetJob: [job()],
      GetJobRuns: [{}],
      StartJobRun: [refused("ConcurrentRunsExceededException")],
    });
    expect(await runStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "concurrency", facts: { job: "silver-dev" } }],
    });
    expect(
      run.states.filter((line) => line === "not started yet: ConcurrentRunsExceededException").length,
    ).toBeGreaterThan(3);
  });

  it("stops its run when its time is up", async () => {
    const run = await scriptedRun({
      GetJob: [job()],
      ...start,
      GetJobRun: [runIs("RUNNING")],
      BatchStopJobRun: [{}],
    });
    expect(await runStep(step, run)).toMatchObject({
      state: "timed-out",
      details: { attempts: [{ id: "jr_1", state: "RUNNING" }] },
    });
    expect(run.seen.at(-1)).toBe("BatchStopJobRun");
  });

  it("has no job to run", async () => {
    const gone = await scriptedRun({ GetJob: [refused("EntityNotFoundException")] });
    expect(await runStep(step, gone)).toMatchObject({ state: "failed", problems: [{ code: "job-missing" }] });
    await expect(runStep({ ...step, job: "gold" }, gone)).rejects.toMatchObject({ code: "internal-error" });
  });

  it.each([
    ["that is under way", { Id: "jr_0", JobRunState: "RUNNING" }, "jr_0", 0],
    ["that has failed meanwhile", { Id: "jr_0", JobRunState: "STOPPED" }, "jr_1", 1],
    ["that it never got to start", { Id: "jr_00", JobRunState: "RUNNING" }, "jr_1", 1],
  ])("goes on with the run of an earlier attempt, %s", async (_, newest, id, starts) => {
    const run = await scriptedRun(
      {
        GetJob: [job()],
        GetJobRuns: [{ JobRuns: [{ ...newest, Arguments: { "--day": "1" } }] }],
        StartJobRun: [{ JobRunId: "jr_1" }],
        GetJobRun: [{ JobRun: { Id: id, JobRunState: "SUCCEEDED" } }],
      },
      { earlier: { kind: "run", newestBefore: "jr_00" } },
    );
    expect(await runStep(step, run)).toMatchObject({ state: "passed", details: { attempts: [{ id }] } });
    expect(run.seen.filter((name) => name === "StartJobRun")).toHaveLength(starts);
  });
});
