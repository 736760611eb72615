import { describe, expect, it } from "vitest";
import type { Step } from "../../src/manifest/manifest.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import { denied, query } from "./checks/support.ts";
import { awaited, listing } from "./remembering-run.ts";
import { clockWithBeats, type ScriptedE2e, scriptedE2e } from "./scripted-e2e.ts";

const written = { status: 200, headers: { etag: '"e"' } };
const taken = refusedByS3("PreconditionFailed", 412);
const lease = {
  ...written,
  body: JSON.stringify({
    version: 1,
    token: "other",
    holder: { runId: "6" },
    acquiredAt: "1970-01-01T00:00:00.000Z",
    expiresAt: "2100-01-01T00:00:00.000Z",
    released: false,
  }),
};
const there = { ListObjectsV2: [listing("a/x.json")] } as const;
const phasesOf = ({ result }: ScriptedE2e) => result.phases.map(({ name, state }) => `${name} ${state}`);
const statesOf = ({ result }: ScriptedE2e) => result.steps.map(({ key, state }) => `${key} ${state}`);
const errorsOf = ({ result }: ScriptedE2e) =>
  result.problems.filter(({ severity }) => severity === "error").map(({ code }) => code);

describe("a whole run", () => {
  const steps = [awaited("a"), awaited("b", [], { pattern: "a/*.json" })];

  it("holds the lock as long as it runs, and keeps its state and the record of a green run", async () => {
    const run = await scriptedE2e(there, { steps }, { runInfo: { runId: "7", attempt: 2 } });
    expect(run.result).toMatchObject({
      result: "passed",
      run: { runId: "7", attempt: 2 },
      startedAt: "1970-01-01T00:00:01.000Z",
      comparison: { steps: [] },
    });
    expect(phasesOf(run)).toEqual(["preflight passed", "run passed"]);
    const [first, ...others] = run.puts;
    expect(first).toMatchObject({ holder: { runId: "7", attempt: 2 }, released: false });
    expect(others.slice(-3)).toMatchObject([
      { runId: "7", attempt: 2, result: "passed", steps: { a: { tries: 1 }, b: { tries: 1 } } },
      { released: true },
      { version: 1, run: { runId: "7", steps: [{ key: "a" }, { key: "b" }] } },
    ]);
    expect(run.events.filter(({ code }) => code === "e2e.phase").map(({ message }) => message)).toEqual([
      "preflight",
      "preflight",
    ]);
  });

  it("asks for the bucket of the manifest's account alone, where that is named", async () => {
    const environment = { name: "dev", region: "us-east-1", account: "1" };
    const { sent } = await scriptedE2e(there, { steps }, {}, { environment });
    const owners = sent.flatMap(({ operation, headers }) =>
      operation === "STS" ? [] : [headers["x-amz-expected-bucket-owner"]],
    );
    expect(new Set(owners)).toEqual(new Set(["1"]));
  });

  it.each<[string, object, string]>([
    ["two hours where nothing else is said", {}, "2h 0m"],
    ["the time that it is given", { timeout: 30_000 }, "30s"],
  ])("has %s", async (_, options, limit) => {
    const pace = { firstMilliseconds: 3_000_000, maxMilliseconds: 3_000_000, factor: 1, jitter: 0 };
    const late = [awaited("a", [], { timeout: 100_000_000 })];
    const run = await scriptedE2e({ ListObjectsV2: [listing()] }, { steps: late }, { pace, ...options });
    expect(run.result).toMatchObject({ result: "timed-out", failedStep: "a" });
    expect(run.result.problems[0]?.facts["limit"]).toBe(limit);
  });

  it("does what lies between two steps", async () => {
    const chain = [awaited("a"), awaited("b", ["a"], { pattern: "a/*" }), awaited("c", ["b"])];
    const run = await scriptedE2e(there, { steps: chain }, { fromStep: "b", untilStep: "b" });
    expect(statesOf(run)).toEqual(["a not-selected", "b passed", "c not-selected"]);
    expect(run.result.result).toBe("passed");
  });

  it.each<[string, readonly Step[] | undefined, object, object]>([
    ["no steps", [], {}, { code: "e2e-missing", location: { path: "glue-pipeline.yml" } }],
    ["no e2e part", undefined, {}, { code: "e2e-missing" }],
    ["a need that is no step", [awaited("a", ["z"])], {}, { code: "unknown-need" }],
    ["a step that isn't there", [awaited("a")], { fromStep: "z" }, { code: "unknown-step" }],
  ])("is refused with %s", async (_, given, options, error) => {
    const manifest = given === undefined ? { e2e: undefined } : {};
    await expect(scriptedE2e({}, { steps: given ?? [] }, options, manifest)).rejects.toMatchObject(error);
  });

  it("that has nothing to run says what is missing", async () => {
    await expect(scriptedE2e({}, {})).rejects.toThrow("glue-pipeline.yml has no e2e part with steps");
  });
});

describe("a run that may not begin", () => {
  const steps = [awaited("a"), awaited("b", ["a"])];

  it("for an error of its preflight touches nothing, and tells warnings after errors", async () => {
    const run = await scriptedE2e(
      { HEAD: [{ status: 404 }], GetDatabase: [denied], GetWorkGroup: [denied], GET: [{ status: 404 }] },
      { steps: [...steps, query], athena: { database: "d", workgroup: "w", output: "s3://b/q/" } },
      { untilStep: "a" },
    );
    expect(phasesOf(run)).toEqual(["preflight failed", "run skipped"]);
    expect(statesOf(run)).toEqual(["a skipped", "b not-selected", "step not-selected"]);
    expect(errorsOf(run)).toContain("bucket-missing");
    expect(run.puts).toEqual([]);
    expect(run.result).toMatchObject({
      result: "failed",
      steps: [{ needs: [], blockedBy: [] }, { needs: ["a"] }, {}],
    });
  });

  it("for another run's lock is failed in its preflight, and leaves that lock alone", async () => {
    const run = await scriptedE2e({ ...there, PUT: [taken], GET: [lease] }, { steps });
    expect(phasesOf(run)).toEqual(["preflight failed", "run skipped"]);
    expect(run.result.problems).toMatchObject([
      { code: "e2e-locked", message: expect.stringContaining("(s3://scripts/p/_runs/dev/lock.json)") },
    ]);
    expect(run.seen).not.toContain("ListObjectsV2");
    expect(run.puts.every(({ released }) => released === false)).toBe(true);
  });

  it("for what an earlier attempt left and can't be read does nothing a second time", async () => {
    const script = { ...there, GET: [refusedByS3("AccessDenied", 403)] } as const;
    const options = { runInfo: { runId: "7", attempt: 2 }, resume: "auto" } as const;
    const run = await scriptedE2e(script, { steps }, options);
    expect(errorsOf(run)).toEqual(["aws-access-denied"]);
    expect(phasesOf(run)).toEqual(["preflight failed", "run skipped"]);
    expect(run.puts).toEqual([]);
    const anew = await scriptedE2e(script, { steps: [awaited("a")] }, { ...options, resume: "never" });
    expect(anew.result.result).toBe("passed");
  });

  it("for being cancelled in its preflight is cancelled, without a comparison", async () => {
    const abort = new AbortController();
    const run = await scriptedE2e(there, { steps }, { signal: abort.signal, progress: () => abort.abort() });
    expect(phasesOf(run)).toEqual(["preflight cancelled", "run skipped"]);
    expect(run.result).toMatchObject({ result: "cancelled", problems: [] });
    expect(run.result.comparison).toBeUndefined();
    expect(run.puts).toEqual([]);
  });
});

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
        GET: [{ ...written, body: JSON.stringify(state) }, { status: 404 }],
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

describe("a run whose lock is lost", () => {
  it("stops, and is failed for it", async () => {
    const steps = [awaited("a", [], { timeout: 3_000_000 }), awaited("b", ["a"])];
    const run = await scriptedE2e(
      { ListObjectsV2: [listing()], PUT: [written, taken], GET: [lease] },
      { steps },
      { clock: clockWithBeats(1), timeout: 4_000_000 },
    );
    expect(statesOf(run)).toEqual(["a cancelled", "b skipped"]);
    expect(errorsOf(run)).toContain("e2e-lock-lost");
    expect(run.result.result).toBe("failed");
  });
});
