import { describe, expect, it } from "vitest";
import { ToolkitError, ToolkitErrors } from "../../src/base/errors.ts";
import type { ProgressEvent } from "../../src/base/progress.ts";
import { explainQuery } from "../../src/e2e/explain-query.ts";
import { problemsOf } from "../../src/e2e/problem.ts";
import { readLog } from "../../src/e2e/read-log.ts";

describe("anything thrown", () => {
  const error = (more: object) =>
    new ToolkitError({ code: "c", message: "m", remedy: "r", source: "user", ...more });

  it("is a problem of its step, at its place", () => {
    expect(problemsOf(error({ location: { path: "a.yml", line: 3, key: "jobs" } }), "silver")).toStrictEqual([
      {
        severity: "error",
        code: "c",
        step: "silver",
        message: "m",
        remedy: "r",
        facts: {},
        location: { path: "a.yml", line: 3, key: "jobs" },
      },
    ]);
    expect(problemsOf(error({ location: { path: "a.yml" } }))[0]?.location).toStrictEqual({ path: "a.yml" });
    const placeless = { severity: "error", code: "c", message: "m", remedy: "r", facts: {} };
    expect(problemsOf(error({}))).toStrictEqual([placeless]);
  });

  it("is as many problems as it holds errors", () => {
    expect(
      problemsOf(new ToolkitErrors("x", [error({}), error({ code: "d" })])).map(({ code }) => code),
    ).toEqual(["c", "d"]);
  });

  it("is a defect of the toolkit where it is no error of its own, and tells no secret", () => {
    expect(problemsOf(new Error("password=hunter2"))).toMatchObject([
      {
        severity: "error",
        code: "internal-error",
        message: expect.not.stringContaining("hunter2"),
        remedy: expect.stringContaining("report it"),
      },
    ]);
  });
});

it.each([
  ["FAILED", "PERMISSION_DENIED: no", "query-access-denied"],
  ["FAILED", "TABLE_NOT_FOUND: x", "query-no-table"],
  ["FAILED", "COLUMN_NOT_FOUND: x", "query-no-column"],
  ["FAILED", undefined, "query-failed"],
  ["CANCELLED", "TABLE_NOT_FOUND", "query-cancelled"],
])("a query that ended %s with %j is %s", (state, reason, code) => {
  const end = { id: "q", state, reason, scannedBytes: 0, engineMilliseconds: 0 };
  expect(explainQuery(end)).toMatchObject({ code, facts: { state, error: reason ?? "no reason given" } });
});

it("a log that can't be read is a warning, unless the run is being cancelled", async () => {
  const events: ProgressEvent[] = [];
  const read = (signal: AbortSignal) =>
    readLog({ signal, progress: (event) => events.push(event) }, "jr_1", () =>
      Promise.reject(new Error("denied")),
    );
  expect(await read(AbortSignal.abort())).toEqual({ lines: [], shown: {} });
  expect(events).toEqual([]);
  await read(new AbortController().signal);
  expect(events).toEqual([
    { code: "e2e.no-log", level: "warning", message: "the log of jr_1 can't be read: denied" },
  ]);
});

it("a log is shown by its telling lines and its last 300, each cut", async () => {
  const context = { signal: new AbortController().signal, progress: () => undefined };
  const lines = Array.from({ length: 301 }, (_, index) => `${index} ${"x".repeat(500)}`);
  const { shown, ...log } = await readLog(context, "jr_1", () => Promise.resolve(lines));
  expect(log.lines).toEqual(lines);
  expect(shown.log).toHaveLength(300);
  expect(shown.log?.[0]).toMatch(/^1 x/);
  expect(shown.log?.[0]?.length).toBeLessThan(450);
  expect(shown.excerpt).toHaveLength(40);
  expect(await readLog(context, "jr_1", () => Promise.resolve([]))).toEqual({ lines: [], shown: {} });
});
