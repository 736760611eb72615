import { readJobs } from "../aws/jobs.ts";
import { mapLimited } from "../base/limit.ts";
import type { Desired } from "./desired.ts";
import { newestApplied } from "./ledger.ts";
import type { Place, Provenance } from "./place.ts";
import { type JobPlan, type Plan, planJob } from "./plan.ts";
import { pointingOf, urisOf } from "./pointing.ts";
import { type OnRunning, withRuns } from "./runs-in-flight.ts";
import { type ScriptKnowledge, withScriptChecks } from "./script-checks.ts";
import { withScriptDiffs } from "./script-diffs.ts";
import { foreignScriptStates, ownScriptStates, type ScriptState } from "./script-states.ts";
import { withChangesSince } from "./since-last-release.ts";
import { withSurroundings } from "./surroundings.ts";

export type { OnRunning } from "./runs-in-flight.ts";

export interface PlanRequest {
  readonly mode: "deploy" | "rollback";
  readonly desired: Desired;
  readonly rollbackTo: string | null;
  readonly allowGlueVersionChange: boolean;
  readonly onRunning: OnRunning;
  readonly account: string;
  readonly provenance: Provenance;
  readonly warnings: readonly string[];
  /** What the check found out of the scripts, where there was one. */
  readonly scripts?: ScriptKnowledge | undefined;
  /** Whether to look for runs in flight of the jobs that change. */
  readonly runs: boolean;
  /** URIs of scripts that were seen intact before; makePlan adds those it looks at. */
  readonly seenIntact: Set<string>;
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
  const plain = desired.jobs.map((job) => planJob(job, live.get(job.job), rules));
  const planned = withScriptChecks(plain, live, request.scripts);
  const seen = request.runs
    ? await mapLimited(planned, parallelReads, (job) => withRuns(place, job, request.onRunning))
    : planned;
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
  { desired, mode, seenIntact }: PlanRequest,
  live: Awaited<ReturnType<typeof readJobs>>,
): Promise<ReadonlyMap<string, ScriptState>> {
  const pointings = desired.jobs.flatMap((job) => {
    const definition = live.get(job.job);
    if (definition === undefined) return [];
    const current = pointingOf(definition);
    return [{ current, next: job.next(current) }];
  });
  const current = pointings.flatMap((each) => urisOf(each.current));
  if (mode === "deploy") return ownScriptStates(place, current, desired.artifacts, seenIntact);
  const next = pointings.flatMap((each) => urisOf(each.next));
  const own = await ownScriptStates(place, [...current, ...next], desired.artifacts, seenIntact);
  return new Map([...own, ...(await foreignScriptStates(place, next))]);
}
