import { describe, expect, it } from "vitest";
import { queryStep } from "../../../src/e2e/steps/query.ts";
import { refused } from "../../aws/scripted.ts";
import { scriptedRun, stepBase } from "../scripted-run.ts";

const denied = refused("AccessDeniedException");

describe("a query step", () => {
  const step = {
    ...stepBase,
    kind: "query",
    sql: "SELECT 1",
    expectation: { value: undefined, rows: 1, minRows: undefined, columns: undefined, tolerance: undefined },
  } as const;
  const ended = (State: string, more: object = {}) => ({ QueryExecution: { Status: { State, ...more } } });
  const rows = (...cells: readonly object[]) => ({
    ResultSet: {
      ResultSetMetadata: { ColumnInfo: [{ Name: "n" }] },
      Rows: cells.map((cell) => ({ Data: [cell] })),
    },
  });

  it("passes with the rows it expects, and says what they were", async () => {
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("RUNNING"), ended("SUCCEEDED")],
      GetQueryResults: [rows({ VarCharValue: "n" }, {})],
    });
    expect(await queryStep(step, run)).toEqual({
      details: {
        sql: "SELECT 1",
        id: "q1",
        state: "SUCCEEDED",
        scannedBytes: 0,
        columns: ["n"],
        rows: 1,
        more: false,
        sample: [[null]],
        expected: ["rows = 1"],
        actual: [],
      },
      state: "passed",
      problems: [],
    });
    expect(run.notes).toEqual([{ kind: "query" }, { kind: "query", id: "q1" }]);
    expect(run.states).toEqual(["RUNNING", "SUCCEEDED"]);
  });

  it("passes with no rows to look at where the statement only has to succeed", async () => {
    const expectation = { ...step.expectation, rows: undefined };
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("SUCCEEDED")],
    });
    const sql = "MSCK REPAIR TABLE cars";
    expect(await queryStep({ ...step, sql, expectation }, run)).toMatchObject({
      state: "passed",
      details: { sql, state: "SUCCEEDED", expected: [] },
    });
    expect(run.seen).not.toContain("GetQueryResults");
  });

  it("fails where they differ", async () => {
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("SUCCEEDED")],
      GetQueryResults: [rows()],
    });
    expect(await queryStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "expectation-failed" }],
      details: { rows: 0 },
    });
  });

  it("fails with Athena's reason, or without one", async () => {
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("FAILED", { StateChangeReason: "TABLE_NOT_FOUND: x" })],
    });
    expect(await queryStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "query-no-table" }],
      details: { actual: ["TABLE_NOT_FOUND: x"] },
    });
    const mute = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("CANCELLED")],
    });
    expect(await queryStep(step, mute)).toMatchObject({
      problems: [{ code: "query-cancelled" }],
      details: { actual: ["no reason given"] },
    });
  });

  it("stops its query when its time is up, and says so where it can't", async () => {
    const script = {
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("RUNNING")],
    } as const;
    const run = await scriptedRun({ ...script, StopQueryExecution: [{}] });
    expect(await queryStep(step, run)).toMatchObject({
      state: "timed-out",
      problems: [{ code: "wait-timed-out" }],
    });
    expect(run.seen.at(-1)).toBe("StopQueryExecution");
    const mute = await scriptedRun({ ...script, StopQueryExecution: [denied] });
    expect((await queryStep(step, mute)).problems.map(({ code }) => code)).toEqual([
      "wait-timed-out",
      "left-running",
    ]);
  });

  it("stops nothing that it couldn't start", async () => {
    const run = await scriptedRun({ StartQueryExecution: [denied] });
    expect(await queryStep(step, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "aws-access-denied" }],
    });
    expect(run.seen).toEqual(["StartQueryExecution"]);
  });

  it.each([
    ["RUNNING", 0],
    ["FAILED", 1],
    ["CANCELLED", 1],
  ])("that an earlier attempt started and that is %s is started %d times more", async (state, starts) => {
    const earlier = { kind: "query", id: "q0" } as const;
    const run = await scriptedRun(
      {
        StartQueryExecution: [{ QueryExecutionId: "q1" }],
        GetQueryExecution: [ended(state), ended("SUCCEEDED")],
        GetQueryResults: [rows({ VarCharValue: "n" }, {})],
      },
      { earlier },
    );
    expect(await queryStep(step, run)).toMatchObject({
      state: "passed",
      details: { id: starts === 0 ? "q0" : "q1" },
    });
    expect(run.seen.filter((name) => name === "StartQueryExecution")).toHaveLength(starts);
  });

  it("asks for its own SQL on the pipeline's database, under a token that no other start has", async () => {
    const script = {
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("FAILED")],
    } as const;
    const start = async (more: object = {}) => {
      const run = await scriptedRun(script, more);
      await queryStep(step, run);
      return JSON.parse(run.sent[0]?.body ?? "") as Record<string, unknown>;
    };
    const first = await start();
    expect(first).toMatchObject({
      QueryString: "SELECT 1",
      WorkGroup: "w",
      QueryExecutionContext: { Database: "d" },
      ClientRequestToken: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const token = async (more: object) => (await start(more))["ClientRequestToken"];
    expect(await token({})).toBe(first["ClientRequestToken"]);
    for (const more of [{ tries: 2 }, { runId: "2" }])
      expect(await token(more)).not.toBe(first["ClientRequestToken"]);
  });

  it("counts as far as its expectation needs, and says all that differs", async () => {
    const many = {
      ...step,
      expectation: { ...step.expectation, rows: undefined, minRows: 2, columns: ["x"] },
    };
    const run = await scriptedRun({
      StartQueryExecution: [{ QueryExecutionId: "q1" }],
      GetQueryExecution: [ended("SUCCEEDED")],
      GetQueryResults: [rows({ VarCharValue: "n" }, { VarCharValue: "7" })],
    });
    const outcome = await queryStep(many, run);
    expect(outcome.details).toMatchObject({
      sample: [["7"]],
      actual: [expect.anything(), expect.anything()],
    });
    expect(outcome.problems[0]?.facts).toMatchObject({
      expected: expect.stringContaining(", "),
      actual: expect.stringContaining(", "),
    });
  });

  it("is a defect without Athena's settings", async () => {
    const run = await scriptedRun({});
    await expect(queryStep(step, { ...run, e2e: { ...run.e2e, athena: undefined } })).rejects.toMatchObject({
      code: "internal-error",
    });
  });
});
