import { DeleteCrawlerCommand, DeleteJobCommand, UpdateJobCommand } from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { createClients } from "../../src/aws/clients.ts";
import { listObjects } from "../../src/aws/prefixes.ts";
import { newestRuns } from "../../src/aws/runs.ts";
import { systemClock } from "../../src/base/clock.ts";
import { silent } from "../../src/base/progress.ts";
import { renderE2eJson } from "../../src/report/e2e-json.ts";
import { renderE2eMarkdown } from "../../src/report/e2e-markdown.ts";
import { patience, useClients } from "../aws/support.ts";
import { useFaultProxy } from "../support/faults/use-fault-proxy.ts";
import { manifestOf, type Pipeline, pipelineOn, script, statesOf } from "./pipeline.ts";

const aws = useClients();
const proxy = useFaultProxy();

async function keysOf(bucket: string, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of listObjects(aws.clients.s3, { name: bucket }, prefix, patience().signal))
    keys.push(key);
  return keys;
}

describe("a whole run", () => {
  it("cleans, runs every step and is passed", async () => {
    const pipeline = await pipelineOn(aws);
    const result = await pipeline.run();
    expect(result.problems).toMatchObject([{ severity: "warning", code: "no-bookmark" }]);
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
    expect(await keysOf(pipeline.bucket, "landing/")).toEqual(["landing/in.json"]);
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
    expect(await keysOf(pipeline.bucket, "landing/")).toEqual(["landing/old.json"]);
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
    expect(result.problems.filter(({ code }) => code === "run-failed")).toHaveLength(2);
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

describe("the script's version", () => {
  const release = "20251105T180000.000Z-0123456789ab-1";
  const hashed = "silver/silver-3f2a9c81b0de.py";

  /** A pipeline whose silver job was deployed by a release. */
  async function deployed() {
    const pipeline = await pipelineOn(aws);
    const { bucket } = pipeline;
    const location = `s3://${bucket}/scripts/${hashed}`;
    const before = { scriptLocation: `s3://${bucket}/silver.py`, extraPyFiles: null };
    const jobs = [
      { key: "silver", job: pipeline.job("silver"), before, after: { ...before, scriptLocation: location } },
    ];
    const record = {
      version: 1,
      id: release,
      kind: "deploy",
      status: "applied",
      environment: "dev",
      region: "us-east-1",
      account: "000000000000",
      createdAt: "2025-11-05T18:00:00.000Z",
      settledAt: "2025-11-05T18:00:09.000Z",
      rollbackTo: null,
      note: null,
      provenance: { commit: "0123456789ab", repository: "acme/lake", runId: "1" },
      jobs,
    };
    const Key = `scripts/_releases/dev/${release}.json`;
    await aws.clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: JSON.stringify(record) }));
    const repoint = () =>
      aws.clients.glue.send(
        new UpdateJobCommand({
          JobName: pipeline.job("silver"),
          JobUpdate: {
            Role: "arn:aws:iam::000000000000:role/glue",
            Command: { Name: "glueetl", ScriptLocation: location },
            GlueVersion: "5.0",
          },
        }),
      );
    return { pipeline, location, repoint };
  }
  const onlySilver = { fromStep: "silver", untilStep: "silver", skipClean: true };

  it("is told of each job: key, hash and release", async () => {
    const { pipeline, location, repoint } = await deployed();
    await repoint();
    const result = await pipeline.run({ ...onlySilver, expectRelease: "current" });
    expect(result.steps.find(({ key }) => key === "silver")).toMatchObject({
      state: "passed",
      details: { script: { location, hash: "3f2a9c81b0de", release } },
    });
  });

  it.each([release, "current"])(
    "is refused before the run when it is not that of %s",
    async (expectRelease) => {
      const { pipeline, location } = await deployed();
      const result = await pipeline.run({ ...onlySilver, expectRelease });
      expect(result.problems).toMatchObject([
        {
          code: "release-mismatch",
          message: `job ${pipeline.job("silver")} does not run release ${release}: it points at s3://${pipeline.bucket}/silver.py, the release at ${location}`,
        },
      ]);
      expect(await newestRuns(aws.clients.glue, pipeline.job("silver"), patience())).toEqual([]);
    },
  );
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

describe("the preflight", () => {
  it.each([undefined, "prod", "Dev"])("touches nothing when confirm-clean is %s", async (confirmClean) => {
    const pipeline = await pipelineOn(aws);
    const result = await pipeline.run({ confirmClean });
    expect(result).toMatchObject({ result: "failed", progress: { done: 0 } });
    expect(result.problems.map(({ code }) => code)).toEqual(["confirm-clean"]);
    expect(result.clean.locations).toMatchObject([{ state: "not-reached" }]);
    expect(new Set(Object.values(statesOf(result)))).toEqual(new Set(["skipped"]));
    expect(await keysOf(pipeline.bucket, "landing/")).toEqual(["landing/old.json"]);
  });

  it("names all wrong names at once, with their lines and the right ones, before anything is deleted", async () => {
    const pipeline = await pipelineOn(aws, (id) =>
      manifestOf(id)
        .replace(`to: s3://data-${id}`, `to: s3://dta-${id}`)
        .replace(`job: silver-${id}`, `job: slver-${id}`)
        .replace(`crawler: crawler-${id}`, `crawler: crwler-${id}`)
        .replace(`database: db-${id}`, "database: nowhere")
        .replace("upload: in.json", "upload: out.json"),
    );
    const { problems } = await pipeline.run();
    const { id } = pipeline;
    expect(problems.map(({ message }) => message).toSorted()).toEqual([
      `Glue job slver-${id} does not exist; did you mean silver-${id}?`,
      `bucket dta-${id} does not exist; did you mean data-${id}?`,
      "catalog database nowhere does not exist",
      `crawler crwler-${id} does not exist; did you mean crawler-${id}?`,
      "step ingest uploads out.json, which is not a file of this repository",
    ]);
    expect(problems.find(({ code }) => code === "bucket-missing")).toMatchObject({
      step: "ingest",
      location: { path: "glue-pipeline.yml", line: 15 },
    });
    expect(await keysOf(pipeline.bucket, "landing/")).toEqual(["landing/old.json"]);
  });

  it("warns of outputs that clean misses", async () => {
    const pipeline = await pipelineOn(aws, (id) => manifestOf(id).replace("/landing/**", "/out/car_data/**"));
    const { problems } = await pipeline.run({ fromStep: "arrived", untilStep: "arrived", timeout: 300 });
    expect(problems).toContainEqual(
      expect.objectContaining({
        severity: "warning",
        code: "clean-misses-output",
        message: expect.stringContaining(`s3://${pipeline.bucket}/out/car_data/`),
      }),
    );
  });

  it("refuses another account", async () => {
    const pipeline = await pipelineOn(aws, (id) => manifestOf(id).replace("000000000000", "111111111111"));
    const result = await pipeline.run();
    expect(result.problems.map(({ code }) => code)).toContain("wrong-account");
    expect(await keysOf(pipeline.bucket, "landing/")).toEqual(["landing/old.json"]);
  });

  it.each(["current", "20251105T000000.000Z-abc-1"])(
    "refuses expect-release %s without such a release",
    async (expectRelease) => {
      const pipeline = await pipelineOn(aws);
      const result = await pipeline.run({ expectRelease });
      expect(result.problems.map(({ code }) => code)).toEqual(["release-missing"]);
      expect(result.result).toBe("failed");
    },
  );

  it("throws for a step that isn't there", async () => {
    const pipeline = await pipelineOn(aws);
    await expect(pipeline.run({ fromStep: "sliver" })).rejects.toMatchObject({ code: "unknown-step" });
  });
});

describe("the last green run", () => {
  it("is compared with, step by step and in sum, and only a green run of all steps becomes it", async () => {
    const pipeline = await pipelineOn(aws);
    for (const key of ["silver", "gold-a", "gold-b"]) {
      const outcomes = Array.from({ length: 3 }, () => ({ state: "SUCCEEDED" }));
      await aws.sandbox.control("plan-runs", { jobName: pipeline.job(key), outcomes });
    }
    await aws.sandbox.control("plan-crawls", {
      crawlerName: pipeline.crawler,
      outcomes: Array.from({ length: 2 }, () => ({ status: "SUCCEEDED" })),
    });
    const first = await pipeline.run();
    expect(first.comparison).toEqual({ total: {}, steps: [] });
    const second = await pipeline.run({ runInfo: { runId: "2" }, fromStep: "silver", skipClean: true });
    expect(second.comparison?.lastGreen).toMatchObject({ runId: "1", startedAt: first.startedAt });
    expect(second.comparison?.steps.map(({ key }) => key)).toEqual(["silver", "gold-a", "gold-b", "check"]);
    const third = await pipeline.run({ runInfo: { runId: "3" } });
    expect(third.comparison?.lastGreen?.runId).toBe("1");
    expect(third.comparison?.steps[0]).toMatchObject({ key: "ingest", bytes: { before: 8, now: 8 } });
    expect(third.comparison?.total).toMatchObject({ rows: { before: 1, now: 1 } });
    const last = await pipeline.run({ runInfo: { runId: "4" }, untilStep: "ingest" });
    expect(last.comparison?.lastGreen?.runId).toBe("3");
  });

  it("that can't be read leaves the result as it is, with a word in the log", async () => {
    const pipeline = await pipelineOn(aws);
    const Key = "scripts/_runs/dev/last-green/run.json";
    await aws.clients.s3.send(new PutObjectCommand({ Bucket: pipeline.bucket, Key, Body: "{}" }));
    const result = await pipeline.run({ untilStep: "ingest" });
    expect(result).toMatchObject({ result: "passed" });
    expect(result.comparison).toBeUndefined();
    expect(pipeline.lines.join("\n")).toContain(
      `the last green run (s3://${pipeline.bucket}/${Key}) could not`,
    );
  });
});
