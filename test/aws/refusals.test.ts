import { describe, expect, it } from "vitest";
import { stopCrawl } from "../../src/aws/crawlers.ts";
import { bucketExists, databaseExists, describeWorkgroup, namesOf } from "../../src/aws/existence.ts";
import { tailCrawlLog, tailRunLogs } from "../../src/aws/logs.ts";
import { putIfAbsent, putIfMatch, putOnce } from "../../src/aws/objects.ts";
import { deletePrefix } from "../../src/aws/prefixes.ts";
import { putInput } from "../../src/aws/put-input.ts";
import { stopRun } from "../../src/aws/runs.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { refused, refusedByS3, type Scripted, scriptedAws } from "./scripted.ts";

const bucket = { name: "bucket", owner: "000000000000" };
const patience = () => ({ clock: fakeClock(), signal: new AbortController().signal });
const { signal } = patience();
const object = { key: "k", bytes: new TextEncoder().encode("abc") };
const denied = refused("AccessDeniedException");

describe("a refusal", () => {
  it.each([
    ["AccessDeniedException", "unknown"],
    ["EntityNotFoundException", "missing"],
  ])("of a look at a database, %s, means %s", async (code, existence) => {
    const { glue } = await scriptedAws({ GetDatabase: [refused(code)] });
    expect(await databaseExists(glue, "d", signal)).toBe(existence);
  });

  it("of another kind is an error that names the call", async () => {
    const { glue, s3 } = await scriptedAws({
      GetDatabase: [refused("InvalidInputException")],
      HEAD: [{ status: 301 }],
    });
    await expect(databaseExists(glue, "d", signal)).rejects.toThrow(
      /InvalidInputException \(glue GetDatabase on database d\)/,
    );
    await expect(bucketExists(s3, { name: "b" }, signal)).rejects.toThrow(/s3 HeadBucket on s3:\/\/b/);
  });

  it.each<[Scripted, object]>([
    [refused("InvalidRequestException"), { existence: "missing" }],
    [denied, { existence: "unknown" }],
    [{}, { existence: "there", enabled: true, hasOutput: false }],
    [
      {
        WorkGroup: {
          State: "DISABLED",
          Configuration: { ManagedQueryResultsConfiguration: { Enabled: true } },
        },
      },
      { enabled: false, hasOutput: true },
    ],
    [
      { WorkGroup: { Configuration: { ResultConfiguration: { OutputLocation: "s3://r/" } } } },
      { enabled: true, hasOutput: true },
    ],
  ])("or %j is what is known of a workgroup", async (answer, expected) => {
    const { athena } = await scriptedAws({ GetWorkGroup: [answer] });
    expect(await describeWorkgroup(athena, "w", signal)).toMatchObject(expected);
  });

  it("of a list takes only the suggestion away", async () => {
    const clients = await scriptedAws({
      GET: [
        "<ListAllMyBucketsResult><Buckets><Bucket></Bucket><Bucket><Name>a</Name></Bucket></Buckets></ListAllMyBucketsResult>",
      ],
      ListJobs: [{ JobNames: ["a"], NextToken: "2" }, { NextToken: "" }],
      ListCrawlers: [denied],
      GetDatabases: [{ DatabaseList: [{}, { Name: "d" }] }],
      ListWorkGroups: [{}],
    });
    const kinds = ["bucket", "job", "crawler", "database", "workgroup"] as const;
    expect(await Promise.all(kinds.map((kind) => namesOf(kind, clients, signal)))).toEqual([
      ["", "a"],
      ["a"],
      [],
      ["d"],
      [],
    ]);
  });

  it.each([
    ["PreconditionFailed", 412],
    ["ConditionalRequestConflict", 409],
  ])("of a conditional write, %s, means that somebody else was faster", async (code, status) => {
    const { s3 } = await scriptedAws({ PUT: [refusedByS3(code, status)] });
    expect(await putIfMatch(s3, bucket, object, '"e"')).toBeUndefined();
    expect(await putIfAbsent(s3, bucket, object)).toBeUndefined();
  });

  it("of any other write is an error", async () => {
    const { s3 } = await scriptedAws({ PUT: [refusedByS3("AccessDenied", 403)] });
    const writes = [
      () => putIfMatch(s3, bucket, object, '"e"'),
      () => putIfAbsent(s3, bucket, object),
      () => putOnce(s3, bucket, object, patience()),
    ];
    for (const write of writes) await expect(write()).rejects.toMatchObject({ code: "aws-access-denied" });
  });

  it("of a write-once by a race is tried again", async () => {
    const { s3, seen } = await scriptedAws({
      PUT: [refusedByS3("ConditionalRequestConflict", 409), { status: 200, headers: { etag: '"e"' } }],
    });
    expect(await putOnce(s3, bucket, object, patience())).toBe("created");
    expect(seen).toHaveLength(2);
  });

  it("of an object that vanished after it was written is said", async () => {
    const { s3 } = await scriptedAws({
      PUT: [{ status: 200, headers: { etag: '"e"' } }],
      HEAD: [{ status: 404 }],
    });
    await expect(
      putInput(s3, bucket, { ...object, contentType: "text/plain", metadata: { a: "b" } }, signal),
    ).rejects.toMatchObject({ code: "upload-vanished" });
  });

  it("of a listing below no folder, or of a key outside it, deletes nothing", async () => {
    const { s3, seen } = await scriptedAws({
      GetBucketVersioning: ["<VersioningConfiguration/>"],
      ListObjectsV2: ["<ListBucketResult><Contents><Key>other</Key></Contents></ListBucketResult>"],
    });
    await expect(deletePrefix(s3, { bucket, prefix: "p" }, signal)).rejects.toMatchObject({
      code: "internal-error",
    });
    await expect(deletePrefix(s3, { bucket, prefix: "p/" }, signal)).rejects.toThrow(/it is outside p\//);
    expect(seen).not.toContain("POST");
  });

  it.each([
    [
      { Errors: [{ ErrorDetail: { ErrorMessage: "too late" } }] },
      { JobRun: { JobRunState: "RUNNING" } },
      /too late/,
    ],
    [{ Errors: [{ ErrorDetail: { ErrorCode: "E1" } }] }, { JobRun: { JobRunState: "STOPPING" } }, /E1/],
    [{ Errors: [{ ErrorDetail: {} }] }, denied, /no reason given/],
  ])("of a stop, %j, is told while the run may go on", async (answer, run, message) => {
    const { glue } = await scriptedAws({ BatchStopJobRun: [answer], GetJobRun: [run] });
    await expect(stopRun(glue, "a", "jr_1")).rejects.toThrow(message);
  });

  it.each<[Scripted]>([[{ JobRun: { JobRunState: "STOPPED" } }], [refused("EntityNotFoundException")]])(
    "of a stop is none for a run that has ended: %j",
    async (run) => {
      const { glue } = await scriptedAws({
        BatchStopJobRun: [{ Errors: [{ ErrorDetail: { ErrorMessage: "too late" } }] }],
        GetJobRun: [run],
      });
      await expect(stopRun(glue, "a", "jr_1")).resolves.toBeUndefined();
    },
  );

  it("of a crawler's stop is none where it has stopped", async () => {
    const { glue } = await scriptedAws({ StopCrawler: [refused("CrawlerNotRunningException"), denied] });
    await expect(stopCrawl(glue, "c")).resolves.toBeUndefined();
    await expect(stopCrawl(glue, "c")).rejects.toMatchObject({ code: "aws-access-denied" });
  });

  it("of a read of logs is an error, but for a group that isn't there", async () => {
    const { logs } = await scriptedAws({
      FilterLogEvents: [refused("ResourceNotFoundException"), { events: [{}, { message: "b\n" }] }, denied],
    });
    const crawlLog = { group: "g", stream: "s", startedOn: new Date(5_000) };
    expect(await tailCrawlLog(logs, crawlLog, patience())).toEqual([]);
    expect(await tailCrawlLog(logs, { ...crawlLog, startedOn: undefined }, patience())).toEqual(["", "b"]);
    const run = {
      runId: "jr_1",
      command: "glueetl",
      glueVersion: undefined,
      arguments: {},
      securityConfiguration: undefined,
      role: undefined,
      startedOn: undefined,
      completedOn: new Date(1),
    };
    await expect(tailRunLogs(logs, run, patience())).rejects.toMatchObject({ code: "aws-access-denied" });
  });
});
