import type { JobRun } from "@aws-sdk/client-glue";
import type { Caller } from "../caller.ts";
import type { JobDefinition } from "../jobs/job-record.ts";
import type { RunningJob } from "./job-runner.ts";

export type FinalState = "SUCCEEDED" | "FAILED" | "STOPPED" | "TIMEOUT" | "ERROR" | "EXPIRED";
export type RunState = FinalState | "STARTING" | "RUNNING" | "STOPPING" | "WAITING";

/** A job run as the sandbox keeps it; times in milliseconds. */
export interface RunRecord {
  readonly id: string;
  readonly jobName: string;
  readonly caller: Caller;
  readonly attempt: number;
  readonly previousRunId: string | undefined;
  /** The job's definition as it was at the start, with the run's overrides. */
  readonly definition: JobDefinition;
  /** What StartJobRun was given. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly queuing: boolean;
  state: RunState;
  stateDetail: string | undefined;
  errorMessage: string | undefined;
  readonly startedAt: number;
  modifiedAt: number;
  runningAt: number | undefined;
  completedAt: number | undefined;
  /** Counts against MaxConcurrentRuns; stays so a little after the final state. */
  holdsSlot: boolean;
  /** The bookmark's version when the run began, compared at its commit. */
  bookmarkVersion: number;
  /** Set by a stop or the timeout: the final state whatever the process says. */
  endAs: "STOPPED" | "TIMEOUT" | undefined;
  process: RunningJob | undefined;
}

/** Members that StartJobRun may override for one run. */
export type RunOverrides = Pick<
  JobRun,
  | "Timeout"
  | "MaxCapacity"
  | "AllocatedCapacity"
  | "WorkerType"
  | "NumberOfWorkers"
  | "ExecutionClass"
  | "SecurityConfiguration"
  | "NotificationProperty"
>;

const FINAL: ReadonlySet<RunState> = new Set([
  "SUCCEEDED",
  "FAILED",
  "STOPPED",
  "TIMEOUT",
  "ERROR",
  "EXPIRED",
]);

/** Whether a run is over (botocore shape JobRunState). */
export function isFinal(state: RunState): boolean {
  return FINAL.has(state);
}

/** The members that every run, a retry too, starts with. */
export function freshRun() {
  return {
    errorMessage: undefined,
    runningAt: undefined,
    completedAt: undefined,
    holdsSlot: false,
    bookmarkVersion: 0,
    endAs: undefined,
    process: undefined,
  } as const;
}
