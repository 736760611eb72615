import { describe, expect, it } from "vitest";
import { startLimit } from "../../../src/base/deadline.ts";
import { crawlerStep } from "../../../src/e2e/steps/crawler.ts";
import { queryStep } from "../../../src/e2e/steps/query.ts";
import { runStep } from "../../../src/e2e/steps/run.ts";
import { refused, type Script } from "../../aws/scripted.ts";
import { fakeClock } from "../../support/fake-clock.ts";
import { crawl, query, runSilver } from "../checks/support.ts";
import { scriptedRun } from "../scripted-run.ts";

/** A step's work with a limit of its own, on a clock that jumps. */
async function limited(script: Script, milliseconds: number) {
  const clock = fakeClock();
  const { signal } = startLimit(clock, { what: "step step", milliseconds });
  return scriptedRun(script, { clock, signal, limit: milliseconds, deadline: milliseconds });
}

const job = { GetJob: [{ Job: { Name: "silver-dev" } }], GetJobRuns: [{}] } as const;

describe("a start that is refused for want of room", () => {
  it.each([
    ["ConcurrentRunsExceededException", "concurrency"],
    ["ResourceNumberLimitExceededException", "no-capacity"],
  ])("%s is tried again as long as the step has time, and starts nothing after that", async (name, code) => {
    const run = await limited({ ...job, StartJobRun: [refused(name)] }, 20 * 60_000);
    expect(await runStep(runSilver, run)).toMatchObject({ state: "failed", problems: [{ code }] });
    expect(run.clock.now()).toBeGreaterThan(19 * 60_000);
    expect(run.clock.now()).toBeLessThanOrEqual(20 * 60_000);
    expect(run.seen).not.toContain("BatchStopJobRun");
  });

  it("takes no longer than a short limit", async () => {
    const run = await limited({ ...job, StartJobRun: [refused("ConcurrentRunsExceededException")] }, 5_000);
    await runStep(runSilver, run);
    expect(run.clock.now()).toBeLessThanOrEqual(5_000);
  });

  it("starts in the end where there is room in time", async () => {
    const busy = Array.from({ length: 40 }, () => refused("ConcurrentRunsExceededException"));
    const StartJobRun = [refused("ConcurrentRunsExceededException"), ...busy, { JobRunId: "jr_1" }] as const;
    const GetJobRun = [{ JobRun: { Id: "jr_1", JobRunState: "SUCCEEDED" } }] as const;
    const run = await limited({ ...job, StartJobRun, GetJobRun }, 20 * 60_000);
    expect(await runStep(runSilver, run)).toMatchObject({ state: "passed" });
  });

  it("is not tried for as long after other refusals", async () => {
    const run = await limited({ ...job, StartJobRun: [refused("ThrottlingException")] }, 60 * 60_000);
    expect(await runStep(runSilver, run)).toMatchObject({ problems: [{ code: "aws-throttled" }] });
    expect(run.clock.now()).toBeLessThan(3 * 60_000);
  });
});

describe("what can't be stopped", () => {
  const expired = refused("ExpiredTokenException");
  it.each([
    [
      "run",
      (run: Awaited<ReturnType<typeof limited>>) => runStep(runSilver, run),
      { ...job, StartJobRun: [{ JobRunId: "jr_1" }], GetJobRun: [expired], BatchStopJobRun: [expired] },
      "run jr_1 of job silver-dev",
      "aws glue batch-stop-job-run --job-name silver-dev --job-run-ids jr_1 --region us-east-1",
    ],
    [
      "crawl",
      (run: Awaited<ReturnType<typeof limited>>) => crawlerStep(crawl, run),
      {
        GetCrawler: [{ Crawler: { State: "READY" } }, expired],
        StartCrawler: [{}],
        StopCrawler: [expired],
      },
      "the crawl of c",
      "aws glue stop-crawler --name c --region us-east-1",
    ],
    [
      "query",
      (run: Awaited<ReturnType<typeof limited>>) => queryStep(query, run),
      {
        StartQueryExecution: [{ QueryExecutionId: "q1" }],
        GetQueryExecution: [expired],
        StopQueryExecution: [expired],
      },
      "query q1",
      "aws athena stop-query-execution --query-execution-id q1 --region us-east-1",
    ],
  ] as const)(
    "because the credentials expired: a %s is named with the command that stops it",
    async (_, work, script, what, command) => {
      const run = await limited(script as unknown as Script, 60_000);
      const { state, problems } = await work(run);
      expect(state).toBe("failed");
      expect(problems).toMatchObject([
        { severity: "error", code: "aws-expired-token" },
        { severity: "error", code: "left-running", facts: { what, command }, remedy: `Stop it: ${command}` },
      ]);
    },
  );
});
