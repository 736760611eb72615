import { describe, expect, it } from "vitest";
import type { StepResult } from "../../src/e2e/result.ts";
import { notRun, runStep } from "../../src/e2e/run-step.ts";
import type { ExpectStep, Step } from "../../src/manifest/manifest.ts";
import { crawl, denied, query, runSilver, upload } from "./checks/support.ts";
import { awaited, listing, rememberingRun } from "./remembering-run.ts";

const began = "1970-01-01T00:00:01.000Z";

describe("a step", () => {
  it("that passed is on record, in the log and in the result with when and how it went", async () => {
    const context = await rememberingRun({ ListObjectsV2: [listing(), listing("a/x.json")] });
    const { result, problems } = await runStep(awaited("a", ["z"]), context, []);
    expect(result).toStrictEqual({
      key: "a",
      kind: "expect",
      needs: ["z"],
      state: "passed",
      blockedBy: [],
      startedAt: began,
      endedAt: "1970-01-01T00:00:02.000Z",
      milliseconds: 1_000,
      timeline: [
        { at: began, state: "MISSING" },
        { at: "1970-01-01T00:00:02.000Z", state: "FOUND" },
      ],
      details: {
        uri: "s3://b/a/*.json",
        since: "1970-01-01T00:00:00.000Z",
        found: { uri: "s3://b/a/x.json", bytes: 4, lastModified: "2025-11-05T10:00:00.000Z" },
      },
    });
    expect(problems).toEqual([]);
    expect(context.kept.steps).toEqual({ a: { startedAt: began, tries: 1, result } });
    expect(context.messages()).toEqual([
      "[1.0s] a: MISSING",
      "[2.0s] a: FOUND",
      "start a: passed in 1.0s",
      `${began} MISSING`,
      "1970-01-01T00:00:02.000Z FOUND",
      "s3://b/a/x.json",
      "end a: passed in 1.0s",
    ]);
  });

  it.each<[string, Partial<ExpectStep>, object, string]>([
    ["what its kind takes where the manifest says nothing", {}, { deadline: 3_600_000 }, "5m 0s"],
    ["what the manifest says", { timeout: 20_000 }, {}, "20s"],
    ["what is left of the whole run", { timeout: 90_000 }, {}, "1m 0s"],
  ])("has no more time than %s", async (_, step, more, limit) => {
    const context = await rememberingRun({ ListObjectsV2: [listing()] }, { more });
    const { result, problems } = await runStep(awaited("a", [], step), context, []);
    expect(result.state).toBe("timed-out");
    expect(problems).toMatchObject([{ code: "object-not-found", step: "a", facts: { limit } }]);
    expect(context.messages().at(-1)).toMatch(/^end a: timed-out in .*: no object matching/);
  });

  it.each<[Step, object]>([
    [upload, { file: "in.json" }],
    [awaited("step"), { uri: "s3://b/step/*.json" }],
    [crawl, { crawler: "c" }],
    [runSilver, { job: "silver-dev", jobKey: "silver", attempts: [] }],
    [query, { sql: "SELECT 1" }],
  ])("of each kind fails as its own kind, with what is known of it: $kind", async (step, details) => {
    const { result, problems } = await runStep(
      step,
      await rememberingRun({ StartQueryExecution: [denied] }),
      [],
    );
    expect(result).toMatchObject({ key: "step", kind: step.kind, state: "failed", details });
    expect(problems).toMatchObject([{ severity: "error", step: "step" }]);
  });

  it("is failed by a defect of the toolkit too, and then no longer under way", async () => {
    const context = await rememberingRun({});
    const { result, problems } = await runStep({ ...runSilver, job: "gold" }, context, []);
    expect(result).toMatchObject({ kind: "run", state: "failed" });
    expect(result.details).toBeUndefined();
    expect(problems).toMatchObject([{ step: "step", code: "internal-error" }]);
    expect(context.underWay.count).toBe(0);
  });

  it("counts as under way as long as it is", async () => {
    const counts: number[] = [];
    const underWay = { count: 3 };
    const progress = () => void counts.push(underWay.count);
    await runStep(
      awaited("a"),
      await rememberingRun({ ListObjectsV2: [listing("a/x.json")] }, { more: { underWay, progress } }),
      [],
    );
    expect(counts[0]).toBe(4);
    expect(underWay.count).toBe(3);
  });

  it("that an earlier attempt began is followed as that one left it, from when it began", async () => {
    const note = { kind: "query", id: "q-1" } as const;
    const earlier = { step: { startedAt: "1970-01-01T00:00:00.500Z", tries: 2, note } };
    const context = await rememberingRun(
      {
        GetQueryExecution: [{ QueryExecution: { Status: { State: "SUCCEEDED" } } }],
        GetQueryResults: [{ ResultSet: { Rows: [] } }],
      },
      { state: { steps: earlier } },
    );
    const { result } = await runStep(query, context, []);
    expect(context.seen).not.toContain("StartQueryExecution");
    expect(result).toMatchObject({ pickedUp: "reattached", startedAt: "1970-01-01T00:00:00.500Z" });
    expect(result.milliseconds).toBe(500);
    expect(context.kept.steps["step"]?.tries).toBe(2);
  });

  it("that an earlier attempt began without a note is begun anew, and counted", async () => {
    const state = { steps: { a: { startedAt: "1970-01-01T00:00:00.500Z", tries: 2 } } };
    const context = await rememberingRun({ ListObjectsV2: [listing("a/x.json")] }, { state });
    const { result } = await runStep(awaited("a"), context, []);
    expect(result.startedAt).toBe(began);
    expect(result).not.toHaveProperty("pickedUp");
    expect(context.kept.steps["a"]?.tries).toBe(3);
  });

  it("that passed in an earlier attempt is kept, with the needs that it has now", async () => {
    const result: StepResult = { ...notRun(awaited("a", ["old"]), "skipped"), state: "passed" };
    const context = await rememberingRun(
      {},
      { state: { steps: { a: { startedAt: began, tries: 1, result } } } },
    );
    expect(await runStep(awaited("a", ["new"]), context, [])).toEqual({
      result: { ...result, needs: ["new"], pickedUp: "kept" },
      problems: [],
    });
    expect(context.messages()).toEqual(["[1.0s] a: kept, it passed in an earlier attempt"]);
    expect(context.seen).toEqual([]);
  });

  it("tells the state of a service in one line of the log, whatever it holds, cut", async () => {
    const StateDetail = ` no\n::error::forged  ${"x".repeat(900)}`;
    const context = await rememberingRun({
      GetJob: [{ Job: { Name: "silver-dev" } }],
      GetJobRuns: [{}],
      StartJobRun: [{ JobRunId: "jr_1" }],
      GetJobRun: [{ JobRun: { Id: "jr_1", JobRunState: "SUCCEEDED", StateDetail } }],
    });
    const { result } = await runStep(runSilver, context, []);
    const [told] = result.timeline;
    expect(told?.state).toMatch(/^SUCCEEDED: no ::error::forged x+/);
    expect(told?.state.length).toBeLessThan(600);
    expect(context.messages()).toContain(`[1.0s] step: ${told?.state}`);
  });

  it("has its notes on record, what must not be done twice before it is done", async () => {
    const context = await rememberingRun({
      GetJob: [{ Job: { Name: "silver-dev" } }],
      GetJobRuns: [{}],
      StartJobRun: [{ JobRunId: "jr_1" }],
      GetJobRun: [{ JobRun: { Id: "jr_1", JobRunState: "SUCCEEDED" } }],
    });
    await runStep(runSilver, context, []);
    expect(context.seen.slice(0, 4)).toEqual(["GetJob", "GetJobRuns", "PUT", "StartJobRun"]);
    expect(context.kept.steps["step"]?.note).toEqual({ kind: "run", newestBefore: null, runId: "jr_1" });
  });
});
