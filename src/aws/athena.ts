import {
  type AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecution,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { type PollPace, waitFor } from "../base/wait.ts";
import { awsCall } from "./errors.ts";
import type { AwsCall } from "./facts.ts";
import { type Patience, readAgain } from "./read-again.ts";
import { sendOptions } from "./send-options.ts";

/** A cell; NULL is an absent VarCharValue. */
export type Cell = string | null;

export interface QueryRows {
  readonly columns: readonly string[];
  /** The first rows. */
  readonly sample: readonly (readonly Cell[])[];
  /** Rows in all, up to `countUpTo`. */
  readonly count: number;
  /** False when there are more rows than were counted. */
  readonly complete: boolean;
}

export interface QueryEnd {
  readonly id: string;
  /** SUCCEEDED, FAILED or CANCELLED. */
  readonly state: string;
  readonly reason: string | undefined;
  readonly scannedBytes: number;
  readonly engineMilliseconds: number;
}

export interface QueryRequest {
  readonly sql: string;
  readonly database: string;
  readonly workgroup: string;
  /** Where results go; the workgroup's own place is used without one, and wins when it is enforced. */
  readonly output: string | undefined;
  /** 32 to 128 characters: the same token never starts a second query. */
  readonly token: string;
}

/** Names the columns of a SHOW or DESCRIBE only, whose results have no header row. */
const headerlessTypes = new Set(["DDL", "UTILITY"]);
const pageSize = 1_000;

/**
 * Starts a query, with the reuse of earlier results off, and returns its id.
 * @throws ToolkitError
 */
export async function startQuery(
  athena: AthenaClient,
  query: QueryRequest,
  signal?: AbortSignal,
): Promise<string> {
  const answer = await awsCall(callOn("StartQueryExecution", `workgroup ${query.workgroup}`), () =>
    athena.send(
      new StartQueryExecutionCommand({
        QueryString: query.sql,
        ClientRequestToken: query.token,
        QueryExecutionContext: { Database: query.database },
        WorkGroup: query.workgroup,
        ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
        ...(query.output === undefined ? {} : { ResultConfiguration: { OutputLocation: query.output } }),
      }),
      sendOptions(signal),
    ),
  );
  return answer.QueryExecutionId ?? "";
}

/**
 * Waits until a query has ended, however. RUNNING may go back to QUEUED.
 * @throws ToolkitError `wait-timed-out` or `unknown-state`
 */
export async function waitForQuery(
  athena: AthenaClient,
  id: string,
  options: Patience & {
    readonly timeout: number;
    readonly pace?: PollPace;
    readonly onState: (state: string) => void;
  },
): Promise<QueryEnd> {
  const execution = await waitFor<QueryExecution>({
    what: `query ${id}`,
    read: () => getExecution(athena, id, options),
    state: ({ Status }) => Status?.State ?? "",
    pending: new Set(["QUEUED", "RUNNING"]),
    target: new Set(["SUCCEEDED", "FAILED", "CANCELLED"]),
    timeout: options.timeout,
    clock: options.clock,
    signal: options.signal,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    onState: (state) => options.onState(state),
  });
  const { Status: status, Statistics: statistics } = execution;
  return {
    id,
    state: status?.State ?? "",
    reason: status?.AthenaError?.ErrorMessage ?? status?.StateChangeReason,
    scannedBytes: statistics?.DataScannedInBytes ?? 0,
    engineMilliseconds: statistics?.EngineExecutionTimeInMillis ?? 0,
  };
}

/**
 * The rows of a query that succeeded; the header that Athena puts before a SELECT's rows is not among them.
 * @throws ToolkitError
 */
export async function readRows(
  athena: AthenaClient,
  id: string,
  options: Patience & { readonly sampleSize: number; readonly countUpTo: number },
): Promise<QueryRows> {
  const { StatementType: type = "DML" } = await getExecution(athena, id, options);
  const sample: Cell[][] = [];
  let columns: string[] = [];
  let count = 0;
  let token: string | undefined;
  let isFirst = true;
  do {
    const command = new GetQueryResultsCommand({
      QueryExecutionId: id,
      MaxResults: pageSize,
      NextToken: token,
    });
    const page = await readAgain(callOn("GetQueryResults", `query ${id}`), options, () =>
      athena.send(command, { abortSignal: options.signal }),
    );
    if (isFirst) columns = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(({ Name = "" }) => Name);
    const cells = (page.ResultSet?.Rows ?? []).map(({ Data = [] }) =>
      columns.map((_, index) => Data[index]?.VarCharValue ?? null),
    );
    const rows =
      isFirst && !headerlessTypes.has(type) && isHeader(cells[0], columns) ? cells.slice(1) : cells;
    count += rows.length;
    sample.push(...rows.slice(0, options.sampleSize - sample.length));
    token = page.NextToken;
    isFirst = false;
  } while (token !== undefined && count < options.countUpTo);
  return { columns, sample, count, complete: token === undefined };
}

/** The state of a query as it is now. @throws ToolkitError */
export async function queryState(athena: AthenaClient, id: string, patience: Patience): Promise<string> {
  return (await getExecution(athena, id, patience)).Status?.State ?? "";
}

/**
 * Cancels a query; one that has ended is left alone by the service.
 * @throws ToolkitError
 */
export async function stopQuery(athena: AthenaClient, id: string, signal?: AbortSignal): Promise<void> {
  await awsCall(callOn("StopQueryExecution", `query ${id}`), () =>
    athena.send(new StopQueryExecutionCommand({ QueryExecutionId: id }), sendOptions(signal)),
  );
}

async function getExecution(athena: AthenaClient, id: string, patience: Patience): Promise<QueryExecution> {
  const answer = await readAgain(callOn("GetQueryExecution", `query ${id}`), patience, () =>
    athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }), { abortSignal: patience.signal }),
  );
  return answer.QueryExecution ?? {};
}

function isHeader(row: readonly Cell[] | undefined, columns: readonly string[]): boolean {
  return row !== undefined && columns.length > 0 && row.every((cell, index) => cell === columns[index]);
}

function callOn(operation: string, resource: string): AwsCall {
  return { service: "athena", operation, resource };
}
