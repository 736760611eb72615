import { describe, expect, it } from "vitest";
import type { Check } from "../../../src/e2e/check.ts";
import { checkActiveRuns } from "../../../src/e2e/checks/active-runs.ts";
import { checkCatalog } from "../../../src/e2e/checks/catalog.ts";
import { checkGlue } from "../../../src/e2e/checks/glue.ts";
import { checkPermissions } from "../../../src/e2e/checks/permissions.ts";
import { checkRelease } from "../../../src/e2e/checks/release.ts";
import { checkStorage } from "../../../src/e2e/checks/storage.ts";
import type { StepRun } from "../../../src/e2e/context.ts";
import type { Step } from "../../../src/manifest/manifest.ts";
import { refused, refusedByS3, type Script } from "../../aws/scripted.ts";
import { scriptedRun, wholeIntent } from "../scripted-run.ts";
import { crawl, denied, found, missing, query, runSilver, upload } from "./support.ts";

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
