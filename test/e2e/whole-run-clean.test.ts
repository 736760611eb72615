import { describe, expect, it } from "vitest";
import { missing } from "./checks/support.ts";
import { awaited, listing } from "./remembering-run.ts";
import { errorsOf, phasesOf, scriptedE2e } from "./scripted-e2e.ts";

describe("a run that cleans", () => {
  const steps = [awaited("a", [], { pattern: "landing/*.json" })];
  const clean = [{ bucket: "b", prefix: "landing/", line: 3 }];
  const confirmed = { skipClean: false, confirmClean: "dev" };
  const script = {
    GetBucketVersioning: ["<VersioningConfiguration/>"],
    ListObjectsV2: [listing("landing/old"), listing("landing/x.json")],
    POST: ["<DeleteResult/>"],
  } as const;

  it("does so under the lock and before its steps, and has it on record before they begin", async () => {
    const run = await scriptedE2e(script, { steps, clean }, confirmed);
    expect(phasesOf(run)).toEqual(["preflight passed", "clean passed", "run passed"]);
    expect(run.result).toMatchObject({
      result: "passed",
      clean: { locations: [{ state: "cleaned", objects: 1 }] },
      progress: { done: 2, total: 2 },
    });
    expect(run.puts[0]).toHaveProperty("released");
    expect(run.puts[1]).toMatchObject({ clean: run.result.clean, steps: {} });
    expect(
      run.events.map(({ code, message, group = "-" }) => `${code} ${message} ${group}`).slice(2, 5),
    ).toEqual([
      "e2e.phase clean start",
      "e2e.cleaned s3://b/landing/: 1 object deleted, 4 bytes -",
      "e2e.phase clean end",
    ]);
  });

  it("goes on after warnings alone", async () => {
    const silver = {
      key: "silver",
      job: "silver-dev",
      script: "jobs/silver.py",
      glueVersion: "5.0",
      pythonVersion: undefined,
      extraPyFiles: [],
      line: 7,
    };
    const run = await scriptedE2e(
      {
        ...script,
        ResetJobBookmark: [missing],
        GetJob: [{ Job: { Name: "silver-dev" } }],
        GetJobRuns: [{}],
        BatchGetJobs: [{ Jobs: [{ Name: "silver-dev" }] }],
      },
      { steps, clean, bookmarks: ["silver"] },
      { ...confirmed, jobs: [silver] },
    );
    expect(run.result).toMatchObject({
      result: "passed",
      problems: [{ severity: "warning", code: "no-bookmark", facts: { job: "silver-dev" } }],
    });
    expect(phasesOf(run)).toEqual(["preflight passed", "clean passed", "run passed"]);
  });

  it("runs no step after a cleaning that failed, and does not take it for done the next time", async () => {
    const left =
      "<DeleteResult><Error><Key>landing/old</Key><Code>AccessDenied</Code></Error></DeleteResult>";
    const run = await scriptedE2e(
      { ...script, POST: ["<DeleteResult/>", left] },
      { steps, clean },
      confirmed,
    );
    expect(phasesOf(run)).toEqual(["preflight passed", "clean failed", "run skipped"]);
    expect(errorsOf(run)).toEqual(["clean-incomplete"]);
    expect(run.result.clean.locations).toMatchObject([{ state: "failed" }]);
    expect(run.puts.map((put) => put["clean"])).toEqual([undefined, undefined, undefined]);
  });

  it("never empties a whole bucket that isn't allowed, whoever asks", async () => {
    const whole = [{ bucket: "b", prefix: "", line: 3 }];
    const run = await scriptedE2e(script, { steps, clean: whole }, confirmed);
    expect(phasesOf(run)).toEqual(["preflight passed", "clean failed", "run skipped"]);
    expect(errorsOf(run)).toEqual(["internal-error"]);
    expect(run.seen).not.toContain("ListObjectsV2");
  });

  it("does nothing where the manifest cleans nothing", async () => {
    const run = await scriptedE2e({ ListObjectsV2: [listing("landing/x.json")] }, { steps }, confirmed);
    expect(phasesOf(run)).toEqual(["preflight passed", "run passed"]);
  });

  it("that is cancelled while it cleans runs no step, and cleans again the next time", async () => {
    const abort = new AbortController();
    const run = await scriptedE2e(
      script,
      { steps, clean },
      {
        ...confirmed,
        signal: abort.signal,
        progress: ({ code }) => code === "e2e.cleaned" && abort.abort(),
      },
    );
    expect(phasesOf(run)).toEqual(["preflight passed", "clean cancelled", "run skipped"]);
    expect(run.result.result).toBe("cancelled");
    expect(run.puts.map((put) => put["clean"])).toEqual([undefined, undefined, undefined]);
  });

  it("goes on with the cleaning of an earlier attempt, and takes nothing away from what that made", async () => {
    const failed = await scriptedE2e(
      { ...script, ListObjectsV2: [listing()] },
      { steps, clean },
      {
        ...confirmed,
        runInfo: { runId: "7", attempt: 1 },
      },
    );
    expect(failed.result.result).toBe("timed-out");
    const state = failed.puts.findLast((put) => "fingerprint" in put);
    const again = await scriptedE2e(
      {
        ...script,
        GET: [{ status: 200, headers: { etag: '"e"' }, body: JSON.stringify(state) }, { status: 404 }],
        ListObjectsV2: [listing("landing/x.json")],
      },
      { steps, clean },
      { ...confirmed, runInfo: { runId: "7", attempt: 2 }, resume: "auto" },
    );
    expect(again.result).toMatchObject({
      result: "passed",
      pickedUpFrom: { attempt: 1, startedAt: failed.result.startedAt },
      clean: failed.result.clean,
    });
    expect(phasesOf(again)).toEqual(["preflight passed", "clean passed", "run passed"]);
    expect(again.seen).not.toContain("POST");
    expect(again.puts.findLast((put) => "fingerprint" in put)).toMatchObject({
      attempt: 2,
      steps: { a: { tries: 2 } },
    });
  });
});
