import { GetCrawlerCommand, ListCrawlsCommand, UpdateJobCommand } from "@aws-sdk/client-glue";
import { HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { createClients } from "../../src/aws/clients.ts";
import { newestRuns } from "../../src/aws/runs.ts";
import { silent } from "../../src/base/progress.ts";
import { patience, useClients } from "../aws/support.ts";
import { type Pipeline, pipelineOn, statesOf } from "./pipeline.ts";

const aws = useClients();
const attempt = (number: number) => ({
  resume: "auto" as const,
  runInfo: { runId: "nightly/1", attempt: number },
});

async function planRuns(pipeline: Pipeline, key: string, outcomes: readonly object[]): Promise<void> {
  await aws.sandbox.control("plan-runs", { jobName: pipeline.job(key), outcomes });
}

async function runsOf(pipeline: Pipeline, key: string) {
  return newestRuns(aws.clients.glue, pipeline.job(key), patience());
}

async function uploadedAt(pipeline: Pipeline): Promise<Date | undefined> {
  const head = new HeadObjectCommand({ Bucket: pipeline.bucket, Key: "landing/in.json" });
  return (await aws.clients.s3.send(head)).LastModified;
}

/** The little of a client's middleware stack that is needed here. */
interface Mortal {
  readonly middlewareStack: {
    add(
      middleware: (next: Send, context: { commandName?: string }) => Send,
      options: { step: "initialize" },
    ): void;
  };
}
type Send = (request: unknown) => Promise<unknown>;

/**
 * Runs until a line of the log or the answer to a call, and then is dead as a killed process is: nothing more reaches
 * AWS, and nothing is stopped, written or given back.
 */
async function killedAt(pipeline: Pipeline, moment: { line: RegExp } | { answerTo: string }): Promise<void> {
  const died = Promise.withResolvers<void>();
  const never = new Promise<never>(() => undefined);
  const clients = createClients({ region: "us-east-1", progress: silent });
  let dead = false;
  const die = (): void => {
    dead = true;
    died.resolve();
  };
  for (const client of [clients.glue, clients.glueOnce, clients.s3, clients.athena, clients.logs]) {
    (client as unknown as Mortal).middlewareStack.add(
      (next, { commandName }) =>
        async (request) => {
          if (dead) return never;
          const answer = await next(request);
          if ("answerTo" in moment && commandName === `${moment.answerTo}Command`) die();
          return dead ? never : answer;
        },
      { step: "initialize" },
    );
  }
  void pipeline.run({
    ...attempt(1),
    clients,
    progress: ({ message }) => void ("line" in moment && moment.line.test(message) && die()),
  });
  await died.promise;
}

describe("a re-run of a failed run", () => {
  it("keeps what passed, runs the rest anew, and cleans nothing", async () => {
    const pipeline = await pipelineOn(aws);
    await planRuns(pipeline, "gold-a", [{ state: "FAILED", errorMessage: "ValueError: a" }]);
    const first = await pipeline.run(attempt(1));
    expect(statesOf(first)).toMatchObject({ "gold-a": "failed", "gold-b": "passed", check: "skipped" });
    const before = await uploadedAt(pipeline);
    await planRuns(pipeline, "gold-a", [{ state: "SUCCEEDED" }]);
    const second = await pipeline.run(attempt(2));
    expect(second).toMatchObject({
      result: "passed",
      pickedUpFrom: { attempt: 1, startedAt: first.startedAt },
      clean: { locations: [{ state: "cleaned", objects: 1 }] },
      progress: { percent: 100 },
    });
    expect(second.steps.map(({ key, pickedUp = "-" }) => [key, pickedUp])).toEqual([
      ["ingest", "kept"],
      ["arrived", "kept"],
      ["crawl", "kept"],
      ["silver", "kept"],
      ["gold-a", "-"],
      ["gold-b", "kept"],
      ["check", "-"],
    ]);
    expect(await runsOf(pipeline, "silver")).toHaveLength(1);
    expect(await runsOf(pipeline, "gold-a")).toHaveLength(2);
    expect(await uploadedAt(pipeline)).toEqual(before);
    expect(
      await aws.clients.glue.send(new ListCrawlsCommand({ CrawlerName: pipeline.crawler })),
    ).toMatchObject({ Crawls: [{ State: "COMPLETED" }] });
  });

  it.each([
    ["resume is never", { ...attempt(2), resume: "never" as const }],
    ["it is another workflow run", { ...attempt(2), runInfo: { runId: "nightly/2", attempt: 2 } }],
    [
      "another workflow run's state has its key",
      { ...attempt(2), runInfo: { runId: "nightly_1", attempt: 2 } },
    ],
    ["other steps are selected", { ...attempt(2), untilStep: "gold-a" }],
    ["it is the same attempt", attempt(1)],
  ])("does everything anew when %s", async (_, second) => {
    const pipeline = await pipelineOn(aws);
    await planRuns(pipeline, "gold-a", [{ state: "FAILED" }]);
    await pipeline.run(attempt(1));
    for (const key of ["silver", "gold-a", "gold-b"]) await planRuns(pipeline, key, [{ state: "SUCCEEDED" }]);
    await aws.sandbox.control("plan-crawls", {
      crawlerName: pipeline.crawler,
      outcomes: [{ status: "SUCCEEDED" }],
    });
    const result = await pipeline.run(second);
    expect(result).toMatchObject({ result: "passed" });
    expect(result.pickedUpFrom).toBeUndefined();
    expect(await runsOf(pipeline, "silver")).toHaveLength(2);
  });

  it("does everything anew when a job that passed has got another script", async () => {
    const pipeline = await pipelineOn(aws);
    await planRuns(pipeline, "gold-a", [{ state: "FAILED" }]);
    await pipeline.run(attempt(1));
    const ScriptLocation = `s3://${pipeline.bucket}/other.py`;
    const Role = "arn:aws:iam::000000000000:role/glue";
    await aws.clients.s3.send(
      new PutObjectCommand({ Bucket: pipeline.bucket, Key: "other.py", Body: "pass" }),
    );
    await aws.clients.glue.send(
      new UpdateJobCommand({
        JobName: pipeline.job("silver"),
        JobUpdate: { Role, Command: { Name: "glueetl", ScriptLocation }, GlueVersion: "5.0" },
      }),
    );
    for (const key of ["silver", "gold-a", "gold-b"]) await planRuns(pipeline, key, [{ state: "SUCCEEDED" }]);
    await aws.sandbox.control("plan-crawls", {
      crawlerName: pipeline.crawler,
      outcomes: [{ status: "SUCCEEDED" }],
    });
    const result = await pipeline.run(attempt(2));
    expect(result).toMatchObject({ result: "passed" });
    expect(pipeline.lines).toContain(
      `attempt 1 is not picked up: job ${pipeline.job("silver")} points at another script now`,
    );
    expect(await runsOf(pipeline, "silver")).toHaveLength(2);
  });
});

describe("a run whose process was killed", () => {
  it("is gone on with: the job run that is still alive is followed, none is started twice", async () => {
    const pipeline = await pipelineOn(aws);
    await planRuns(pipeline, "silver", [{ state: "SUCCEEDED", seconds: 1.5 }]);
    await killedAt(pipeline, { line: /silver: RUNNING/ });
    const result = await pipeline.run(attempt(2));
    expect(result).toMatchObject({ result: "passed", pickedUpFrom: { attempt: 1 } });
    const silver = result.steps.find(({ key }) => key === "silver");
    const [run, ...others] = await runsOf(pipeline, "silver");
    expect(silver).toMatchObject({ pickedUp: "reattached", details: { attempts: [{ id: run?.id }] } });
    expect(others).toEqual([]);
  });

  it("starts a job again whose run has failed meanwhile", async () => {
    const pipeline = await pipelineOn(aws);
    await planRuns(pipeline, "gold-a", [{ state: "FAILED", seconds: 0.4 }, { state: "SUCCEEDED" }]);
    await killedAt(pipeline, { line: /gold-a: RUNNING/ });
    await expect.poll(async () => (await runsOf(pipeline, "gold-a"))[0]?.state).toBe("FAILED");
    const result = await pipeline.run(attempt(2));
    expect(result).toMatchObject({ result: "passed" });
    expect(await runsOf(pipeline, "gold-a")).toHaveLength(2);
  });

  it("finds the run whose id it did not live to note", async () => {
    const pipeline = await pipelineOn(aws);
    await planRuns(pipeline, "silver", [{ state: "SUCCEEDED", seconds: 1 }]);
    await killedAt(pipeline, { answerTo: "StartJobRun" });
    const result = await pipeline.run(attempt(2));
    expect(result).toMatchObject({ result: "passed" });
    expect(await runsOf(pipeline, "silver")).toHaveLength(1);
  });

  it("goes on with a crawl that is still running", async () => {
    const pipeline = await pipelineOn(aws);
    await aws.sandbox.control("plan-crawls", {
      crawlerName: pipeline.crawler,
      outcomes: [{ status: "SUCCEEDED", seconds: 1.5 }],
    });
    await killedAt(pipeline, { line: /crawl: RUNNING/ });
    const { Crawler } = await aws.clients.glue.send(new GetCrawlerCommand({ Name: pipeline.crawler }));
    expect(Crawler?.State).toBe("RUNNING");
    expect(await pipeline.run(attempt(2))).toMatchObject({ result: "passed" });
    const { Crawls } = await aws.clients.glue.send(new ListCrawlsCommand({ CrawlerName: pipeline.crawler }));
    expect(Crawls).toHaveLength(1);
  });
});

describe("an upload", () => {
  it("is not made twice: whatever it sets off would run twice", async () => {
    const pipeline = await pipelineOn(aws);
    await killedAt(pipeline, { answerTo: "HeadObject" });
    const before = await uploadedAt(pipeline);
    expect(await pipeline.run(attempt(2))).toMatchObject({ result: "passed" });
    expect(pipeline.lines.filter((line) => line.includes("UPLOADING"))).toEqual([]);
    expect(await uploadedAt(pipeline)).toEqual(before);
  });
});

describe("two runs on one environment", () => {
  it("refuses the second and names the first, which is left alone", async () => {
    const pipeline = await pipelineOn(aws);
    await planRuns(pipeline, "silver", [{ state: "SUCCEEDED", seconds: 1.5 }]);
    const first = pipeline.run({ runInfo: { runId: "1", actor: "ana", url: "https://ci/1" } });
    await expect
      .poll(() => pipeline.lines.some((line) => line.includes("silver: RUNNING")), { timeout: 9_000 })
      .toBe(true);
    const second = await pipeline.run({ runInfo: { runId: "2" }, skipClean: true });
    expect(second).toMatchObject({ result: "failed" });
    expect(second.problems).toContainEqual(
      expect.objectContaining({
        code: "e2e-locked",
        message: expect.stringMatching(/^dev is in use by run 1 of ana \(https:\/\/ci\/1\) since /),
      }),
    );
    expect(new Set(Object.values(statesOf(second)))).toEqual(new Set(["skipped"]));
    expect(await first).toMatchObject({ result: "passed" });
    expect(await runsOf(pipeline, "silver")).toHaveLength(1);
  });
});
