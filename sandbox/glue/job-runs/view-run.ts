import { allocatedCapacity, maxCapacity } from "../jobs/capacity.ts";
import type { Members } from "../model/parse-input.ts";
import { epochSeconds } from "../state/clock.ts";
import { resolveArguments } from "./job-arguments.ts";
import type { RunRecord } from "./run-record.ts";

/** The JobRun structure: it has no ScriptLocation (botocore shape JobRun). */
export function viewRun(run: RunRecord, now: number): Members {
  const { definition } = run;
  return {
    Id: run.id,
    Attempt: run.attempt,
    PreviousRunId: run.previousRunId,
    JobName: run.jobName,
    JobMode: definition.JobMode,
    JobRunQueuingEnabled: run.queuing,
    StartedOn: epochSeconds(run.startedAt),
    LastModifiedOn: epochSeconds(run.modifiedAt),
    CompletedOn: run.completedAt === undefined ? undefined : epochSeconds(run.completedAt),
    JobRunState: run.state,
    StateDetail: run.stateDetail,
    ErrorMessage: run.errorMessage,
    Arguments: Object.keys(run.arguments).length > 0 ? run.arguments : undefined,
    PredecessorRuns: [],
    AllocatedCapacity: allocatedCapacity(definition),
    ExecutionTime: Math.round(executionSeconds(run, now)),
    Timeout: definition.Timeout,
    MaxCapacity: maxCapacity(definition),
    WorkerType: definition.WorkerType,
    NumberOfWorkers: definition.NumberOfWorkers,
    SecurityConfiguration: definition.SecurityConfiguration,
    LogGroupName: logGroupName(run),
    NotificationProperty: definition.NotificationProperty,
    GlueVersion: definition.GlueVersion,
    ExecutionClass: definition.ExecutionClass,
    MaintenanceWindow: definition.MaintenanceWindow,
    DPUSeconds: dpuSeconds(run, now),
  };
}

/** Seconds that the run consumed resources: from RUNNING to its end. */
function executionSeconds(run: RunRecord, now: number): number {
  return run.runningAt === undefined ? 0 : Math.max(0, (run.completedAt ?? now) - run.runningAt) / 1000;
}

/** Answered for FLEX runs and with auto scaling only (botocore shape JobRun.DPUSeconds). */
function dpuSeconds(run: RunRecord, now: number): number | undefined {
  const merged = resolveArguments(run.definition, run.arguments).arguments;
  const scaling = merged["--enable-auto-scaling"] === "true";
  const answered = run.completedAt !== undefined && (run.definition.ExecutionClass === "FLEX" || scaling);
  return answered ? executionSeconds(run, now) * maxCapacity(run.definition) : undefined;
}

function logGroupName(run: RunRecord): string {
  return run.definition.Command?.Name === "pythonshell" ? "/aws-glue/python-jobs" : "/aws-glue/jobs";
}
