import { describe, expect, it } from "vitest";
import type { Check } from "../../src/e2e/check.ts";
import { checkActiveRuns } from "../../src/e2e/checks/active-runs.ts";
import { checkCatalog } from "../../src/e2e/checks/catalog.ts";
import { checkGlue } from "../../src/e2e/checks/glue.ts";
import { checkPermissions } from "../../src/e2e/checks/permissions.ts";
import { checkRelease } from "../../src/e2e/checks/release.ts";
import { checkStorage } from "../../src/e2e/checks/storage.ts";
import { cleanEnvironment, untouched } from "../../src/e2e/clean.ts";
import type { StepRun } from "../../src/e2e/context.ts";
import type { Step } from "../../src/manifest/manifest.ts";
import { refused, refusedByS3, type Script } from "../aws/scripted.ts";
import { scriptedRun, stepBase, wholeIntent } from "./scripted-run.ts";

const denied = refused("AccessDeniedException");
const missing = refused("EntityNotFoundException");
const runSilver: Step = { ...stepBase, kind: "run", job: "silver", arguments: {} };
const crawl: Step = { ...stepBase, kind: "crawler", crawler: "c" };
const query: Step = {
  ...stepBase,
  kind: "query",
  sql: "SELECT 1",
  expectation: { value: undefined, rows: 1, minRows: undefined, columns: undefined, tolerance: undefined },
};
const upload: Step = {
  ...stepBase,
  kind: "upload",
  file: "in.json",
  bucket: "b",
  objectKey: "landing/in.json",
};

/** Severity, code and step of what a check finds for one step. */
async function found(
  check: Check,
  step: Step | undefined,
  script: Script,
  intent = {},
  more: Partial<StepRun> = {},
) {
  const run = await scriptedRun(script);
  const e2e = { ...run.e2e, steps: step === undefined ? [] : [step], ...more.e2e };
  const problems = await check({ ...run, ...more, e2e }, { ...wholeIntent, ...intent });
  return problems.map(
    ({ severity, code, step: key, location }) => `${severity} ${code} ${key ?? "-"} ${location?.line ?? "-"}`,
  );
}

describe("runs that somebody else has under way", () => {
  const running = { GetJobRuns: [{ JobRuns: [{ Id: "jr_9", JobRunState: "RUNNING" }] }] } as const;

  it.each([
    ["an error before a bookmark is reset", {}, {}, ["error job-active - -"]],
    ["a warning where nothing is cleaned", { skipClean: true }, {}, ["warning job-active step 9"]],
    [
      "none where an earlier attempt of this run started them",
      { skipClean: true },
      { memory: { cleaned: undefined, of: () => ({ note: { kind: "run", runId: "jr_9" } }) } as never },
      [],
    ],
    [
      "told apart from those whose id an earlier attempt didn't note",
      { skipClean: true },
      { memory: { cleaned: undefined, of: () => ({ note: { kind: "run" } }) } as never },
      ["warning job-active step 9"],
    ],
    [
      "a warning where it was cleaned before",
      {},
      { memory: { cleaned: {}, of: () => undefined } as never },
      ["warning job-active step 9"],
    ],
    ["none of jobs that the manifest doesn't know", {}, { jobs: new Map() }, []],
  ])("are %s", async (_, intent, more, expected) => {
    expect(await found(checkActiveRuns, runSilver, running, intent, more)).toEqual(expected);
  });

  it("are an error before the step's own data is cleaned", async () => {
    const { e2e } = await scriptedRun({});
    const steps = { e2e: { ...e2e, bookmarks: [], steps: [runSilver] } };
    expect(await found(checkActiveRuns, runSilver, running, {}, steps)).toEqual(["error job-active step 9"]);
  });

  it.each([
    [
      "can't be followed without the permission",
      runSilver,
      { skipClean: true },
      denied,
      ["error not-allowed step 9"],
    ],
    ["need not be seen for a bookmark", undefined, {}, denied, ["warning not-allowed - -"]],
    ["are none of a job that isn't there", runSilver, {}, missing, []],
  ])("%s", async (_, step, intent, answer, expected) => {
    expect(await found(checkActiveRuns, step, { GetJobRuns: [answer] }, intent)).toEqual(expected);
  });

  it("can't be judged by a broken answer", async () => {
    await expect(
      found(checkActiveRuns, runSilver, { GetJobRuns: [refused("InvalidInputException")] }),
    ).rejects.toThrow("InvalidInput");
  });
});

describe("jobs and crawlers", () => {
  const job = { BatchGetJobs: [{ Jobs: [{ Name: "silver-dev" }] }] } as const;

  it.each<[string, Step, Script, object, string[]]>([
    ["that are there are none", runSilver, job, {}, []],
    [
      "that the manifest doesn't know are unknown",
      { ...runSilver, job: "gold" },
      job,
      {},
      ["error job-unknown step 9"],
    ],
    [
      "that are missing are named by the manifest's line",
      runSilver,
      { BatchGetJobs: [{ JobsNotFound: ["silver-dev"] }], ListJobs: [{ JobNames: ["silver-prod"] }] },
      { skipClean: true },
      ["error job-missing step 7"],
    ],
    [
      "that nobody may look at are a warning",
      crawl,
      { ...job, GetCrawler: [denied] },
      {},
      ["warning check-not-allowed step 9"],
    ],
    [
      "that crawl beside what is cleaned are a warning",
      crawl,
      {
        ...job,
        GetCrawler: [
          {
            Crawler: {
              State: "READY",
              Targets: {
                S3Targets: [
                  { Path: "s3://b/other" },
                  { Path: "s3://b/landing/x" },
                  { Path: "s3://b" },
                  { Path: "s3://else/x/" },
                ],
              },
            },
          },
        ],
      },
      {},
      ["warning clean-misses-crawled step 9"],
    ],
    [
      "that crawl anything are fine where nothing is cleaned",
      crawl,
      { ...job, GetCrawler: [{ Crawler: { Targets: { S3Targets: [{ Path: "s3://b/other" }] } } }] },
      { skipClean: true },
      [],
    ],
    [
      "that don't crawl are missing",
      crawl,
      { ...job, GetCrawler: [missing], ListCrawlers: [denied] },
      {},
      ["error crawler-missing step 9"],
    ],
  ])("%s", async (_, step, script, intent, expected) => {
    expect(await found(checkGlue, step, script, intent)).toEqual(expected);
  });

  it("can't be judged by a broken answer", async () => {
    await expect(
      found(checkGlue, crawl, { ...job, GetCrawler: [refused("InvalidInputException")] }),
    ).rejects.toThrow("InvalidInput");
  });
});

describe("the release that was asked for", () => {
  const release = (scripts: readonly [string, string][]) => ({
    releases: {
      find: () => Promise.resolve({ id: "r1", commit: "c", kind: "deploy", scripts: new Map(scripts) }),
    } as never,
  });
  const live = {
    BatchGetJobs: [{ Jobs: [{ Name: "silver-dev", Command: { ScriptLocation: "s3://s/new.py" } }] }],
  } as const;

  it.each<[string, object, Partial<StepRun>, string[]]>([
    ["is none where none was asked for", { expectRelease: "" }, {}, []],
    ["may be missing", { expectRelease: "r1" }, {}, ["error release-missing - -"]],
    ["is what the job runs", { expectRelease: "r1" }, release([["silver-dev", "s3://s/new.py"]]), []],
    [
      "is not what the job runs",
      { expectRelease: "r1" },
      release([["silver-dev", "s3://s/old.py"]]),
      ["error release-mismatch step 9"],
    ],
    ["doesn't know the job", { expectRelease: "r1" }, release([]), ["error release-mismatch step 9"]],
    [
      "can't be of a job that the manifest doesn't know",
      { expectRelease: "r1" },
      { ...release([]), jobs: new Map() },
      [],
    ],
  ])("%s", async (_, intent, more, expected) => {
    expect(await found(checkRelease, runSilver, live, intent, more)).toEqual(expected);
  });
});

it.each<[string, Step | undefined, Script, string[]]>([
  [
    "catalog and workgroup that are there",
    query,
    {
      GetDatabase: [{}],
      GetWorkGroup: [
        { WorkGroup: { Configuration: { ResultConfiguration: { OutputLocation: "s3://r/" } } } },
      ],
    },
    [],
  ],
  [
    "both missing",
    query,
    {
      GetDatabase: [missing],
      GetDatabases: [{}],
      GetWorkGroup: [refused("InvalidRequestException")],
      ListWorkGroups: [denied],
    },
    ["error database-missing - -", "error workgroup-missing - -"],
  ],
  [
    "both unseen",
    query,
    { GetDatabase: [denied], GetWorkGroup: [denied] },
    ["warning check-not-allowed - -", "warning check-not-allowed - -"],
  ],
  [
    "a disabled workgroup without a place for results",
    query,
    { GetDatabase: [{}], GetWorkGroup: [{ WorkGroup: { State: "DISABLED" } }] },
    ["error workgroup-disabled - -", "error no-query-output - -"],
  ],
  ["no query at all", undefined, {}, []],
])("of the catalog: %s", async (_, step, script, expected) => {
  expect(await found(checkCatalog, step, script)).toEqual(expected);
});

it.each<[string, Script, string[]]>([
  ["there", { HEAD: [{ status: 200 }] }, []],
  [
    "missing",
    { HEAD: [{ status: 404 }], GET: ["<ListAllMyBucketsResult/>"] },
    ["error bucket-missing step 9"],
  ],
  ["unseen", { HEAD: [{ status: 403 }] }, ["warning check-not-allowed step 9"]],
])("a bucket that is %s", async (_, script, expected) => {
  expect(await found(checkStorage, upload, script)).toEqual(expected);
});

it("a bucket that only clean is about stands at its line, and Athena's at none", async () => {
  const script = { HEAD: [{ status: 404 }], GET: ["<ListAllMyBucketsResult/>"] } as const;
  expect(await found(checkStorage, undefined, script)).toEqual(["error bucket-missing - 3"]);
  const { e2e } = await scriptedRun({});
  const results = {
    e2e: {
      ...e2e,
      clean: [],
      steps: [query],
      athena: { database: "d", workgroup: "w", output: "s3://r/x/" },
    },
  };
  expect(await found(checkStorage, query, script, {}, results)).toEqual(["error bucket-missing - -"]);
});

describe("permissions", () => {
  const versioning = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  const s3Denied = refusedByS3("AccessDenied", 403);

  it.each<[string, Script, string[]]>([
    [
      "all there",
      {
        PUT: [refusedByS3("PreconditionFailed", 412)],
        GetBucketVersioning: [versioning],
        POST: ["<DeleteResult/>"],
        ResetJobBookmark: [missing],
      },
      [],
    ],
    [
      "all missing",
      { PUT: [s3Denied], GetBucketVersioning: [s3Denied], ResetJobBookmark: [denied] },
      ["error not-allowed step 9", "error not-allowed - 3", "error not-allowed - -"],
    ],
    [
      "missing for a key alone",
      {
        PUT: [refusedByS3("NoSuchKey", 404)],
        GetBucketVersioning: ["<VersioningConfiguration/>"],
        POST: ["<DeleteResult><Error><Key>x</Key><Code>AccessDenied</Code></Error></DeleteResult>"],
        ResetJobBookmark: [{}],
      },
      ["error not-allowed - 3"],
    ],
  ])("%s", async (_, script, expected) => {
    expect(await found(checkPermissions, upload, script)).toEqual(expected);
  });
});

describe("cleaning", () => {
  const listing =
    "<ListBucketResult><Contents><Key>landing/a</Key><Size>3</Size></Contents></ListBucketResult>";
  const s3 = { GetBucketVersioning: ["<VersioningConfiguration/>"], ListObjectsV2: [listing] } as const;

  it("tells what it deleted and reset", async () => {
    const run = await scriptedRun({ ...s3, POST: ["<DeleteResult/>"], ResetJobBookmark: [{}] });
    expect(await cleanEnvironment(run, "dev")).toEqual({
      clean: {
        locations: [{ uri: "s3://b/landing/", state: "cleaned", objects: 1, markers: 0, bytes: 3 }],
        bookmarks: [{ jobKey: "silver", job: "silver-dev", state: "reset" }],
      },
      problems: [],
    });
    expect(run.events.map(({ message }) => message)).toEqual([
      "s3://b/landing/: 1 objects deleted, 3 bytes",
      "bookmark of silver-dev: reset",
    ]);
  });

  it("counts delete markers too, and finds nothing where nothing is", async () => {
    const versions =
      "<ListVersionsResult><DeleteMarker><Key>landing/a</Key></DeleteMarker></ListVersionsResult>";
    const marked = await scriptedRun({
      GetBucketVersioning: ["<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"],
      ListObjectVersions: [versions],
      POST: ["<DeleteResult/>"],
      ResetJobBookmark: [missing],
      GetJob: [{ Job: { Name: "silver-dev" } }],
    });
    expect(await cleanEnvironment(marked, "dev")).toMatchObject({
      clean: { locations: [{ state: "cleaned", markers: 1 }], bookmarks: [{ state: "none" }] },
      problems: [{ severity: "warning", code: "no-bookmark" }],
    });
    expect(marked.events[0]?.message).toBe(
      "s3://b/landing/: 0 objects and 1 delete markers deleted, 0 bytes",
    );
    const empty = await scriptedRun({
      ...s3,
      ListObjectsV2: ["<ListBucketResult/>"],
      ResetJobBookmark: [{}],
    });
    expect((await cleanEnvironment(empty, "dev")).clean.locations).toMatchObject([{ state: "empty" }]);
  });

  it("goes on with the rest after what fails, and fails for it", async () => {
    const left = "<DeleteResult><Error><Key>landing/a</Key><Code>AccessDenied</Code></Error></DeleteResult>";
    const some = await scriptedRun({ ...s3, POST: [left], ResetJobBookmark: [denied] });
    const outcome = await cleanEnvironment(some, "dev");
    expect(outcome.problems.map(({ code }) => code)).toEqual(["clean-incomplete", "aws-access-denied"]);
    expect(outcome.clean).toMatchObject({
      locations: [{ state: "failed", objects: 0, error: expect.stringContaining("could not be deleted") }],
      bookmarks: [{ state: "failed" }],
    });
    expect(some.events[0]?.message).toMatch(/, 1 could not be deleted$/);
    const none = await scriptedRun({
      GetBucketVersioning: [refusedByS3("AccessDenied", 403)],
      ResetJobBookmark: [missing],
      GetJob: [missing],
    });
    expect((await cleanEnvironment(none, "dev")).problems.map(({ code }) => code)).toEqual([
      "aws-access-denied",
      "job-missing",
    ]);
  });

  it("touches nothing unconfirmed, a whole bucket that isn't allowed, or once the run is cancelled", async () => {
    const run = await scriptedRun({});
    await expect(cleanEnvironment(run, "prod")).rejects.toThrow("clean was not confirmed");
    const whole = { ...run, e2e: { ...run.e2e, clean: [{ bucket: "b", prefix: "", line: 1 }] } };
    await expect(cleanEnvironment(whole, "dev")).rejects.toThrow("may not be emptied as a whole");
    const cancelled = { ...run, signal: AbortSignal.abort() };
    const { clean, problems } = await cleanEnvironment(cancelled, "dev");
    expect({ clean, problems }).toEqual({ clean: untouched(run), problems: [] });
    expect(untouched({ ...run, jobs: new Map() }).bookmarks).toEqual([
      { jobKey: "silver", job: "silver", state: "not-reached" },
    ]);
    expect(run.seen).toEqual([]);
  });

  it("that is cancelled on its way was not reached", async () => {
    const abort = new AbortController();
    const run = await scriptedRun(
      { ...s3, POST: ["<DeleteResult/>"], ResetJobBookmark: [denied] },
      { signal: abort.signal, progress: () => abort.abort() },
    );
    expect((await cleanEnvironment(run, "dev")).clean.bookmarks).toMatchObject([{ state: "not-reached" }]);
  });
});

describe("what a check says", () => {
  const wanted = { expectRelease: "r1" };
  const release = (scripts: readonly [string, string][]) =>
    ({ releases: { find: () => Promise.resolve({ id: "r1", scripts: new Map(scripts) }) } }) as never;
  const active = {
    GetJobRuns: [
      {
        JobRuns: [
          { Id: "jr_8", JobRunState: "SUCCEEDED" },
          { Id: "jr_9", JobRunState: "WAITING" },
        ],
      },
    ],
  } as const;
  const live = (Command: object) =>
    ({ BatchGetJobs: [{ Jobs: [{ Name: "silver-dev", Command }] }] }) as const;
  const noBuckets =
    "<ListAllMyBucketsResult><Buckets><Bucket><Name>c</Name></Bucket></Buckets></ListAllMyBucketsResult>";
  const denials = {
    PUT: [refusedByS3("AccessDenied", 403)],
    GetBucketVersioning: [refusedByS3("AccessDenied", 403)],
    ResetJobBookmark: [denied],
  } as const;

  it.each<[string, Check, Step | undefined, Script, object, Partial<StepRun>, object[]]>([
    [
      "of an active run",
      checkActiveRuns,
      runSilver,
      active,
      { skipClean: true },
      {},
      [{ job: "silver-dev", run: "jr_9", state: "WAITING" }],
    ],
    [
      "of runs that may not be seen",
      checkActiveRuns,
      runSilver,
      { GetJobRuns: [denied] },
      { skipClean: true },
      {},
      [{ action: "glue:GetJobRuns", resource: "job silver-dev" }],
    ],
    [
      "of an unknown job",
      checkGlue,
      { ...runSilver, job: "sliver" },
      live({}),
      { skipClean: true },
      {},
      [{ job: "sliver", nearest: "silver" }],
    ],
    [
      "of a missing job",
      checkGlue,
      runSilver,
      { BatchGetJobs: [{ JobsNotFound: ["silver-dev"] }], ListJobs: [{ JobNames: ["silver-dve"] }] },
      {},
      {},
      [{ job: "silver-dev", nearest: "silver-dve" }],
    ],
    [
      "of a missing crawler",
      checkGlue,
      crawl,
      { GetCrawler: [missing], ListCrawlers: [{ CrawlerNames: ["cc"] }] },
      { skipClean: true },
      {},
      [{ crawler: "c", nearest: "cc" }],
    ],
    [
      "of a crawler that may not be seen",
      checkGlue,
      crawl,
      { GetCrawler: [denied] },
      { skipClean: true },
      {},
      [{ resource: "crawler c" }],
    ],
    [
      "of a missing release",
      checkRelease,
      runSilver,
      {},
      wanted,
      {},
      [{ release: "r1", environment: "dev" }],
    ],
    [
      "of another script",
      checkRelease,
      runSilver,
      live({ ScriptLocation: "s3://s/n.py" }),
      wanted,
      release([["silver-dev", "s3://s/o.py"]]),
      [{ job: "silver-dev", release: "r1", location: "s3://s/n.py", expected: "s3://s/o.py" }],
    ],
    [
      "of no script at all",
      checkRelease,
      runSilver,
      live({}),
      wanted,
      release([]),
      [{ job: "silver-dev", release: "r1", location: "–", expected: "–" }],
    ],
    [
      "of a missing bucket",
      checkStorage,
      upload,
      { HEAD: [{ status: 404 }], GET: [noBuckets] },
      {},
      {},
      [{ bucket: "b", nearest: "c" }],
    ],
    [
      "of a bucket that may not be seen",
      checkStorage,
      upload,
      { HEAD: [{ status: 403 }] },
      {},
      {},
      [{ resource: "bucket b" }],
    ],
    [
      "of missing rights",
      checkPermissions,
      upload,
      denials,
      {},
      {},
      [
        { action: "s3:PutObject", resource: "s3://b/landing/in.json" },
        { action: "s3:GetBucketVersioning", resource: "s3://b/landing/" },
        { action: "glue:ResetJobBookmark", resource: "*" },
      ],
    ],
    ["of rights that nothing needs", checkPermissions, undefined, denials, { skipClean: true }, {}, []],
    [
      "of a missing catalog",
      checkCatalog,
      query,
      {
        GetDatabase: [missing],
        GetDatabases: [{ DatabaseList: [{ Name: "dd" }] }],
        GetWorkGroup: [refused("InvalidRequestException")],
        ListWorkGroups: [{ WorkGroups: [{ Name: "ww" }] }],
      },
      {},
      {},
      [
        { database: "d", nearest: "dd" },
        { workgroup: "w", nearest: "ww" },
      ],
    ],
    [
      "of an unseen catalog",
      checkCatalog,
      query,
      { GetDatabase: [denied], GetWorkGroup: [denied] },
      {},
      {},
      [{ resource: "database d" }, { resource: "workgroup w" }],
    ],
    [
      "of a workgroup that can't be used",
      checkCatalog,
      query,
      { GetDatabase: [{}], GetWorkGroup: [{ WorkGroup: { State: "DISABLED" } }] },
      {},
      {},
      [{ workgroup: "w" }, { workgroup: "w" }],
    ],
  ])("%s are its facts", async (_, check, step, script, intent, more, facts) => {
    const run = await scriptedRun(script);
    const e2e = { ...run.e2e, steps: step === undefined ? [] : [step] };
    const problems = await check({ ...run, ...more, e2e }, { ...wholeIntent, ...intent });
    expect(problems.map((problem) => problem.facts)).toEqual(facts);
  });
});
