import { describe, expect, it } from "vitest";
import { crawlerStep } from "../../src/e2e/steps/crawler.ts";
import { expectStep } from "../../src/e2e/steps/expect.ts";
import { queryStep } from "../../src/e2e/steps/query.ts";
import { runStep } from "../../src/e2e/steps/run.ts";
import { uploadStep } from "../../src/e2e/steps/upload.ts";
import { refused } from "../aws/scripted.ts";
import { workspaceWith } from "../support/workspace.ts";
import { scriptedRun, stepBase } from "./scripted-run.ts";

const denied = refused("AccessDeniedException");
const listing = (...objects: readonly [key: string, modified: string][]) =>
  `<ListBucketResult>${objects.map(([key, modified]) => `<Contents><Key>${key}</Key><Size>4</Size><LastModified>${modified}</LastModified></Contents>`).join("")}</ListBucketResult>`;

describe("a query step", () => {
  const step = {
    ...stepBase,
    kind: "query",
    sql: "SELECT 1",
    expectation: { value: undefined, rows: 1, minRows: undefined, columns: undefined, tolerance: undefined },
  } as const;
  const ended = (State: string, more: object = {}) => ({ QueryExecution: { Status: { State, ...more } } });
  const rows = (...cells: readonly object[]) => ({
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: [{ Name: "n" }] },
      Rows: cells.map((cell) => ({ Data: [cell] })),
    },
  });

  it("passes with the rows it expects, and says what they were", async () => {
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("RUNNING"), ended("SUCCEEDED")],
      GetQueryResults: [rows({ VarCharValue: "n" }, {})],
    });
    expect(await queryStep(step, run)).toEqual({
      details: {
        sql: "SELECT 1",
        id: "q1",
        state: "SUCCEEDED",
        scannedBytes: 0,
        columns: ["n"],
        rows: 1,
        more: false,
        sample: [[null]],
        expected: ["rows = 1"],
        actual: [],
      },
      state: "passed",
      problems: [],
    });
    expect(run.notes).toEqual([{ kind: "query" }, { kind: "query", id: "q1" }]);
    expect(run.states).toEqual(["RUNNING", "SUCCEEDED"]);
  });

  it("fails where they differ", async () => {
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("SUCCEEDED")],
      GetQueryResults: [rows()],
    });
    expect(await queryStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "expectation-failed" }],
      details: { rows: 0 },
    });
  });

  it("fails with Athena's reason, or without one", async () => {
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("FAILED", { StateChangeReason: "TABLE_NOT_FOUND: x" })],
    });
    expect(await queryStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "query-no-table" }],
      details: { actual: ["TABLE_NOT_FOUND: x"] },
    });
    const mute = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("CANCELLED")],
    });
    expect(await queryStep(step, mute)).toMatchObject({
      problems: [{ code: "query-cancelled" }],
      details: { actual: ["no reason given"] },
    });
  });

  it("stops its query when its time is up, and says so where it can't", async () => {
    const script = {
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("RUNNING")],
    } as const;
    const run = await scriptedRun({ ...script, StopQueryExecution: [{}] });
    expect(await queryStep(step, run)).toMatchObject({
      state: "timed-out",
      problems: [{ code: "wait-timed-out" }],
    });
    expect(run.seen.at(-1)).toBe("StopQueryExecution");
    const mute = await scriptedRun({ ...script, StopQueryExecution: [denied] });
    expect((await queryStep(step, mute)).problems.map(({ code }) => code)).toEqual([
      "wait-timed-out",
      "aws-access-denied",
    ]);
  });

  it("stops nothing that it couldn't start", async () => {
    const run = await scriptedRun({ StartQueryExecution: [denied] });
    expect(await queryStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "aws-access-denied" }],
    });
    expect(run.seen).toEqual(["StartQueryExecution"]);
  });

  it.each([
    ["RUNNING", 0],
    ["FAILED", 1],
    ["CANCELLED", 1],
  ])("that an earlier attempt started and that is %s is started %d times more", async (state, starts) => {
    const earlier = { kind: "query", id: "q0" } as const;
    const run = await scriptedRun(
      {
        StartQueryExecution: [{ QueryExecutionId: "q1" }],
        GetQueryExecution: [ended(state), ended("SUCCEEDED")],
        GetQueryResults: [rows({ VarCharValue: "n" }, {})],
      },
      { earlier },
    );
    expect(await queryStep(step, run)).toMatchObject({
      state: "passed",
      details: { id: starts === 0 ? "q0" : "q1" },
    });
    expect(run.seen.filter((name) => name === "StartQueryExecution")).toHaveLength(starts);
  });

  it("asks for its own SQL on the pipeline's database, under a token that no other start has", async () => {
    const script = {
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("FAILED")],
    } as const;
    const start = async (more: object = {}) => {
      const run = await scriptedRun(script, more);
      await queryStep(step, run);
      return JSON.parse(run.sent[0]?.body ?? "") as Record<string, unknown>;
    };
    const first = await start();
    expect(first).toMatchObject({
      QueryString: "SELECT 1",
      WorkGroup: "w",
      QueryExecutionContext: { Database: "d" },
      ClientRequestToken: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const token = async (more: object) => (await start(more))["ClientRequestToken"];
    expect(await token({})).toBe(first["ClientRequestToken"]);
    for (const more of [{ tries: 2 }, { runId: "2" }])
      expect(await token(more)).not.toBe(first["ClientRequestToken"]);
  });

  it("counts as far as its expectation needs, and says all that differs", async () => {
    const many = {
      ...step,
      expectation: { ...step.expectation, rows: undefined, minRows: 2, columns: ["x"] },
    };
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("SUCCEEDED")],
      GetQueryResults: [rows({ VarCharValue: "n" }, { VarCharValue: "7" })],
    });
    const outcome = await queryStep(many, run);
    expect(outcome.details).toMatchObject({
      sample: [["7"]],
      actual: [expect.anything(), expect.anything()],
    });
    expect(outcome.problems[0]?.facts).toMatchObject({
      expected: expect.stringContaining(", "),
      actual: expect.stringContaining(", "),
    });
  });

  it("is a defect without Athena's settings", async () => {
    const run = await scriptedRun({});
    await expect(queryStep(step, { ...run, e2e: { ...run.e2e, athena: undefined } })).rejects.toMatchObject({
      code: "internal-error",
    });
  });
});

describe("an expect step", () => {
  const step = { ...stepBase, kind: "expect", bucket: "b", pattern: "bronze/**/*.parquet" } as const;
  const uploaded = { kind: "upload", details: { object: { lastModified: "2025-11-05T10:00:00.900Z" } } };

  it("finds the newest object under its glob that is as new as the upload, in S3's whole seconds", async () => {
    const run = await scriptedRun(
      {
        ListObjectsV2: [
          listing(["bronze/old.parquet", "2025-11-05T09:59:59Z"]),
          listing(
            ["bronze/a.parquet", "2025-11-05T10:00:00Z"],
            ["bronze/x/b.parquet", "2025-11-05T10:00:02Z"],
            ["bronze/c.parquet", "2025-11-05T10:00:01Z"],
            ["bronze/d.json", "2025-11-05T11:00:00Z"],
          ),
        ],
      },
      { before: [uploaded, { kind: "run" }, { kind: "upload" }] as never },
    );
    expect(await expectStep(step, run)).toEqual({
      state: "passed",
      problems: [],
      details: {
        uri: "s3://b/bronze/**/*.parquet",
        since: "2025-11-05T10:00:00.000Z",
        found: { uri: "s3://b/bronze/x/b.parquet", bytes: 4, lastModified: "2025-11-05T10:00:02.000Z" },
      },
    });
    expect(run.states).toEqual(["MISSING", "FOUND"]);
  });

  it("asks since the run's start where nothing was uploaded, and says what it waited for", async () => {
    const run = await scriptedRun({ ListObjectsV2: [listing()] }, { limit: 30_000 });
    expect(await expectStep(step, run)).toMatchObject({
      state: "timed-out",
      details: { since: "1970-01-01T00:00:00.000Z" },
      problems: [{ code: "object-not-found", facts: { limit: "30s", uri: "s3://b/bronze/**/*.parquet" } }],
    });
  });

  it("is failed by any other error, and cancelled with the run", async () => {
    const script = { ListObjectsV2: [{ status: 403 }] } as const;
    expect(await expectStep(step, await scriptedRun(script))).toMatchObject({
      state: "failed",
      problems: [{ code: "aws-access-denied" }],
    });
    expect(await expectStep(step, await scriptedRun(script, { signal: AbortSignal.abort() }))).toMatchObject({
      state: "cancelled",
      problems: [],
    });
  });
});

describe("a crawler step", () => {
  const step = { ...stepBase, kind: "crawler", crawler: "c" } as const;
  const at = (seconds: number, more: object = {}) => ({
    Crawler: { State: "READY", LastCrawl: { StartTime: seconds, ...more } },
  });

  it("tells the crawl's status, error and log", async () => {
    const run = await scriptedRun({
      GetCrawler: [
        { Crawler: { State: "READY" } },
        at(5, { Status: "FAILED", ErrorMessage: "no access", LogGroup: "/g", LogStream: "s" }),
      ],
      StartCrawler: [{}],
      FilterLogEvents: [{ events: [{ message: "ERROR: no access", logStreamName: "s" }] }],
    });
    const outcome = await crawlerStep(step, run);
    expect(outcome).toMatchObject({
      state: "failed",
      details: {
        crawler: "c",
        status: "FAILED",
        crawlStartedAt: "1970-01-01T00:00:05.000Z",
        error: "no access",
        log: "/g s",
      },
      problems: [{ code: "crawl-failed", log: ["ERROR: no access"] }],
    });
    expect(run.notes).toEqual([{ kind: "crawler", lastBefore: null }]);
  });

  it("knows a crawl that somebody cancelled, whose log says nothing", async () => {
    const run = await scriptedRun({
      GetCrawler: [at(1), at(5, { Status: "CANCELLED" })],
      StartCrawler: [{}],
      FilterLogEvents: [refused("ResourceNotFoundException")],
    });
    expect(await crawlerStep(step, run)).toMatchObject({
      state: "failed",
      details: { status: "CANCELLED" },
      problems: [{ code: "crawl-cancelled", facts: { log: "/aws-glue/crawlers" } }],
    });
    expect(run.notes).toEqual([{ kind: "crawler", lastBefore: "1970-01-01T00:00:01.000Z" }]);
  });

  it("stops its crawl when its time is up, but none that it didn't start", async () => {
    const running = { Crawler: { State: "RUNNING" } };
    const mine = await scriptedRun({ GetCrawler: [at(1), running], StartCrawler: [{}], StopCrawler: [{}] });
    expect((await crawlerStep(step, mine)).state).toBe("timed-out");
    expect(mine.seen.at(-1)).toBe("StopCrawler");
    const others = await scriptedRun({ GetCrawler: [running] });
    expect((await crawlerStep(step, others)).state).toBe("timed-out");
    expect(others.seen).not.toContain("StopCrawler");
  });

  it.each([
    ["with one before it", "1970-01-01T00:00:01.000Z"],
    ["that was its first", null],
  ])("goes on with the crawl that an earlier attempt started, %s", async (_, lastBefore) => {
    const run = await scriptedRun(
      { GetCrawler: [at(5, { Status: "SUCCEEDED" })] },
      { earlier: { kind: "crawler", lastBefore } },
    );
    expect(await crawlerStep(step, run)).toMatchObject({ state: "passed", details: { status: "SUCCEEDED" } });
    expect(run.seen).not.toContain("StartCrawler");
  });
});

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

describe("an upload step", () => {
  const step = {
    ...stepBase,
    kind: "upload",
    file: "in.json",
    bucket: "b",
    objectKey: "landing/in.json",
  } as const;
  const headers = { etag: '"e"', "content-length": "8" };

  it("writes the file, and knows its time where S3 tells it", async () => {
    const workspace = await workspaceWith({ "in.json": '{"a": 1}' });
    const run = await scriptedRun(
      { PUT: [{ status: 200, headers: { etag: '"e"' } }], HEAD: [{ status: 200, headers }] },
      { workspace },
    );
    const outcome = await uploadStep(step, run);
    expect(outcome).toMatchObject({
      state: "passed",
      details: { file: "in.json", object: { uri: "s3://b/landing/in.json", bytes: 8 } },
    });
    expect(outcome.details.object).not.toHaveProperty("lastModified");
    expect(run.states).toEqual(["UPLOADING"]);
  });

  it.each([
    ["its own", "1 1970-01-01T00:00:00.000Z 1", 0],
    ["another run's", "2 1970-01-01T00:00:00.000Z 1", 1],
    ["nobody's", undefined, 1],
  ])("that an earlier attempt began is written %s mark's way", async (_, mark, puts) => {
    const workspace = await workspaceWith({ "in.json": '{"a": 1}' });
    const marked = { ...headers, ...(mark === undefined ? {} : { "x-amz-meta-glue-toolkit-run": mark }) };
    const run = await scriptedRun(
      { PUT: [{ status: 200, headers: { etag: '"e"' } }], HEAD: [{ status: 200, headers: marked }] },
      { workspace, earlier: { kind: "upload" } },
    );
    expect((await uploadStep(step, run)).state).toBe("passed");
    expect(run.seen.filter((name) => name === "PUT")).toHaveLength(puts);
  });

  it("marks what it writes, so that a later attempt knows it, and notes it first", async () => {
    const workspace = await workspaceWith({ "in.json": '{"a": 1}' });
    const run = await scriptedRun(
      {
        PUT: [{ status: 200, headers: { etag: '"e"' } }],
        HEAD: [{ status: 200, headers: { ...headers, "last-modified": "Wed, 05 Nov 2025 10:00:00 GMT" } }],
      },
      { workspace },
    );
    expect((await uploadStep(step, run)).details.object.lastModified).toBe("2025-11-05T10:00:00.000Z");
    expect(run.notes).toEqual([{ kind: "upload" }]);
    expect(run.sent[0]?.headers["x-amz-meta-glue-toolkit-run"]).toBe("1 1970-01-01T00:00:00.000Z 1");
  });

  it("writes again what an earlier attempt has written of another size", async () => {
    const workspace = await workspaceWith({ "in.json": '{"a": 11}' });
    const marked = { ...headers, "x-amz-meta-glue-toolkit-run": "1 1970-01-01T00:00:00.000Z 1" };
    const run = await scriptedRun(
      { PUT: [{ status: 200, headers: { etag: '"e"' } }], HEAD: [{ status: 200, headers: marked }] },
      { workspace, earlier: { kind: "upload" } },
    );
    await uploadStep(step, run);
    expect(run.seen).toContain("PUT");
    const gone = await scriptedRun(
      { PUT: [{ status: 200, headers: { etag: '"e"' } }], HEAD: [{ status: 404 }, { status: 200, headers }] },
      { workspace, earlier: { kind: "upload" } },
    );
    expect((await uploadStep(step, gone)).state).toBe("passed");
  });

  it("fails without its file", async () => {
    const run = await scriptedRun({}, { workspace: await workspaceWith({}) });
    expect(await uploadStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "input-missing", location: { path: "in.json" } }],
    });
  });
});
