import { describe, expect, it } from "vitest";
import { cleanEnvironment, untouched } from "../../src/e2e/clean.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import { denied, missing } from "./checks/support.ts";
import { scriptedRun } from "./scripted-run.ts";

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
    expect(run.events).toEqual([
      { code: "e2e.cleaned", level: "info", message: "s3://b/landing/: 1 object deleted, 3 bytes" },
      { code: "e2e.bookmark", level: "info", message: "bookmark of silver-dev: reset" },
    ]);
  });

  it("counts delete markers too, and finds nothing where nothing is", async () => {
    const versions =
      "<ListVersionsResult><Version><Key>landing/a</Key><VersionId>1</VersionId><Size>3</Size></Version><DeleteMarker><Key>landing/a</Key><VersionId>2</VersionId></DeleteMarker></ListVersionsResult>";
    const marked = await scriptedRun({
      GetBucketVersioning: ["<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"],
      ListObjectVersions: [versions],
      POST: ["<DeleteResult/>"],
      ResetJobBookmark: [missing],
      GetJob: [{ Job: { Name: "silver-dev" } }],
    });
    expect(await cleanEnvironment(marked, "dev")).toMatchObject({
      clean: { locations: [{ state: "cleaned", objects: 1, markers: 1 }], bookmarks: [{ state: "none" }] },
      problems: [
        { severity: "warning", code: "no-bookmark", message: "job silver-dev has no bookmark to reset" },
      ],
    });
    expect(marked.events[0]?.message).toBe("s3://b/landing/: 1 object and 1 delete marker deleted, 3 bytes");
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
    const refused = await cleanEnvironment(none, "dev");
    expect(refused.problems.map(({ code }) => code)).toEqual(["aws-access-denied", "job-missing"]);
    const nothing = { objects: 0, markers: 0, bytes: 0, error: expect.stringContaining("said S3") };
    expect(refused.clean.locations).toEqual([{ uri: "s3://b/landing/", state: "failed", ...nothing }]);
  });

  it("has no word to say of a missing bookmark that may be missing", async () => {
    const run = await scriptedRun({ ResetJobBookmark: [missing], GetJob: [{ Job: { Name: "silver-dev" } }] });
    const e2e = { ...run.e2e, clean: [], optionalBookmarks: new Set(["silver"]) };
    expect(await cleanEnvironment({ ...run, e2e }, "dev")).toMatchObject({
      clean: { bookmarks: [{ state: "none" }] },
      problems: [],
    });
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
