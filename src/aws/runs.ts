import {
  BatchStopJobRunCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  type GlueClient,
  type JobRun,
} from "@aws-sdk/client-glue";
import { ToolkitError } from "../base/errors.ts";
import { awsCall, isNotFound } from "./errors.ts";
import type { AwsCall } from "./facts.ts";
import { type Patience, readAgain } from "./read-again.ts";
import { sendOptions } from "./send-options.ts";

export type RunOutcome = "pending" | "succeeded" | "failed";

interface RunState {
  readonly outcome: RunOutcome;
  /** Whether MaxRetries makes a new run after this state; a TIMEOUT is not retried (Glue developer guide, add-job). */
  readonly retried: boolean;
}

/** Every state of the service model's JobRunState. */
export const runStates: Readonly<Record<string, RunState>> = {
  STARTING: { outcome: "pending", retried: false },
  RUNNING: { outcome: "pending", retried: false },
  STOPPING: { outcome: "pending", retried: false },
  WAITING: { outcome: "pending", retried: false },
  SUCCEEDED: { outcome: "succeeded", retried: false },
  FAILED: { outcome: "failed", retried: true },
  ERROR: { outcome: "failed", retried: true },
  STOPPED: { outcome: "failed", retried: false },
  TIMEOUT: { outcome: "failed", retried: false },
  EXPIRED: { outcome: "failed", retried: false },
};

/** The states of one outcome. */
export function statesOf(...outcomes: readonly RunOutcome[]): ReadonlySet<string> {
  const names = Object.entries(runStates).filter(([, state]) => outcomes.includes(state.outcome));
  return new Set(names.map(([name]) => name));
}

/** One run, or one attempt of it, as reports show it. */
export interface RunView {
  readonly id: string;
  /** 0 for the run that was started, N for its `_attempt_N`. */
  readonly attempt: number;
  readonly state: string;
  /** Why it waits, or other words of the service on the state. */
  readonly detail: string | undefined;
  readonly error: string | undefined;
  readonly startedOn: Date | undefined;
  readonly completedOn: Date | undefined;
  /** Seconds that count for billing. */
  readonly executionSeconds: number;
  /** As the service gives it (FLEX, auto scaling), else capacity × execution time. */
  readonly dpuSeconds: number | undefined;
  readonly glueVersion: string | undefined;
  readonly arguments: Readonly<Record<string, string>>;
}

const attemptSuffix = /^(.*)_attempt_(\d+)$/;

/** The run that an attempt belongs to, and its number. */
export function splitRunId(id: string): { readonly root: string; readonly attempt: number } {
  const match = attemptSuffix.exec(id);
  return { root: match?.[1] ?? id, attempt: Number(match?.[2] ?? 0) };
}

/**
 * Reads one run.
 * @throws ToolkitError, `aws-not-found` included
 */
export async function getRun(
  glue: GlueClient,
  job: string,
  id: string,
  patience: Patience,
): Promise<RunView> {
  const answer = await readAgain(callOn("GetJobRun", job), patience, () =>
    glue.send(new GetJobRunCommand({ JobName: job, RunId: id }), { abortSignal: patience.signal }),
  );
  return viewRun(answer.JobRun ?? {});
}

/**
 * The newest 200 runs of a job, newest first (GetJobRuns' order and page size).
 * @throws ToolkitError
 */
export async function newestRuns(
  glue: GlueClient,
  job: string,
  patience: Patience,
): Promise<readonly RunView[]> {
  const answer = await readAgain(callOn("GetJobRuns", job), patience, () =>
    glue.send(new GetJobRunsCommand({ JobName: job, MaxResults: 200 }), { abortSignal: patience.signal }),
  );
  return (answer.JobRuns ?? []).map(viewRun);
}

/**
 * Asks a run to stop; a run that has ended already is no error.
 * @throws ToolkitError `run-not-stopped` when the service refuses
 */
export async function stopRun(
  glue: GlueClient,
  job: string,
  id: string,
  signal?: AbortSignal,
): Promise<void> {
  const answer = await awsCall(callOn("BatchStopJobRun", job), () =>
    glue.send(new BatchStopJobRunCommand({ JobName: job, JobRunIds: [id] }), sendOptions(signal)),
  );
  const detail = answer.Errors?.[0]?.ErrorDetail;
  if (detail === undefined) return;
  const ended = await getEndedState(glue, job, id, signal);
  if (ended) return;
  throw new ToolkitError({
    code: "run-not-stopped",
    message: `run ${id} of ${job} could not be stopped: ${detail.ErrorMessage ?? detail.ErrorCode ?? "no reason given"}`,
    remedy: "Stop the run in the Glue console: it goes on costing money.",
    source: "aws",
  });
}

async function getEndedState(
  glue: GlueClient,
  job: string,
  id: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    const answer = await glue.send(new GetJobRunCommand({ JobName: job, RunId: id }), sendOptions(signal));
    return runStates[answer.JobRun?.JobRunState ?? ""]?.outcome !== "pending";
  } catch (thrown) {
    return isNotFound(thrown);
  }
}

/** A JobRun of the service model as a view. */
export function viewRun(run: JobRun): RunView {
  const id = run.Id ?? "";
  const executionSeconds = run.ExecutionTime ?? 0;
  const computed = run.MaxCapacity === undefined ? undefined : run.MaxCapacity * executionSeconds;
  return {
    id,
    attempt: splitRunId(id).attempt,
    state: run.JobRunState ?? "",
    detail: run.StateDetail,
    error: run.ErrorMessage,
    startedOn: run.StartedOn,
    completedOn: run.CompletedOn,
    executionSeconds,
    dpuSeconds: run.DPUSeconds ?? computed,
    glueVersion: run.GlueVersion,
    arguments: run.Arguments ?? {},
  };
}

function callOn(operation: string, job: string): AwsCall {
  return { service: "glue", operation, resource: `job ${job}` };
}
