import { describe, expect, it } from "vitest";
import { waitForQuery } from "../../src/aws/athena.ts";
import { crawl } from "../../src/aws/crawlers.ts";
import { deleteKeys } from "../../src/aws/delete-keys.ts";
import { followRun } from "../../src/aws/follow-run.ts";
import { listJobDefinitions } from "../../src/aws/job-definitions.ts";
import { jobFacts } from "../../src/aws/job-facts.ts";
import { readJobs } from "../../src/aws/jobs.ts";
import { logGroups, tailRunLogs } from "../../src/aws/logs.ts";
import { objectSha256, parseS3Uri, putOnce } from "../../src/aws/objects.ts";
import { getRawJob } from "../../src/aws/raw-exchange.ts";
import { startRun } from "../../src/aws/start-run.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { refused, refusedByS3, scriptedAws } from "./scripted.ts";

const patience = () => ({ clock: fakeClock(), signal: new AbortController().signal });

it.each([
  ["s3://b/k/x.py", { bucket: "b", key: "k/x.py" }],
  ["s3a://b/k", { bucket: "b", key: "k" }],
  ["s3://b/", undefined],
  ["https://b/k", undefined],
])("the parts of %s", (uri, parts) => expect(parseS3Uri(uri)).toEqual(parts));

describe("the facts of a job", () => {
  it("are the defaults where the definition says nothing, or something else than text", () => {
    expect(
      jobFacts({
        DefaultArguments: ["x"] as never,
        NonOverridableArguments: { "--a": 1 as never, "--b": "2" },
      }),
    ).toEqual({
      scriptLocation: undefined,
      command: "glueetl",
      glueVersion: undefined,
      maxRetries: 0,
      arguments: { "--b": "2" },
      securityConfiguration: undefined,
      role: undefined,
    });
  });

  it("follow the arguments' precedence", () => {
    const job = {
      Command: { ScriptLocation: "s3://b/c.py" },
      DefaultArguments: { "--scriptLocation": "s3://b/d.py" },
      Role: "arn:aws:iam::1:role/service/glue",
    };
    expect(jobFacts(job)).toMatchObject({ scriptLocation: "s3://b/d.py", role: "glue" });
    expect(jobFacts(job, { "--scriptLocation": "s3://b/r.py" }).scriptLocation).toBe("s3://b/r.py");
    const fixed = { ...job, NonOverridableArguments: { "--scriptLocation": "s3://b/n.py" } };
    expect(jobFacts(fixed, { "--scriptLocation": "s3://b/r.py" }).scriptLocation).toBe("s3://b/n.py");
  });
});

it("an answer without its job is a defect that is told", async () => {
  const { glue } = await scriptedAws({ GetJob: [{}] });
  await expect(getRawJob(glue, "a")).rejects.toThrow("GetJob answered without a Job for a");
});

it("jobs that can't be read at once for another reason than a missing right are an error", async () => {
  const { glue } = await scriptedAws({ BatchGetJobs: [refused("InvalidInputException")] });
  await expect(readJobs(glue, ["a", "b"])).rejects.toThrow(/glue BatchGetJobs on 2 jobs/);
});

it("a run whose next attempt never comes has failed with the one it had", async () => {
  const run = { Id: "jr_1", JobRunState: "FAILED" };
  const { glue } = await scriptedAws({ GetJobRun: [{ JobRun: run }], GetJobRuns: [{ JobRuns: [run] }] });
  const options = {
    glue,
    job: "a",
    runId: "jr_1",
    maxRetries: 1,
    timeout: 600_000,
    onState: () => undefined,
    ...patience(),
  };
  expect(await followRun(options)).toMatchObject({ id: "jr_1", state: "FAILED" });
  expect(options.clock.now()).toBeGreaterThanOrEqual(60_000);
});

it("a crawl without a pace of its own ends too", async () => {
  const at = (StartTime: number) => ({
    Crawler: { State: "READY", LastCrawl: { StartTime, Status: "SUCCEEDED" } },
  });
  const { glue, glueOnce } = await scriptedAws({ GetCrawler: [at(1), at(2)], StartCrawler: [{}] });
  const options = {
    glue,
    glueOnce,
    crawler: "c",
    timeout: 60_000,
    onState: () => undefined,
    onStarted: () => undefined,
    ...patience(),
  };
  expect(await crawl(options)).toMatchObject({ status: "SUCCEEDED" });
});

it("a start that was cancelled while its answer got lost is looked for less long", async () => {
  const abort = new AbortController();
  const { glue, glueOnce, seen } = await scriptedAws({
    GetJobRuns: [{}],
    StartJobRun: [refused("InternalServiceException", "lost", 500)],
  });
  const beforeStart = () => Promise.resolve(void setTimeout(() => abort.abort(), 0));
  const clock = fakeClock();
  const slow = {
    ...clock,
    sleep: (milliseconds: number) =>
      new Promise<void>((resolve) => setTimeout(() => resolve(clock.sleep(milliseconds)), 1)),
  };
  await expect(
    startRun({
      glue,
      glueOnce,
      job: "a",
      arguments: {},
      deadline: 60_000,
      clock: slow,
      signal: abort.signal,
      beforeStart,
    }),
  ).rejects.toBeDefined();
  expect(seen.filter((name) => name === "GetJobRuns").length).toBeLessThanOrEqual(1 + 3);
});

it("keys of a bucket that anybody may own are deleted without asking whose it is", async () => {
  const { s3 } = await scriptedAws({ POST: ["<DeleteResult/>"] });
  expect(await deleteKeys(s3, { name: "b" }, ["a"])).toEqual([]);
});

it("a write-once whose bytes are there already is present, and others' bytes are refused", async () => {
  const object = { key: "k", bytes: new TextEncoder().encode("abc") };
  const stored = (body: string) =>
    ({
      PUT: [refusedByS3("PreconditionFailed", 412)],
      HEAD: [{ status: 200, headers: { etag: '"e"' } }],
      GET: [{ status: 200, headers: { etag: '"e"' }, body }],
    }) as const;
  const same = await scriptedAws(stored("abc"));
  expect(await putOnce(same.s3, { name: "b" }, object, patience())).toBe("present");
  const other = await scriptedAws(stored("abd"));
  await expect(putOnce(other.s3, { name: "b" }, object, patience())).rejects.toMatchObject({
    code: "object-differs",
  });
  const gone = await scriptedAws({ ...stored("abc"), HEAD: [{ status: 404 }] });
  await expect(putOnce(gone.s3, { name: "b" }, object, patience())).rejects.toThrow("SHA-256 unknown");
});

describe("the logs of a run", () => {
  const run = {
    runId: "jr_1",
    command: "glueetl",
    glueVersion: "4.0",
    arguments: {},
    securityConfiguration: undefined,
    role: undefined,
    startedOn: new Date(1),
    completedOn: undefined,
  };

  it("stand in groups by version and configuration", () => {
    expect(logGroups({ ...run, securityConfiguration: "sec", role: "glue" })).toEqual([
      "/aws-glue/jobs/logs-v2",
      "/aws-glue/jobs/sec-role/glue/error",
      "/aws-glue/jobs/sec-role/glue/output",
    ]);
    expect(logGroups({ ...run, glueVersion: "5.0", securityConfiguration: "sec" })).toEqual([
      "/aws-glue/jobs/output",
      "/aws-glue/jobs/error",
    ]);
    expect(logGroups({ ...run, command: "pythonshell" })).toEqual([
      "/aws-glue/python-jobs/error",
      "/aws-glue/python-jobs/output",
    ]);
  });

  it("are read page by page, other runs' streams left out", async () => {
    const page = (message: string, logStreamName: string, nextToken?: string) => ({
      events: [{ message, logStreamName }],
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    const { logs } = await scriptedAws({
      FilterLogEvents: [
        page("one", "jr_1", "2"),
        page("two", "jr_1-driver"),
        page("not mine", "jr_1_attempt_1"),
      ],
    });
    expect(await tailRunLogs(logs, run, patience())).toEqual(["one", "two"]);
  });
});

it("an object that is gone between two looks at it has no digest", async () => {
  const { s3 } = await scriptedAws({
    HEAD: [{ status: 200, headers: { etag: '"e"' } }],
    GET: [{ status: 404 }],
  });
  expect(await objectSha256(s3, { name: "b" }, "k", patience())).toBeUndefined();
});

it("a query without a pace of its own ends too", async () => {
  const { athena } = await scriptedAws({
    GetQueryExecution: [
      { QueryExecution: { Status: { State: "QUEUED" } } },
      {
        QueryExecution: {
          Status: { State: "SUCCEEDED" },
          Statistics: { DataScannedInBytes: 7, EngineExecutionTimeInMillis: 9 },
        },
      },
    ],
  });
  const options = { ...patience(), timeout: 60_000, onState: () => undefined };
  expect(await waitForQuery(athena, "q", options)).toEqual({
    id: "q",
    state: "SUCCEEDED",
    reason: undefined,
    scannedBytes: 7,
    engineMilliseconds: 9,
  });
});

it("a definition's bookmarks and libraries are seen", async () => {
  const given = { "--job-bookmark-option": "job-bookmark-enable", "--extra-py-files": "s3://b/l.zip" };
  const { glue } = await scriptedAws({ GetJobs: [{ Jobs: [{ Name: "a", DefaultArguments: given }] }] });
  expect(await listJobDefinitions(glue)).toMatchObject([
    { name: "a", bookmarks: true, hasExtraPyFiles: true },
  ]);
});
