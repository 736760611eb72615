import { isAccessDenied } from "../aws/errors.ts";
import { activeRuns, readJobs } from "../aws/jobs.ts";
import { mapLimited } from "../base/limit.ts";
import type { Desired } from "./desired.ts";
import { newestApplied } from "./ledger.ts";
import type { Place, Provenance } from "./place.ts";
import { type JobPlan, type Plan, planJob, withActiveRuns } from "./plan.ts";
import { pointingOf, urisOf } from "./pointing.ts";
import { withScriptDiffs } from "./script-diffs.ts";
import { foreignScriptStates, ownScriptStates, type ScriptState } from "./script-states.ts";
import { withChangesSince } from "./since-last-release.ts";
import { withSurroundings } from "./surroundings.ts";

export type OnRunning = "warn" | "wait" | "fail";

export interface PlanRequest {
  readonly mode: "deploy" | "rollback";
  readonly desired: Desired;
  readonly rollbackTo: string | null;
  readonly allowGlueVersionChange: boolean;
  readonly onRunning: OnRunning;
  readonly account: string;
  readonly provenance: Provenance;
  readonly warnings: readonly string[];
  /** Whether to look closer, for people: what changes in the scripts' text, since the last release, and around the jobs. */
  readonly detailed: boolean;
}

const parallelReads = 4;
/** Releases that are searched for the newest one of each job. */
const lookedReleases = 10;

/**
 * Reads the live jobs, their scripts' digests and the runs of those that change, and decides. Changes nothing.
 * @throws ToolkitError for AWS errors
 */
export async function makePlan(place: Place, request: PlanRequest): Promise<Plan> {
  const { desired, mode, provenance, account, rollbackTo } = request;
  const live = await readJobs(
    place.clients.glue,
    desired.jobs.map(({ job }) => job),
    place.signal,
  );
  const scripts = await scriptStates(place, request, live);
  const rules = { allowGlueVersionChange: request.allowGlueVersionChange, scripts };
  const planned = desired.jobs.map((job) => planJob(job, live.get(job.job), rules));
  const seen = await mapLimited(planned, parallelReads, (job) => withRuns(place, job, request.onRunning));
  const jobs = request.detailed ? await withDetails(place, request, seen) : seen;
  return {
    version: 1,
    mode,
    environment: place.environment,
    region: place.region,
    account,
    bucket: place.bucket.name,
    prefix: place.prefix,
    createdAt: new Date(place.clock.now()).toISOString(),
    provenance,
    rollbackTo,
    jobs,
    warnings: request.warnings,
  };
}

async function withDetails(
  place: Place,
  { desired, account }: PlanRequest,
  jobs: readonly JobPlan[],
): Promise<readonly JobPlan[]> {
  const surrounded = await withSurroundings(place, account, jobs);
  const changing = surrounded.some(({ action }) => action === "change");
  const records = changing ? await newestApplied(place, lookedReleases) : [];
  return withScriptDiffs(place, withChangesSince(surrounded, records), desired);
}

async function scriptStates(
  place: Place,
  { desired, mode }: PlanRequest,
  live: Awaited<ReturnType<typeof readJobs>>,
): Promise<ReadonlyMap<string, ScriptState>> {
  const pointings = desired.jobs.flatMap((job) => {
    const definition = live.get(job.job);
    if (definition === undefined) return [];
    const current = pointingOf(definition);
    return [{ current, next: job.next(current) }];
  });
  const current = pointings.flatMap((each) => urisOf(each.current));
  if (mode === "deploy") return ownScriptStates(place, current);
  const next = pointings.flatMap((each) => urisOf(each.next));
  const own = await ownScriptStates(place, [...current, ...next]);
  return new Map([...own, ...(await foreignScriptStates(place, next))]);
}

async function withRuns(place: Place, job: JobPlan, onRunning: OnRunning): Promise<JobPlan> {
  if (job.action !== "change") return job;
  try {
    const runs = await activeRuns(place.clients.glue, job.job, place.signal);
    return withActiveRuns(
      job,
      runs.map(({ Id = "" }) => Id),
      onRunning,
    );
  } catch (thrown) {
    if (onRunning !== "warn" || !isAccessDenied(thrown)) throw thrown;
    const warning = "whether a run is in flight could not be seen: allow glue:GetJobRuns";
    return { ...job, warnings: [...job.warnings, warning] };
  }
}
