import { createHash } from "node:crypto";
import {
  type QueryEnd,
  type QueryRequest,
  type QueryRows,
  queryState,
  readRows,
  startQuery,
  stopQuery,
  waitForQuery,
} from "../../aws/athena.ts";
import { within } from "../../base/deadline.ts";
import { internalError } from "../../base/errors.ts";
import { plainText } from "../../base/plain-text.ts";
import type { QueryStep } from "../../manifest/manifest.ts";
import { aftermath, stopStarted } from "../aftermath.ts";
import { blameCrawl } from "../blame-crawl.ts";
import { knownProblem } from "../causes.ts";
import { endedBy, type Outcome, paceOf, type StepRun } from "../context.ts";
import { compareRows, describeExpectation } from "../expectation.ts";
import { explainQuery } from "../explain-query.ts";
import type { Problem, QueryDetails } from "../result.ts";

const sampleSize = 10;
const countAtLeast = 10_000;
const longestCell = 200;

/** Runs a query and compares its rows with what the step expects. */
export async function queryStep(step: QueryStep, run: StepRun): Promise<Outcome<QueryDetails>> {
  const { athena } = run.e2e;
  if (athena === undefined) throw internalError(`query ${step.key} has no Athena settings`);
  let id: string | undefined;
  let running = false;
  let details: QueryDetails = { sql: step.sql, expected: describeExpectation(step.expectation), actual: [] };
  try {
    const earlier = await earlierQuery(run);
    id = earlier?.failed === false ? earlier.id : undefined;
    if (id === undefined) {
      await run.note({ kind: "query" });
      // The token makes a start that is sent again, by this process or a later one, the same query.
      const token = tokenOf(step, run, earlier?.id);
      id = await start({ ...athena, sql: step.sql, token }, run);
      run.noteLater({ kind: "query", id });
    }
    running = true;
    details = { ...details, id };
    const end = await waitForQuery(run.clients.athena, id, {
      timeout: run.deadline - run.clock.now(),
      clock: run.clock,
      signal: run.signal,
      ...paceOf(run),
      onState: (state) => run.report(state),
    });
    running = false;
    details = { ...details, state: end.state, scannedBytes: end.scannedBytes };
    if (end.state !== "SUCCEEDED") return failedQuery(end, details, run.before);
    if (details.expected.length === 0) return { details, state: "passed", problems: [] };
    const { rows, minRows } = step.expectation;
    const countUpTo = Math.max(countAtLeast, (rows ?? 0) + 1, (minRows ?? 0) + 1);
    return judge(step, await readRows(run.clients.athena, id, { ...run, sampleSize, countUpTo }), details);
  } catch (thrown) {
    const ended = endedBy(thrown, details, run);
    const alive = running ? id : undefined;
    const stopped = alive === undefined ? [] : await stopOwnQuery(alive, run);
    return { ...ended, problems: [...ended.problems, ...stopped] };
  }
}

/** Not cancelled with the run, but not without a limit: what was started must be known, so that it can be stopped. */
function start(query: QueryRequest, run: StepRun): Promise<string> {
  run.signal.throwIfAborted();
  const limit = { what: "the start of the query", milliseconds: run.deadline - run.clock.now() + aftermath };
  return within(run.clock, limit, (signal) => startQuery(run.clients.athena, query, signal));
}

function stopOwnQuery(id: string, run: StepRun): Promise<readonly Problem[]> {
  const command = `aws athena stop-query-execution --query-execution-id ${id}`;
  return stopStarted(run, { what: `query ${id}`, command }, (signal) =>
    stopQuery(run.clients.athena, id, signal),
  );
}

/** A query that an earlier attempt of the workflow run started, and whether it has failed meanwhile. */
async function earlierQuery(
  run: StepRun,
): Promise<{ readonly id: string; readonly failed: boolean } | undefined> {
  const id = run.earlier?.kind === "query" ? run.earlier.id : undefined;
  if (id === undefined) return undefined;
  const state = await queryState(run.clients.athena, id, run);
  return { id, failed: state === "FAILED" || state === "CANCELLED" };
}

function failedQuery(end: QueryEnd, details: QueryDetails, before: StepRun["before"]): Outcome<QueryDetails> {
  const problem = blameCrawl(explainQuery(end), before);
  const actual = [plainText(end.reason ?? "no reason given")];
  return { details: { ...details, actual }, state: "failed", problems: [problem] };
}

function judge(step: QueryStep, rows: QueryRows, before: QueryDetails): Outcome<QueryDetails> {
  const differences = compareRows(step.expectation, rows);
  const details: QueryDetails = {
    ...before,
    columns: [...rows.columns],
    rows: rows.count,
    more: !rows.complete,
    sample: rows.sample.map((row) =>
      row.map((cell) => (cell === null ? null : plainText(cell, longestCell))),
    ),
    actual: differences.map(({ actual }) => actual),
  };
  if (differences.length === 0) return { details, state: "passed", problems: [] };
  const facts = {
    expected: differences.map(({ expected }) => expected).join(", "),
    actual: differences.map(({ actual }) => actual).join(", "),
  };
  return { details, state: "failed", problems: [knownProblem("expectation-failed", facts)] };
}

/** The same for a repeated call of this start of the step, another one for the next start and the next run. */
function tokenOf(step: QueryStep, run: StepRun, failed = ""): string {
  const parts = [run.runId, run.memory.startedAt, run.tries, step.key, failed, step.sql];
  return createHash("sha256").update(parts.join("\n")).digest("hex");
}
