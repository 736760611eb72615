import { isAccessDenied } from "../aws/errors.ts";
import { activeRuns } from "../aws/jobs.ts";
import { messageOf } from "../base/errors.ts";
import type { Place } from "./place.ts";
import { type JobPlan, withActiveRuns } from "./plan.ts";

export type OnRunning = "warn" | "wait" | "fail";

/**
 * Adds to a job that changes what is known of its runs: a warning, or with `fail` a blocker.
 * @throws ToolkitError where runs can't be read; with `warn` not for want of the permission
 */
export async function withRuns(place: Place, job: JobPlan, onRunning: OnRunning): Promise<JobPlan> {
  if (job.action !== "change") return job;
  try {
    return withActiveRuns(job, await runIds(place, job.job), onRunning);
  } catch (thrown) {
    if (onRunning !== "warn" || !isAccessDenied(thrown)) throw thrown;
    return { ...job, warnings: [...job.warnings, unseen("allow glue:GetJobRuns")] };
  }
}

/** Warnings of runs that are in flight right before a job is repointed; not being able to see them is one too. */
export async function runWarnings(place: Place, job: JobPlan): Promise<readonly string[]> {
  try {
    return withActiveRuns({ ...job, warnings: [] }, await runIds(place, job.job), "warn").warnings;
  } catch (thrown) {
    place.signal?.throwIfAborted();
    return [unseen(isAccessDenied(thrown) ? "allow glue:GetJobRuns" : messageOf(thrown))];
  }
}

async function runIds(place: Place, job: string): Promise<readonly string[]> {
  const runs = await activeRuns(place.clients.glue, job, place.signal);
  return runs.map(({ Id = "" }) => Id);
}

function unseen(why: string): string {
  return `whether a run is in flight could not be seen: ${why}`;
}
