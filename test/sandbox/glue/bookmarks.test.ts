import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  type HeldRunner,
  heldRunner,
  JOB,
  jobInput,
  runOf,
  startRun,
  type TestGlue,
  testGlue,
} from "./support.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ENABLED = { "--job-bookmark-option": "job-bookmark-enable" };

async function withJob(more: object = {}): Promise<{ glue: TestGlue; runner: HeldRunner }> {
  const runner = heldRunner();
  const glue = testGlue(runner);
  await glue.call("CreateJob", jobInput({ DefaultArguments: ENABLED, ...more }));
  return { glue, runner };
}

async function commit(
  glue: TestGlue,
  runner: HeldRunner,
  state: unknown,
  more: object = {},
): Promise<string> {
  const id = await startRun(glue, more);
  await runner.end(id, { state: "SUCCEEDED", bookmark: { state } });
  await vi.advanceTimersByTimeAsync(301);
  return id;
}

async function entryOf(glue: TestGlue, operation = "GetJobBookmark", more: object = {}) {
  const reply = await glue.call(operation, { JobName: JOB, ...more });
  return reply["JobBookmarkEntry"] as unknown as Record<string, unknown>;
}

describe("a bookmark", () => {
  it.each(["GetJobBookmark", "ResetJobBookmark"])(
    "%s answers a missing job and one that never committed alike",
    async (operation) => {
      const { glue } = await withJob();
      for (const JobName of ["none", JOB]) {
        expect(await glue.fault(operation, { JobName })).toMatchObject({
          code: "EntityNotFoundException",
          message: `Continuation for job ${JobName} not found`,
        });
      }
    },
  );

  it("is what the run committed", async () => {
    const { glue, runner } = await withJob();
    const RunId = await commit(glue, runner, { seen: ["a"] });
    expect(await entryOf(glue)).toMatchObject({
      JobName: JOB,
      Version: 1,
      Run: 1,
      Attempt: 0,
      RunId,
      JobBookmark: '{"seen":["a"]}',
    });
  });

  it("is handed to the next run", async () => {
    const { glue, runner } = await withJob();
    await commit(glue, runner, { seen: ["a"] });
    await startRun(glue);
    expect(runner.requests[1]?.bookmark).toEqual({ enabled: true, pause: false, state: { seen: ["a"] } });
  });

  it("is saved by a run that failed after its commit", async () => {
    const { glue, runner } = await withJob();
    await runner.end(await startRun(glue), { state: "FAILED", bookmark: { state: 1 } });
    expect((await entryOf(glue))["JobBookmark"]).toBe("1");
  });

  it("is not saved without a commit", async () => {
    const { glue, runner } = await withJob();
    await runner.end(await startRun(glue), { state: "SUCCEEDED" });
    expect((await glue.fault("GetJobBookmark", { JobName: JOB })).code).toBe("EntityNotFoundException");
  });

  it.each([
    ["job-bookmark-pause", { enabled: true, pause: true, state: 1 }],
    ["job-bookmark-disable", { enabled: false, pause: false, state: 1 }],
  ])("is not moved with %s", async (option, handed) => {
    const { glue, runner } = await withJob();
    await commit(glue, runner, 1);
    await commit(glue, runner, 2, { Arguments: { "--job-bookmark-option": option } });
    expect((await entryOf(glue))["JobBookmark"]).toBe("1");
    expect(runner.requests[1]?.bookmark).toEqual(handed);
  });

  it("is not for Python shell jobs", async () => {
    const { glue, runner } = await withJob({
      Command: { Name: "pythonshell", ScriptLocation: "s3://b/k.py" },
    });
    await commit(glue, runner, 1);
    expect(runner.requests[0]?.bookmark.enabled).toBe(false);
    expect((await glue.fault("ResetJobBookmark", { JobName: JOB })).code).toBe("EntityNotFoundException");
  });

  it("fails the second of two concurrent runs at its commit", async () => {
    const { glue, runner } = await withJob({ ExecutionProperty: { MaxConcurrentRuns: 2 } });
    const [first, second] = [await startRun(glue), await startRun(glue)];
    await runner.end(first, { state: "SUCCEEDED", bookmark: { state: 1 } });
    await runner.end(second, { state: "SUCCEEDED", bookmark: { state: 2 } });
    const { JobRunState, ErrorMessage } = await runOf(glue, second);
    expect(JobRunState).toBe("FAILED");
    expect(ErrorMessage).toMatch(
      /Continuation update failed due to version mismatch. Expected version 0 but found version 1/,
    );
  });
});

describe("ResetJobBookmark", () => {
  it("sets the next run to the start", async () => {
    const { glue, runner } = await withJob();
    await commit(glue, runner, 1);
    expect(await entryOf(glue, "ResetJobBookmark")).toMatchObject({ Version: 2, Run: 0, JobBookmark: "{}" });
    await startRun(glue);
    expect(runner.requests[1]?.bookmark.state).toBeNull();
  });

  it("sets it to what a run had committed", async () => {
    const { glue, runner } = await withJob();
    const RunId = await commit(glue, runner, 1);
    await commit(glue, runner, 2);
    expect(await entryOf(glue, "ResetJobBookmark", { RunId })).toMatchObject({ RunId, JobBookmark: "1" });
  });

  it("answers EntityNotFoundException for a run that committed nothing", async () => {
    const { glue, runner } = await withJob();
    await commit(glue, runner, 1);
    expect((await glue.fault("ResetJobBookmark", { JobName: JOB, RunId: "jr_none" })).code).toBe(
      "EntityNotFoundException",
    );
  });

  it("can be done twice", async () => {
    const { glue, runner } = await withJob();
    await commit(glue, runner, 1);
    await entryOf(glue, "ResetJobBookmark");
    expect(await entryOf(glue, "ResetJobBookmark")).toMatchObject({ Version: 3 });
  });
});
