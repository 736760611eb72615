import { CreateJobCommand, StartJobRunCommand } from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { followRun } from "../../src/aws/follow-run.ts";
import { getRun, newestRuns, splitRunId, stopRun } from "../../src/aws/runs.ts";
import { startRun } from "../../src/aws/start-run.ts";
import type { Clock } from "../../src/base/clock.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { patience, quickPace, useClients } from "./support.ts";

const aws = useClients();

async function jobWith(outcomes: readonly object[], settings: object = {}): Promise<string> {
  const name = `job-${crypto.randomUUID()}`;
  await aws.clients.glue.send(
    new CreateJobCommand({
      Name: name,
      Role: "arn:aws:iam::000000000000:role/glue",
      Command: { Name: "glueetl", ScriptLocation: "s3://scripts/x.py", PythonVersion: "3" },
      GlueVersion: "5.0",
      ...settings,
    }),
  );
  await aws.sandbox.control("plan-runs", { jobName: name, outcomes });
  return name;
}

function start(
  job: string,
  more: { arguments?: Record<string, string>; onRetry?: (why: string) => void; clock?: Clock } = {},
) {
  const { glue, glueOnce } = aws.clients;
  return startRun({
    glue,
    glueOnce,
    job,
    arguments: {},
    deadline: Number.POSITIVE_INFINITY,
    ...patience(),
    ...more,
  });
}

async function follow(job: string, runId: string, maxRetries = 0, timeout = 20_000) {
  const states: string[] = [];
  const last = await followRun({
    glue: aws.clients.glue,
    job,
    runId,
    maxRetries,
    timeout,
    pace: quickPace,
    ...patience(),
    onState: ({ id, state }) => states.push(`${id === runId ? "first" : id.slice(runId.length)} ${state}`),
  });
  return { last, states };
}

describe("followRun", () => {
  it("follows a run to its success", async () => {
    const job = await jobWith([{ state: "SUCCEEDED", seconds: 0.2 }]);
    const { last, states } = await follow(job, await start(job));
    expect(last.state).toBe("SUCCEEDED");
    expect(states.at(-1)).toBe("first SUCCEEDED");
  });

  it("judges the last attempt, not the first", async () => {
    const job = await jobWith([{ state: "FAILED", errorMessage: "once" }, { state: "SUCCEEDED" }], {
      MaxRetries: 1,
    });
    const { last, states } = await follow(job, await start(job), 1);
    expect(last).toMatchObject({ state: "SUCCEEDED", attempt: 1 });
    expect(states).toContain("first FAILED");
    expect(states).toContain("_attempt_1 SUCCEEDED");
  });

  it("gives the last attempt's error when all fail, as in the incident", async () => {
    const error = "IndentationError: unexpected indent (silver_consolidation_job.py, line 294)";
    const job = await jobWith(
      [
        { state: "FAILED", errorMessage: error },
        { state: "FAILED", errorMessage: error },
      ],
      { MaxRetries: 1 },
    );
    const { last } = await follow(job, await start(job), 1);
    expect(last).toMatchObject({ state: "FAILED", attempt: 1, error });
  });

  it.each(["STOPPED", "TIMEOUT", "EXPIRED"])("awaits no attempt after %s", async (state) => {
    const job = await jobWith([{ state }], { MaxRetries: 1 });
    const { last } = await follow(job, await start(job), 1);
    expect(last).toMatchObject({ state, attempt: 0 });
  });

  it("ends at its limit, naming the last state", async () => {
    const job = await jobWith([{ state: "SUCCEEDED", seconds: 60 }]);
    const id = await start(job);
    await expect(follow(job, id, 0, 600)).rejects.toMatchObject({
      code: "wait-timed-out",
      message: expect.stringContaining("was still RUNNING"),
    });
    await stopRun(aws.clients.glue, job, id);
  });
});

describe("startRun", () => {
  it("finds the run whose answer was lost instead of starting another one", async () => {
    const job = await jobWith([{ state: "SUCCEEDED" }, { state: "SUCCEEDED" }]);
    await aws.sandbox.control("throttle", { operation: "StartJobRun", count: 1, after: true });
    const id = await start(job, { arguments: { "--day": "2025-11-05" } });
    const runs = await newestRuns(aws.clients.glue, job, patience());
    expect(runs.map((run) => run.id)).toEqual([id]);
  });

  it("starts again after a server error that started nothing, once the runs have shown it", async () => {
    const job = await jobWith([{ state: "SUCCEEDED" }]);
    const fault = { operation: "StartJobRun", count: 1, code: "InternalServiceException" };
    await aws.sandbox.control("throttle", fault);
    const clock = fakeClock();
    const id = await start(job, { clock });
    expect((await newestRuns(aws.clients.glue, job, patience())).map((run) => run.id)).toEqual([id]);
    expect(clock.now()).toBeGreaterThan(25_000);
  });

  it("gives up when it can't tell its own run from somebody else's", async () => {
    const job = await jobWith([{ state: "SUCCEEDED" }], { ExecutionProperty: { MaxConcurrentRuns: 3 } });
    await aws.sandbox.control("throttle", { operation: "StartJobRun", count: 2, after: true });
    const results = await Promise.allSettled([start(job), start(job)]);
    const ids = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const codes = results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
    expect(new Set(ids).size).toBe(ids.length);
    expect(codes).toEqual(codes.map(() => "start-unknown"));
  });

  it("starts again after it was throttled", async () => {
    const job = await jobWith([{ state: "SUCCEEDED" }]);
    const reasons: string[] = [];
    await aws.sandbox.control("throttle", { operation: "StartJobRun", count: 1 });
    await start(job, { onRetry: (why) => reasons.push(why) });
    expect(reasons).toEqual(["ThrottlingException"]);
    expect(await newestRuns(aws.clients.glue, job, patience())).toHaveLength(1);
  });

  it("waits for the slot that an ended run frees a little later", async () => {
    const job = await jobWith([{ state: "SUCCEEDED" }, { state: "SUCCEEDED" }]);
    await aws.sandbox.control("timing", { slotReleaseMs: 900 });
    const reasons: string[] = [];
    await follow(job, await start(job));
    await start(job, { onRetry: (why) => reasons.push(why) });
    expect(new Set(reasons)).toEqual(new Set(["ConcurrentRunsExceededException"]));
    expect(await newestRuns(aws.clients.glue, job, patience())).toHaveLength(2);
  });

  it("names a job that isn't there", async () => {
    await expect(start("no-such-job")).rejects.toMatchObject({ code: "aws-not-found" });
  });
});

describe("stopRun", () => {
  it("stops a run, and takes one that has ended as it is", async () => {
    const job = await jobWith([{ state: "SUCCEEDED", seconds: 60 }]);
    const started = await aws.clients.glue.send(new StartJobRunCommand({ JobName: job }));
    const id = started.JobRunId ?? "";
    await stopRun(aws.clients.glue, job, id);
    const { last } = await follow(job, id);
    expect(last.state).toBe("STOPPED");
    await stopRun(aws.clients.glue, job, id);
    expect((await getRun(aws.clients.glue, job, id, patience())).state).toBe("STOPPED");
  });
});

describe("splitRunId", () => {
  it.each([
    ["jr_1", "jr_1", 0],
    ["jr_1_attempt_2", "jr_1", 2],
  ])("%s", (id, root, attempt) => {
    expect(splitRunId(id)).toEqual({ root, attempt });
  });
});
