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
} from "../support.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function withJob(more: Record<string, unknown> = {}): Promise<{ glue: TestGlue; runner: HeldRunner }> {
  const runner = heldRunner();
  const glue = testGlue(runner);
  await glue.call("CreateJob", jobInput(more));
  return { glue, runner };
}

async function runsOf(glue: TestGlue): Promise<Record<string, unknown>[]> {
  return (await glue.call("GetJobRuns", { JobName: JOB }))["JobRuns"] as unknown as Record<string, unknown>[];
}

describe("a run's life", () => {
  it("goes from STARTING over RUNNING to its final state", async () => {
    const runner = heldRunner();
    let letRun: () => void = () => undefined;
    const glue = testGlue({ start: (request, running) => runner.start(request, () => (letRun = running)) });
    await glue.call("CreateJob", jobInput());
    const id = await startRun(glue);
    expect((await runOf(glue, id))["JobRunState"]).toBe("STARTING");
    letRun();
    expect((await runOf(glue, id))["JobRunState"]).toBe("RUNNING");
    await runner.end(id, { state: "SUCCEEDED" });
    expect((await runOf(glue, id))["JobRunState"]).toBe("SUCCEEDED");
  });

  it("counts the seconds from RUNNING to the end", async () => {
    const { glue, runner } = await withJob({
      WorkerType: "G.2X",
      NumberOfWorkers: 5,
      ExecutionClass: "FLEX",
    });
    const id = await startRun(glue);
    await vi.advanceTimersByTimeAsync(90_000);
    await runner.end(id, { state: "SUCCEEDED" });
    const run = await runOf(glue, id);
    expect(run).toMatchObject({ ExecutionTime: 90, MaxCapacity: 10, WorkerType: "G.2X", NumberOfWorkers: 5 });
    expect(Number(run["DPUSeconds"])).toBeCloseTo(900, 0);
  });

  it("answers DPUSeconds for FLEX and auto scaling only", async () => {
    const { glue, runner } = await withJob();
    const id = await startRun(glue);
    await runner.end(id, { state: "SUCCEEDED" });
    expect(await runOf(glue, id)).not.toHaveProperty("DPUSeconds");
  });

  it("has an ErrorMessage, a log group and no script location", async () => {
    const { glue, runner } = await withJob();
    const id = await startRun(glue);
    const errorMessage = "IndentationError: unexpected indent (silver.py, line 294)";
    await runner.end(id, { state: "FAILED", errorMessage });
    const run = await runOf(glue, id);
    expect(run).toMatchObject({ ErrorMessage: errorMessage, LogGroupName: "/aws-glue/jobs" });
    expect(JSON.stringify(run)).not.toContain("ScriptLocation");
  });

  it("names predecessors only when asked", async () => {
    const { glue } = await withJob();
    const RunId = await startRun(glue);
    expect(await runOf(glue, RunId)).not.toHaveProperty("PredecessorRuns");
    const asked = await glue.call("GetJobRun", { JobName: JOB, RunId, PredecessorsIncluded: true });
    expect(asked).toMatchObject({ JobRun: { PredecessorRuns: [] } });
  });
});

describe("StartJobRun", () => {
  it("answers a missing job with the metadata it misses", async () => {
    expect(await testGlue().fault("StartJobRun", { JobName: "none" })).toMatchObject({
      code: "EntityNotFoundException",
      message: "Failed to start job run due to missing metadata.",
    });
  });

  it.each(["0.9", "1.0", "2.0"])("refuses Glue %s, which has ended", async (GlueVersion) => {
    const { glue } = await withJob({ GlueVersion });
    const fault = await glue.fault("StartJobRun", { JobName: JOB });
    expect(fault).toMatchObject({ code: "InvalidInputException" });
    expect(fault.message).toContain(GlueVersion);
  });

  it.each(["gluestreaming", "glueray"])("refuses %s, which the sandbox does not run", async (Name) => {
    const ray = { WorkerType: "Z.2X", NumberOfWorkers: 2 };
    const { glue } = await withJob({
      Command: { Name, ScriptLocation: "s3://b/k.py", Runtime: "Ray2.4" },
      ...(Name === "glueray" ? ray : {}),
    });
    const fault = await glue.fault("StartJobRun", { JobName: JOB });
    expect(fault.code).toBe("OperationNotSupportedException");
    expect(fault.message).toContain(Name);
  });

  it("rejects MaxCapacity beside workers", async () => {
    const { glue } = await withJob();
    const input = { JobName: JOB, MaxCapacity: 4, WorkerType: "G.1X", NumberOfWorkers: 4 };
    const { code, message } = await glue.fault("StartJobRun", input);
    expect(code).toBe("InvalidInputException");
    expect(message).toBe("Please do not set Max Capacity if using Worker Type and Number of Workers.");
  });

  it("overrides workers and timeout for one run", async () => {
    const { glue } = await withJob({ MaxCapacity: 4 });
    const id = await startRun(glue, { WorkerType: "G.2X", NumberOfWorkers: 3, Timeout: 7 });
    expect(await runOf(glue, id)).toMatchObject({ MaxCapacity: 6, Timeout: 7, WorkerType: "G.2X" });
  });

  it("starts twice when it is sent twice", async () => {
    const { glue } = await withJob({ ExecutionProperty: { MaxConcurrentRuns: 2 } });
    expect(await startRun(glue)).not.toBe(await startRun(glue));
  });

  it("retries a previous run with its arguments", async () => {
    const { glue, runner } = await withJob();
    const first = await startRun(glue, { Arguments: { "--day": "5" } });
    await runner.end(first, { state: "FAILED" });
    await vi.advanceTimersByTimeAsync(1000);
    const second = await startRun(glue, { JobRunId: first });
    expect(await runOf(glue, second)).toMatchObject({ PreviousRunId: first, Arguments: { "--day": "5" } });
  });

  it("answers EntityNotFoundException for a previous run that is not there", async () => {
    const { glue } = await withJob();
    expect((await glue.fault("StartJobRun", { JobName: JOB, JobRunId: "jr_none" })).code).toBe(
      "EntityNotFoundException",
    );
  });
});

describe("MaxConcurrentRuns", () => {
  it("refuses a run above it", async () => {
    const { glue } = await withJob();
    await startRun(glue);
    expect(await glue.fault("StartJobRun", { JobName: JOB })).toMatchObject({
      code: "ConcurrentRunsExceededException",
      message: `Concurrent runs exceeded for ${JOB}`,
    });
  });

  it("frees the slot a little after the final state", async () => {
    const { glue, runner } = await withJob();
    await runner.end(await startRun(glue), { state: "SUCCEEDED" });
    await vi.advanceTimersByTimeAsync(290);
    expect((await glue.fault("StartJobRun", { JobName: JOB })).code).toBe("ConcurrentRunsExceededException");
    await vi.advanceTimersByTimeAsync(11);
    expect(await startRun(glue)).toMatch(/^jr_[0-9a-f]{64}$/);
  });

  it.each([
    ["the job", { JobRunQueuingEnabled: true }, {}],
    ["the run", {}, { JobRunQueuingEnabled: true }],
  ])("queues when %s says so, and starts when the slot is free", async (_who, job, start) => {
    const { glue, runner } = await withJob(job);
    const first = await startRun(glue, start);
    const second = await startRun(glue, start);
    const waiting = await runOf(glue, second);
    expect(waiting["JobRunState"]).toBe("WAITING");
    expect(waiting["StateDetail"]).toMatch(/concurrent/);
    await runner.end(first, { state: "SUCCEEDED" });
    await vi.advanceTimersByTimeAsync(301);
    expect((await runOf(glue, second))["JobRunState"]).toBe("RUNNING");
  });

  it("lets the run's word count over the job's", async () => {
    const { glue } = await withJob({ JobRunQueuingEnabled: true });
    await startRun(glue);
    const input = { JobName: JOB, JobRunQueuingEnabled: false };
    expect((await glue.fault("StartJobRun", input)).code).toBe("ConcurrentRunsExceededException");
  });
});

describe("MaxRetries", () => {
  it("makes new runs <id>_attempt_N, newest first, until one succeeds", async () => {
    const { glue, runner } = await withJob({ MaxRetries: 2 });
    const first = await startRun(glue, { Arguments: { "--day": "5" } });
    await runner.end(first, { state: "FAILED", errorMessage: "ValueError: no" });
    expect(await runsOf(glue)).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(301);
    await runner.end(`${first}_attempt_1`, { state: "FAILED" });
    await vi.advanceTimersByTimeAsync(301);
    await runner.end(`${first}_attempt_2`, { state: "SUCCEEDED" });
    expect(await runsOf(glue)).toMatchObject([
      { Id: `${first}_attempt_2`, Attempt: 2, PreviousRunId: `${first}_attempt_1`, JobRunState: "SUCCEEDED" },
      { Id: `${first}_attempt_1`, Attempt: 1, PreviousRunId: first, Arguments: { "--day": "5" } },
      { Id: first, Attempt: 0, JobRunState: "FAILED" },
    ]);
  });

  it("stops at the last attempt", async () => {
    const { glue, runner } = await withJob({ MaxRetries: 1 });
    const first = await startRun(glue);
    await runner.end(first, { state: "FAILED" });
    await vi.advanceTimersByTimeAsync(301);
    await runner.end(`${first}_attempt_1`, { state: "FAILED" });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await runsOf(glue)).toHaveLength(2);
  });

  it("does not retry a TIMEOUT", async () => {
    const { glue } = await withJob({ MaxRetries: 2, Timeout: 1 });
    const id = await startRun(glue);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(await runsOf(glue)).toMatchObject([{ Id: id, JobRunState: "TIMEOUT" }]);
  });
});

describe("BatchStopJobRun", () => {
  it("goes over STOPPING to STOPPED", async () => {
    const runner = heldRunner();
    const glue = testGlue({
      start: (request, running) => ({ ...runner.start(request, running), stop: () => undefined }),
    });
    await glue.call("CreateJob", jobInput());
    const id = await startRun(glue);
    await glue.call("BatchStopJobRun", { JobName: JOB, JobRunIds: [id] });
    expect((await runOf(glue, id))["JobRunState"]).toBe("STOPPING");
    await runner.end(id, { state: "SUCCEEDED" });
    expect((await runOf(glue, id))["JobRunState"]).toBe("STOPPED");
  });

  it("stops a waiting run at once", async () => {
    const { glue } = await withJob({ JobRunQueuingEnabled: true });
    await startRun(glue);
    const waiting = await startRun(glue);
    await glue.call("BatchStopJobRun", { JobName: JOB, JobRunIds: [waiting] });
    expect((await runOf(glue, waiting))["JobRunState"]).toBe("STOPPED");
  });

  it("answers 200 with an error per id that it could not stop", async () => {
    const { glue, runner } = await withJob({ ExecutionProperty: { MaxConcurrentRuns: 2 } });
    const over = await startRun(glue);
    await runner.end(over, { state: "SUCCEEDED" });
    const live = await startRun(glue);
    const reply = await glue.call("BatchStopJobRun", { JobName: JOB, JobRunIds: [over, "jr_none", live] });
    expect(reply).toMatchObject({
      SuccessfulSubmissions: [{ JobName: JOB, JobRunId: live }],
      Errors: [
        { JobRunId: over, ErrorDetail: { ErrorCode: "JobRunInTerminalStateException" } },
        { JobRunId: "jr_none", ErrorDetail: { ErrorCode: "EntityNotFoundException" } },
      ],
    });
  });
});

describe("GetJobRuns", () => {
  it("pages newest first", async () => {
    const { glue } = await withJob({ ExecutionProperty: { MaxConcurrentRuns: 3 } });
    const ids = [await startRun(glue), await startRun(glue), await startRun(glue)];
    const first = await glue.call("GetJobRuns", { JobName: JOB, MaxResults: 2 });
    const second = await glue.call("GetJobRuns", {
      JobName: JOB,
      MaxResults: 2,
      NextToken: first["NextToken"],
    });
    const listed = [first, second].flatMap((page) => page["JobRuns"] as unknown as { Id: string }[]);
    expect(listed.map(({ Id }) => Id)).toEqual(ids.toReversed());
  });

  it("answers EntityNotFoundException for a missing job", async () => {
    expect((await testGlue().fault("GetJobRuns", { JobName: "none" })).code).toBe("EntityNotFoundException");
  });
});

describe("a runner that breaks its promise", () => {
  it("leaves the run in ERROR", async () => {
    const broken = {
      start: () => ({ outcome: Promise.reject(new Error("disk full")), stop: () => undefined }),
    };
    const glue = testGlue(broken);
    await glue.call("CreateJob", jobInput());
    const id = await startRun(glue);
    await vi.advanceTimersByTimeAsync(1);
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: "ERROR", ErrorMessage: "disk full" });
  });
});

describe("close", () => {
  it("stops what runs", async () => {
    const { glue } = await withJob();
    const id = await startRun(glue);
    await glue.api.close();
    expect((await runOf(glue, id))["JobRunState"]).toBe("STOPPED");
  });
});
