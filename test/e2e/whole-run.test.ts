import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Step } from "../../src/manifest/manifest.ts";
import { preconditionFailed, written } from "../aws/answers.ts";
import { refusedByS3, type Script } from "../aws/scripted.ts";
import { awaited, listing } from "./remembering-run.ts";
import { errorsOf, phasesOf, scriptedE2e, statesOf } from "./scripted-e2e.ts";

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
    expect(run.seen.filter((name) => name === "GET")).toHaveLength(1);
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
    [
      "no steps",
      [],
      {},
      {
        code: "e2e-missing",
        source: "user",
        remedy: "Describe the end-to-end run under e2e.steps.",
        location: { path: "glue-pipeline.yml" },
      },
    ],
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

  it("for an error of its preflight touches nothing", async () => {
    const run = await scriptedE2e({ HEAD: [{ status: 404 }] }, { steps }, { untilStep: "a" });
    expect(phasesOf(run)).toEqual(["preflight failed", "run skipped"]);
    expect(statesOf(run)).toEqual(["a skipped", "b not-selected"]);
    expect(errorsOf(run)).toEqual(["bucket-missing"]);
    expect(run.puts).toEqual([]);
    expect(run.result).toMatchObject({
      result: "failed",
      steps: [
        { needs: [], blockedBy: [], timeline: [] },
        { needs: ["a"], blockedBy: [], timeline: [] },
      ],
    });
  });

  it.each<[string, Script, string[]]>([
    [
      "errors before warnings",
      {},
      ["error bucket-missing", "error bucket-missing", "warning clean-misses-output"],
    ],
    [
      "in spite of a check that could not be made",
      { STS: [refusedByS3("AccessDenied", 403)] },
      ["error aws-access-denied", "error bucket-missing", "error bucket-missing"],
    ],
  ])("is told of all that its preflight found, %s", async (_, script, problems) => {
    const run = await scriptedE2e(
      { HEAD: [{ status: 404 }], ...script },
      { steps: [awaited("a")], clean: [{ bucket: "c", prefix: "landing/", line: 3 }] },
      { skipClean: false, confirmClean: "dev" },
    );
    expect(run.result.problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(problems);
  });

  it("for a release that isn't there says so", async () => {
    const run = await scriptedE2e({ ListObjectsV2: [listing()] }, { steps }, { expectRelease: "current" });
    expect(errorsOf(run)).toEqual(["release-missing"]);
  });

  it("for another run's lock is failed in its preflight, and leaves that lock alone", async () => {
    const run = await scriptedE2e({ ...there, PUT: [preconditionFailed], GET: [lease] }, { steps });
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

describe("a run whose lock is lost", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  it("stops, and is failed for it", async () => {
    const steps = [awaited("a", [], { timeout: 3_000_000 }), awaited("b", ["a"])];
    const run = await scriptedE2e(
      { ListObjectsV2: [listing()], PUT: [written, preconditionFailed], GET: [lease] },
      { steps },
      {
        timeout: 4_000_000,
        progress: ({ message }) => message.endsWith("a: MISSING") && vi.advanceTimersByTime(60_000),
      },
    );
    expect(statesOf(run)).toEqual(["a cancelled", "b skipped"]);
    expect(errorsOf(run)).toContain("e2e-lock-lost");
    expect(run.result.result).toBe("failed");
  });
});
