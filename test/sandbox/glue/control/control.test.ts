import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { JOB, jobInput, jobOf, runOf, startRun, testGlue } from "../support.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("control verbs", () => {
  it("are named by the fault of an unknown one", async () => {
    const error = testGlue().control("explode", {});
    await expect(error).rejects.toMatchObject({ status: 404 });
    await expect(error).rejects.toThrow(/throttle, plant-members, script-cache, plan-runs/);
  });

  it("reject wrong input by naming it", async () => {
    const error = testGlue().control("throttle", { operation: "GetJob", share: 2, shre: 1 });
    await expect(error).rejects.toThrow(/share[\s\S]*shre|shre[\s\S]*share/);
  });

  it("timing answers what it has become", async () => {
    expect(await testGlue().control("timing", { minuteMs: 5 })).toMatchObject({
      minuteMs: 5,
      slotReleaseMs: 300,
    });
  });

  it("plan-runs ends the next runs as planned, then the job runs for real again", async () => {
    const glue = testGlue();
    await glue.call("CreateJob", jobInput({ MaxRetries: 1 }));
    const outcomes = [
      { state: "FAILED", errorMessage: "ValueError: x", seconds: 30 },
      { state: "SUCCEEDED" },
    ];
    await glue.control("plan-runs", { jobName: JOB, outcomes });
    const id = await startRun(glue);
    await vi.advanceTimersByTimeAsync(1000);
    expect((await runOf(glue, id))["JobRunState"]).toBe("RUNNING");
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await runOf(glue, id)).toMatchObject({ JobRunState: "FAILED", ErrorMessage: "ValueError: x" });
    expect((await runOf(glue, `${id}_attempt_1`))["JobRunState"]).toBe("SUCCEEDED");
    const real = await startRun(glue);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await runOf(glue, real))["JobRunState"]).toBe("RUNNING");
  });
});

describe("throttle", () => {
  it("fails the next calls before any effect", async () => {
    const glue = testGlue();
    await glue.control("throttle", { operation: "CreateJob", count: 2 });
    for (let call = 0; call < 2; call += 1) {
      expect(await glue.fault("CreateJob", jobInput())).toEqual({
        code: "ThrottlingException",
        message: "Rate exceeded",
        status: 400,
      });
    }
    expect(await glue.call("GetJobs")).toEqual({ Jobs: [] });
    expect(await glue.call("CreateJob", jobInput())).toEqual({ Name: JOB });
  });

  it("can let the effect happen and lose the answer", async () => {
    const glue = testGlue();
    await glue.control("throttle", { operation: "CreateJob", count: 1, after: true });
    expect(await glue.fault("CreateJob", jobInput())).toMatchObject({
      code: "InternalServiceException",
      status: 500,
    });
    expect(await jobOf(glue)).toMatchObject({ Name: JOB });
  });

  it("lets a rate of calls a second pass", async () => {
    const glue = testGlue();
    await glue.control("throttle", { operation: "*", rate: 2 });
    const tried = async () => {
      const results = await Promise.allSettled([1, 2, 3, 4].map(() => glue.call("GetJobs")));
      return results.filter(({ status }) => status === "fulfilled").length;
    };
    expect(await tried()).toBe(2);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await tried()).toBe(2);
  });

  it("fails a share of calls, the same ones for the same seed", async () => {
    const pattern = async () => {
      const glue = testGlue();
      await glue.control("throttle", { operation: "GetJobs", share: 0.3, seed: 7 });
      const results = await Promise.allSettled(Array.from({ length: 200 }, () => glue.call("GetJobs")));
      return results.map(({ status }) => status === "rejected");
    };
    const first = await pattern();
    expect(await pattern()).toEqual(first);
    const failed = first.filter(Boolean).length;
    expect(failed).toBeGreaterThan(40);
    expect(failed).toBeLessThan(80);
  });

  it("leaves other operations alone and can be cleared", async () => {
    const glue = testGlue();
    await glue.control("throttle", { operation: "GetJob", code: "OperationTimeoutException" });
    expect(await glue.call("GetJobs")).toEqual({ Jobs: [] });
    expect((await glue.fault("GetJob", { JobName: "x" })).code).toBe("OperationTimeoutException");
    await glue.control("throttle", { operation: "GetJob", clear: true });
    expect((await glue.fault("GetJob", { JobName: "x" })).code).toBe("EntityNotFoundException");
  });
});
