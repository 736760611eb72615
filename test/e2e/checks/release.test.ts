import { describe, expect, it } from "vitest";
import { checkCatalog } from "../../../src/e2e/checks/catalog.ts";
import { checkRelease } from "../../../src/e2e/checks/release.ts";
import { checkStorage } from "../../../src/e2e/checks/storage.ts";
import type { StepRun } from "../../../src/e2e/context.ts";
import type { Step } from "../../../src/manifest/manifest.ts";
import { refused, type Script } from "../../aws/scripted.ts";
import { denied, found, missing, query, runSilver, upload } from "./support.ts";

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
