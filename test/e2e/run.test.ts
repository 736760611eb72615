import { DeleteCrawlerCommand, DeleteJobCommand } from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { createClients } from "../../src/aws/clients.ts";
import { newestRuns } from "../../src/aws/runs.ts";
import { systemClock } from "../../src/base/clock.ts";
import { silent } from "../../src/base/progress.ts";
import { renderE2eJson } from "../../src/report/e2e-json.ts";
import { renderE2eMarkdown } from "../../src/report/e2e-markdown.ts";
import { patience, useClients } from "../aws/support.ts";
import { useFaultProxy } from "../support/faults/use-fault-proxy.ts";
import { keysOf, manifestOf, type Pipeline, pipelineOn, script, statesOf } from "./pipeline.ts";

const aws = useClients();
const proxy = useFaultProxy();

describe("a whole run", () => {
  it("cleans, runs every step and is passed", async () => {
    const pipeline = await pipelineOn(aws);
    const result = await pipeline.run();
    // the planned crawl makes no table
    expect(result.problems).toMatchObject([
      { severity: "warning", code: "no-bookmark" },
      { severity: "warning", code: "crawl-made-nothing", step: "crawl" },
    ]);
    expect(new Set(Object.values(statesOf(result)))).toEqual(new Set(["passed"]));
    expect(result).toMatchObject({
      result: "passed",
      progress: { done: 8, total: 8, percent: 100 },
      clean: {
        locations: [{ uri: `s3://${pipeline.bucket}/landing/`, state: "cleaned", objects: 1, bytes: 3 }],
        bookmarks: [{ job: pipeline.job("silver"), state: "none" }],
      },
      phases: [
        { name: "preflight", state: "passed" },
        { name: "clean", state: "passed" },
        { name: "run", state: "passed" },
        { name: "validate", state: "passed" },
      ],
    });
    expect(await keysOf(aws, pipeline.bucket, "landing/")).toEqual(["landing/in.json"]);
    expect(JSON.parse(renderE2eJson(result))).toEqual(result);
    expect(renderE2eMarkdown(result, "pt-BR")).toContain("**Progresso geral:** 100 % (8 de 8 partes)");
  });

  it("runs what can run in parallel at the same time", async () => {
    const pipeline = await pipelineOn(aws);
    for (const key of ["gold-a", "gold-b"]) {
      const outcomes = [{ state: "SUCCEEDED", seconds: 0.8 }];
      await aws.sandbox.control("plan-runs", { jobName: pipeline.job(key), outcomes });
    }
    const { steps } = await pipeline.run();
    const [a, b] = steps.filter(({ key }) => key.startsWith("gold"));
    expect(Date.parse(a?.startedAt ?? "")).toBeLessThan(Date.parse(b?.endedAt ?? ""));
    expect(Date.parse(b?.startedAt ?? "")).toBeLessThan(Date.parse(a?.endedAt ?? ""));
  });
});

describe("a failure", () => {
  it("stops at the incident's script, names it, and marks what it blocked", async () => {
    const pipeline = await pipelineOn(aws);
    const broken = [...script, '    F.col("x").alias("y"),', "x = 1"];
    await aws.clients.s3.send(
      new PutObjectCommand({ Bucket: pipeline.bucket, Key: "silver.py", Body: broken.join("\n") }),
    );
    const failure = {
      state: "FAILED",
      errorMessage: "IndentationError: unexpected indent (silver.py, line 11)",
      logLines: ['  File "/tmp/silver.py", line 11', "IndentationError: unexpected indent"],
    };
    await aws.sandbox.control("plan-runs", { jobName: pipeline.job("silver"), outcomes: [failure, failure] });
    const result = await pipeline.run();
    expect(result).toMatchObject({ result: "failed", failedStep: "silver", progress: { percent: 50 } });
    expect(statesOf(result)).toEqual({
      ingest: "passed",
      arrived: "passed",
      crawl: "passed",
      silver: "failed",
      "gold-a": "skipped",
      "gold-b": "skipped",
      check: "skipped",
    });
    expect(result.steps.find(({ key }) => key === "check")?.blockedBy).toEqual(["silver"]);
    expect(result.problems.find(({ severity }) => severity === "error")).toMatchObject({
      code: "orphan-code",
      step: "silver",
      remedy: "Delete lines 11–12 of jobs/silver.py, run validate-glue on it, and deploy.",
      excerpt: failure.logLines,
    });
    const silver = result.steps.find(({ key }) => key === "silver");
    expect(silver).toMatchObject({ details: { attempts: [{ state: "FAILED" }, { state: "FAILED" }] } });
    expect(pipeline.lines).toContainEqual(
      expect.stringMatching(/^\[.+\] check: skipped, blocked by silver$/),
    );
  });

  it("is picked up again with from-step", async () => {
    const pipeline = await pipelineOn(aws);
    const result = await pipeline.run({ fromStep: "silver", skipClean: true });
    expect(statesOf(result)).toMatchObject({ ingest: "not-selected", silver: "passed", check: "passed" });
    expect(result.result).toBe("passed");
    expect(await keysOf(aws, pipeline.bucket, "landing/")).toEqual(["landing/old.json"]);
  });

  it("lets running steps finish when another one fails, and keeps every error", async () => {
    const pipeline = await pipelineOn(aws);
    await aws.sandbox.control("plan-runs", {
      jobName: pipeline.job("gold-a"),
      outcomes: [{ state: "FAILED", errorMessage: "ValueError: a" }],
    });
    await aws.sandbox.control("plan-runs", {
      jobName: pipeline.job("gold-b"),
      outcomes: [{ state: "FAILED", errorMessage: "ValueError: b", seconds: 0.5 }],
    });
    const result = await pipeline.run();
    expect(statesOf(result)).toMatchObject({ "gold-a": "failed", "gold-b": "failed", check: "skipped" });
    expect(result.steps.at(-1)?.blockedBy).toEqual(["gold-a", "gold-b"]);
    expect(result.problems.filter(({ code }) => code === "value-rejected")).toHaveLength(2);
  });

  it.each([
    ["FAILED", "crawl-failed"],
    ["CANCELLED", "crawl-cancelled"],
  ])("a crawl that ends %s is %s", async (status, code) => {
    const pipeline = await pipelineOn(aws);
    await aws.sandbox.control("plan-crawls", { crawlerName: pipeline.crawler, outcomes: [{ status }] });
    const result = await pipeline.run({ untilStep: "crawl" });
    expect(result).toMatchObject({ result: "failed", failedStep: "crawl" });
    expect(result.problems.map((problem) => problem.code)).toContain(code);
  });

  it("shows the rows of a query whose expectation fails, and the reason of one that fails itself", async () => {
    const pipeline = await pipelineOn(aws, (id) =>
      manifestOf(id).replace(
        /check: .*/,
        `check: { query: "SELECT 'a' AS who, 2 AS n", expect-rows: 0 }
    wrong: { query: "SELECT * FROM no_such_table", expect-rows: 0 }`,
      ),
    );
    const result = await pipeline.run();
    expect(result.steps.find(({ key }) => key === "check")).toMatchObject({
      state: "failed",
      details: { columns: ["who", "n"], sample: [["a", "2"]], expected: ["rows = 0"], actual: ["rows = 1"] },
    });
    expect(result.problems.filter(({ severity }) => severity === "error")).toMatchObject([
      { step: "check", code: "expectation-failed", message: "expected rows = 0, got rows = 1" },
      { step: "wrong", code: "query-no-table", message: expect.stringContaining("no_such_table") },
    ]);
  });

  it("is red and timed out when an expected object never appears", async () => {
    const pipeline = await pipelineOn(aws, (id) =>
      manifestOf(id).replace("landing/**/*.json", "landing/**/*.parquet").replace("10s", "400ms"),
    );
    const result = await pipeline.run();
    expect(result).toMatchObject({ result: "timed-out", failedStep: "arrived" });
    expect(result.problems).toContainEqual(
      expect.objectContaining({ code: "object-not-found", message: expect.stringContaining("within 400ms") }),
    );
  });
});

describe("a budget that is exceeded", () => {
  it("is red, and nothing more is started", async () => {
    const pipeline = await pipelineOn(aws);
    const outcomes = [{ state: "SUCCEEDED", seconds: 1.2 }];
    await aws.sandbox.control("plan-runs", { jobName: pipeline.job("silver"), outcomes });
    const result = await pipeline.run({ budget: { dpuSeconds: 0.5 } });
    expect(result).toMatchObject({ result: "failed", usage: { dpuSeconds: { max: 0.5 } } });
    expect(statesOf(result)).toMatchObject({ silver: "passed", "gold-a": "skipped", check: "skipped" });
    expect(result.problems.map(({ code }) => code)).toContain("dpu-budget-exceeded");
  });
});

describe("what vanishes during the run", () => {
  it.each([
    [
      "gold-a",
      "job-missing",
      (pipeline: Pipeline) => new DeleteJobCommand({ JobName: pipeline.job("gold-a") }),
    ],
    [
      "crawl",
      "crawler-missing",
      (pipeline: Pipeline) => new DeleteCrawlerCommand({ Name: pipeline.crawler }),
    ],
  ])("fails %s with %s", async (step, code, removal) => {
    const pipeline = await pipelineOn(aws);
    let removed: Promise<unknown> | undefined;
    const result = await pipeline.run({
      progress: ({ message }) => {
        if (message.includes("ingest: UPLOADING"))
          removed ??= aws.clients.glue.send(removal(pipeline) as DeleteJobCommand);
      },
    });
    await removed;
    expect(result).toMatchObject({ result: "failed", failedStep: step });
    expect(result.problems.filter(({ severity }) => severity === "error")).toMatchObject([{ step, code }]);
  });
});

describe("an object that is waited for with no upload before it", () => {
  it("must be newer than the run by S3's clock, whatever this machine's says", async () => {
    const steps = "arrived: { expect: 's3://data-ID/landing/*.json', timeout: 500ms }";
    const pipeline = await pipelineOn(aws, (id) =>
      manifestOf(id).replace(/(?<=steps:\n).*$/s, `    ${steps.replace("ID", id)}\n`),
    );
    const tenMinutesOlder = (time: string): string => new Date(Date.parse(time) - 600_000).toISOString();
    proxy.inject({
      after: ({ operation }, reply) =>
        operation === "s3:ListObjectsV2"
          ? {
              ...reply,
              body: Buffer.from(reply.body.toString().replace(/(?<=<LastModified>)[^<]+/g, tenMinutesOlder)),
            }
          : undefined,
    });
    const clients = createClients({ region: "us-east-1", progress: silent });
    onTestFinished(() => clients.destroy());
    const clock = { ...systemClock, now: () => Date.now() - 3_600_000 };
    const result = await pipeline.run({ clients, clock, skipClean: true });
    expect(result.problems.map(({ code }) => code)).toContain("object-not-found");
  });
});

describe("the end of time", () => {
  it("stops the run it started when it is cancelled, and still gives a result", async () => {
    const pipeline = await pipelineOn(aws);
    const outcomes = [{ state: "SUCCEEDED", seconds: 60 }];
    await aws.sandbox.control("plan-runs", { jobName: pipeline.job("silver"), outcomes });
    const controller = new AbortController();
    const running = pipeline.run({ signal: controller.signal });
    await expect
      .poll(() => pipeline.lines.some((line) => line.includes("] silver: RUNNING")), { timeout: 10_000 })
      .toBe(true);
    controller.abort(new Error("cancelled"));
    const result = await running;
    expect(result.result).toBe("cancelled");
    expect(statesOf(result)).toMatchObject({ crawl: "passed", silver: "cancelled", check: "skipped" });
    const [run] = await newestRuns(aws.clients.glue, pipeline.job("silver"), patience());
    expect(["STOPPING", "STOPPED"]).toContain(run?.state);
  });

  it("is timed out at the limit of the whole run, and leaves nothing running", async () => {
    const pipeline = await pipelineOn(aws);
    const outcomes = [{ state: "SUCCEEDED", seconds: 60 }];
    await aws.sandbox.control("plan-runs", { jobName: pipeline.job("silver"), outcomes });
    const result = await pipeline.run({ fromStep: "silver", skipClean: true, timeout: 1_500 });
    expect(result).toMatchObject({ result: "timed-out", failedStep: "silver" });
    const [run] = await newestRuns(aws.clients.glue, pipeline.job("silver"), patience());
    expect(["STOPPING", "STOPPED"]).toContain(run?.state);
  });
});
