import { describe, expect, it } from "vitest";
import { checkClean } from "../../src/e2e/checks/clean.ts";
import { cleanEnvironment, untouched } from "../../src/e2e/clean.ts";
import { previewClean } from "../../src/e2e/clean-preview.ts";
import type { CleanTarget } from "../../src/manifest/manifest.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import { query, runSilver } from "./checks/support.ts";
import { scriptedRun, wholeIntent } from "./scripted-run.ts";

const at = (bucket: string, prefix: string): CleanTarget => ({ bucket, prefix, line: 3 });

describe("the guard of clean", () => {
  it.each([
    ["the scripts' prefix", at("scripts", "p/"), "s3://scripts/p/"],
    ["what holds it", at("scripts", ""), "s3://scripts/p/"],
    ["the run records below it", at("scripts", "p/_runs/dev/"), "s3://scripts/p/"],
  ])("deletes nothing at all where one target is %s", async (_, target, area) => {
    const run = await scriptedRun({});
    const clean = [at("b", "landing/"), target];
    const guarded = { ...run, e2e: { ...run.e2e, clean, allowWholeBucket: ["scripts"] } };
    expect(await cleanEnvironment(guarded, "dev")).toMatchObject({
      clean: untouched(guarded),
      problems: [{ severity: "error", code: "clean-refused", facts: { area }, location: { line: 3 } }],
    });
    expect(run.seen).toEqual([]);
  });

  it("knows what the manifest knows of other environments, and leaves a neighbour's prefix alone", async () => {
    const run = await scriptedRun({});
    const protectedAreas = [
      { bucket: "lake", prefix: "prod/", what: "data of environment prod", environment: "prod" },
    ];
    const check = (target: CleanTarget) =>
      checkClean(
        { ...run, manifest: { ...run.manifest, protectedAreas }, e2e: { ...run.e2e, clean: [target] } },
        wholeIntent,
      );
    expect(await check(at("lake", "prod/cars/"))).toMatchObject([
      { facts: { what: "data of environment prod" } },
    ]);
    expect(await check(at("lake", "product/"))).toEqual([]);
    expect(await check(at("other", "prod/"))).toEqual([]);
  });

  it.each([
    ["the script", at("old", "jobs/"), "the script of job silver-dev"],
    ["a library", at("old", "libs/"), "a library of job silver-dev"],
  ])("knows where the live jobs have %s", async (_, target, what) => {
    const run = await scriptedRun({
      BatchGetJobs: [
        {
          Jobs: [
            {
              Name: "silver-dev",
              Command: { ScriptLocation: "s3://old/jobs/silver.py" },
              DefaultArguments: { "--extra-py-files": "s3://x/a.zip, s3://old/libs/b.zip" },
            },
          ],
        },
      ],
    });
    const e2e = { ...run.e2e, clean: [target], steps: [runSilver] };
    expect(await checkClean({ ...run, e2e }, wholeIntent)).toMatchObject([
      { code: "clean-refused", facts: { what } },
    ]);
  });

  it.each([
    ["manifest", "s3://r/q/", undefined],
    ["workgroup", undefined, "s3://r/q/"],
  ])("knows where the %s puts the results of queries", async (_, output, OutputLocation) => {
    const group = { WorkGroup: { Name: "w", Configuration: { ResultConfiguration: { OutputLocation } } } };
    const run = await scriptedRun({ GetWorkGroup: [group] });
    const athena = { database: "d", workgroup: "w", output };
    const e2e = { ...run.e2e, athena, clean: [at("r", "q/x/")], steps: [query] };
    expect(await checkClean({ ...run, e2e }, wholeIntent)).toMatchObject([{ code: "clean-refused" }]);
  });

  it("has nothing to say of a run that does not clean", async () => {
    const run = await scriptedRun({});
    const e2e = { ...run.e2e, clean: [at("scripts", "p/")] };
    expect(await checkClean({ ...run, e2e }, { ...wholeIntent, skipClean: true })).toEqual([]);
  });
});

describe("the preview of clean", () => {
  it("counts objects and bytes per prefix, and touches nothing", async () => {
    const listing =
      "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>landing/a+b</Key><Size>3</Size></Contents></ListBucketResult>";
    const run = await scriptedRun({
      GetBucketVersioning: ["<VersioningConfiguration/>"],
      ListObjectsV2: [listing],
    });
    expect(await previewClean(run)).toEqual({
      locations: [{ uri: "s3://b/landing/", state: "not-reached", objects: 1, markers: 0, bytes: 3 }],
      bookmarks: [{ jobKey: "silver", job: "silver-dev", state: "not-reached" }],
    });
    expect(run.events).toMatchObject([
      { message: "s3://b/landing/: cleaning would delete 1 object, 3 bytes" },
    ]);
    expect(run.seen).toEqual(["GetBucketVersioning", "ListObjectsV2"]);
  });

  it("says what it may not see", async () => {
    const run = await scriptedRun({ GetBucketVersioning: [refusedByS3("AccessDenied", 403)] });
    expect((await previewClean(run)).locations).toMatchObject([
      { state: "not-reached", objects: 0, error: expect.stringContaining("denied") },
    ]);
  });
});
