import { describe, expect, it } from "vitest";
import { jobUris } from "../../src/aws/all-jobs.ts";
import { queryState, readRows, startQuery, waitForQuery } from "../../src/aws/athena.ts";
import { getCrawler } from "../../src/aws/crawlers.ts";
import { deleteKeys } from "../../src/aws/delete-keys.ts";
import { callerIdentity } from "../../src/aws/identity.ts";
import { listJobDefinitions } from "../../src/aws/job-definitions.ts";
import { jobSchedules, jobTags } from "../../src/aws/job-surroundings.ts";
import { activeRuns, readJobs } from "../../src/aws/jobs.ts";
import { getObject, headObject, putOnce } from "../../src/aws/objects.ts";
import { deletePrefix, deletionError, listObjects } from "../../src/aws/prefixes.ts";
import { getRun, newestRuns } from "../../src/aws/runs.ts";
import { findStarted } from "../../src/aws/start-run.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { refused, scriptedAws } from "./scripted.ts";
import { quickPace } from "./support.ts";

/* The service models make every member of an answer optional; what is left out must neither throw nor pass for a value. */

const bucket = { name: "bucket", owner: "000000000000" };
const patience = () => ({ clock: fakeClock(), signal: new AbortController().signal });
const object = { key: "k", bytes: new TextEncoder().encode("abc") };
const { signal } = patience();
const denied = refused("AccessDeniedException");

describe("Glue, telling little", () => {
  it("of runs", async () => {
    const { glue } = await scriptedAws({
      GetJobRun: [{}],
      GetJobRuns: [{}, { JobRuns: [{}, { Id: "jr_1", MaxCapacity: 2, ExecutionTime: 30 }] }],
    });
    const nothing = {
      id: "",
      attempt: 0,
      state: "",
      executionSeconds: 0,
      dpuSeconds: undefined,
      arguments: {},
    };
    expect(await getRun(glue, "a", "jr_1", patience())).toMatchObject(nothing);
    expect(await newestRuns(glue, "a", patience())).toEqual([]);
    expect(await newestRuns(glue, "a", patience())).toMatchObject([nothing, { id: "jr_1", dpuSeconds: 60 }]);
    expect(await activeRuns(glue, "a", signal)).toEqual([]);
    expect(await findStarted({ glue, job: "a", arguments: {}, ...patience() }, "jr_1")).toBe("");
  });

  it("of jobs", async () => {
    const { glue } = await scriptedAws({
      GetJobs: [{ NextToken: "2" }, { Jobs: [{}], NextToken: "" }],
      BatchGetJobs: [denied],
      GetJob: [refused("EntityNotFoundException")],
      GetTags: [{}],
    });
    const seen: string[] = [];
    for await (const { name, uris } of jobUris(glue)) seen.push(`${name}|${uris.size}`);
    expect(seen).toEqual(["|0"]);
    expect(await listJobDefinitions(glue, signal)).toEqual([
      {
        name: "",
        command: "",
        scriptLocation: "",
        glueVersion: undefined,
        pythonVersion: undefined,
        mode: "SCRIPT",
        bookmarks: false,
        hasExtraPyFiles: false,
      },
    ]);
    expect(await readJobs(glue, ["a"], signal)).toEqual(new Map([["a", undefined]]));
    expect(await jobTags(glue, "arn", signal)).toEqual({});
  });

  it("of triggers", async () => {
    const scheduled = { Type: "SCHEDULED", State: "ACTIVATED" };
    const { glue } = await scriptedAws({
      GetTriggers: [
        { NextToken: "2" },
        {
          Triggers: [
            {},
            scheduled,
            { ...scheduled, Name: "nightly", Schedule: "cron(0 1 * * ? *)", Actions: [{}, { JobName: "a" }] },
            { ...scheduled, Actions: [{ JobName: "a" }] },
          ],
        },
      ],
    });
    expect([...(await jobSchedules(glue, signal))]).toEqual([["a", ["nightly cron(0 1 * * ? *)", ""]]]);
  });

  it("of crawlers", async () => {
    const { glue } = await scriptedAws({
      GetCrawler: [
        {},
        { Crawler: { State: "READY", LastCrawl: {}, Targets: { S3Targets: [{}, { Path: "s3://b/" }] } } },
      ],
    });
    expect(await getCrawler(glue, "c", patience())).toEqual({ state: "", lastCrawl: undefined, targets: [] });
    expect(await getCrawler(glue, "c", patience())).toMatchObject({
      state: "READY",
      lastCrawl: { status: "UNKNOWN" },
      targets: ["s3://b/"],
    });
  });

  it("of the caller", async () => {
    const { sts } = await scriptedAws({
      POST: ["<GetCallerIdentityResponse><GetCallerIdentityResult/></GetCallerIdentityResponse>"],
    });
    expect(await callerIdentity(sts, signal)).toEqual({ account: "", arn: "" });
  });
});

describe("Athena, telling little", () => {
  it("of a query", async () => {
    const { athena } = await scriptedAws({
      StartQueryExecution: [{}],
      GetQueryExecution: [
        {},
        { QueryExecution: { Status: { State: "FAILED", AthenaError: { ErrorMessage: "no space" } } } },
      ],
    });
    const query = {
      sql: "SELECT 1",
      database: "d",
      workgroup: "w",
      output: undefined,
      token: "t".repeat(32),
    };
    expect(await startQuery(athena, query)).toBe("");
    expect(await queryState(athena, "q", patience())).toBe("");
    const options = { ...patience(), timeout: 1_000, pace: quickPace, onState: () => undefined };
    expect(await waitForQuery(athena, "q", options)).toEqual({
      id: "q",
      state: "FAILED",
      reason: "no space",
      scannedBytes: 0,
      engineMilliseconds: 0,
    });
  });

  it("of rows: an absent value is NULL, and a first row that is no header stays", async () => {
    const columns = { ResultSetMetadata: { ColumnInfo: [{ Name: "a" }, {}] } };
    const { athena } = await scriptedAws({
      GetQueryExecution: [{}],
      GetQueryResults: [
        {},
        {
          ResultSet: {
            ...columns,
            Rows: [{}, { Data: [{ VarCharValue: "a" }, { VarCharValue: "" }] }, { Data: [{}] }],
          },
        },
      ],
    });
    const options = { ...patience(), sampleSize: 10, countUpTo: 100 };
    expect(await readRows(athena, "q", options)).toEqual({
      columns: [],
      sample: [],
      count: 0,
      complete: true,
    });
    expect(await readRows(athena, "q", options)).toMatchObject({
      columns: ["a", ""],
      sample: [
        [null, null],
        ["a", ""],
        [null, null],
      ],
      count: 3,
    });
  });
});

describe("S3, telling little", () => {
  const tagged = { status: 200, headers: { etag: '"e"', date: "" } };

  it("of an object", async () => {
    const { s3 } = await scriptedAws({ HEAD: [tagged], GET: [{ ...tagged, body: "abc" }] });
    expect(await headObject(s3, bucket, "k")).toEqual({
      size: 0,
      etag: '"e"',
      lastModified: undefined,
      sha256: undefined,
      metadata: {},
    });
    const stored = await getObject(s3, bucket, "k", { ...patience(), range: "bytes=0-2" });
    expect(stored).toMatchObject({ etag: '"e"', age: undefined });
    expect(new TextDecoder().decode(stored?.bytes)).toBe("abc");
  });

  it("of what it stored: not confirmed where its ETag is no MD5, nor by a checksum of parts", async () => {
    const parts = { status: 200, headers: { etag: '"e"', "x-amz-checksum-sha256": "AAAA-3" } };
    const { s3 } = await scriptedAws({
      PUT: [tagged, parts, { status: 200, headers: { etag: '"900150983cd24fb0d6963f7d28e17f72"' } }],
    });
    expect(await putOnce(s3, bucket, object, patience())).toBe("created");
    expect(await putOnce(s3, bucket, object, patience())).toBe("created");
    expect(await putOnce(s3, bucket, object, patience())).toBe("confirmed");
  });

  it("of a page", async () => {
    const page =
      "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>";
    const { s3 } = await scriptedAws({
      ListObjectsV2: [page, "<ListBucketResult><Contents></Contents></ListBucketResult>"],
    });
    const all = [];
    for await (const one of listObjects(s3, bucket, "", signal)) all.push(one);
    expect(all).toEqual([{ key: "", bytes: 0, lastModified: undefined, etag: "" }]);
  });

  it("of keys that it didn't delete", async () => {
    const failed =
      "<DeleteResult><Error></Error><Error><Key>p/b</Key><Code>AccessDenied</Code><Message>no</Message></Error></DeleteResult>";
    const { s3 } = await scriptedAws({
      POST: [failed],
      GetBucketVersioning: ["<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>"],
      ListObjectVersions: [
        "<ListVersionsResult><IsTruncated>true</IsTruncated><Version><Key>p/a</Key></Version><DeleteMarker><Key>p/b</Key></DeleteMarker></ListVersionsResult>",
        "<ListVersionsResult></ListVersionsResult>",
      ],
    });
    expect(await deleteKeys(s3, bucket, ["p/a", "p/b"], signal)).toEqual([
      { key: "", code: "Unknown", message: "" },
      { key: "p/b", code: "AccessDenied", message: "no" },
    ]);
    const target = { bucket, prefix: "p/" };
    const done = await deletePrefix(s3, target, signal);
    expect(done).toMatchObject({ objects: 1, markers: 0, bytes: 0, failures: 2 });
    expect(deletionError(target, done)?.message).toMatch(
      /^2 objects below s3:\/\/bucket\/p\/ could not be deleted/,
    );
  });
});
