import { readJobs } from "../aws/jobs.ts";
import { s3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import { codeLocationOf, urisOf } from "./code-location.ts";
import type { Desired } from "./desired.ts";
import { type Placed, withFreeKeys, withStandingKeys } from "./free-keys.ts";
import { newestApplied } from "./ledger.ts";
import type { Place, Provenance } from "./place.ts";
import { type JobPlan, type Plan, planJob } from "./plan.ts";
import { type OnRunning, withRuns } from "./runs-in-flight.ts";
import { type ScriptKnowledge, withScriptChecks } from "./script-checks.ts";
import { withScriptDiffs } from "./script-diffs.ts";
import { foreignScriptStates, type SeenScripts } from "./script-states.ts";
import { shadowedLibraries } from "./shadowed-libraries.ts";
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
  readonly manifest: Plan["manifest"];
  readonly warnings: readonly string[];
  /** Full SHA-256 by S3 URI, of scripts and libraries that a rollback goes back to. */
  readonly digests: ReadonlyMap<string, string>;
  /** What the check found out of the scripts, where there was one. */
  readonly scripts?: ScriptKnowledge | undefined;
  /** Whether to look for runs in flight of the jobs that change. */
  readonly runs: boolean;
  /** Whether to look at what is to be uploaded, too: a deploy does so under its lock. */
  readonly uploads: boolean;
  /** What was seen of the stored scripts before; makePlan adds what it looks at. */
  readonly seen: SeenScripts;
  /** Whether to look closer, for people: what changes in the scripts' text, since the last release, and around the jobs. */
  readonly detailed: boolean;
}

const parallelReads = 4;
/** Releases that are searched for the newest one of each job. */
const lookedReleases = 10;

/** A plan, and what it needs in S3 under the keys that the plan names. */
export interface MadePlan {
  readonly plan: Plan;
  readonly desired: Desired;
}

/**
 * Reads the live jobs, their scripts' digests and the runs of those that change, and decides. Changes nothing.
 * @throws ToolkitError for AWS errors
 */
export async function makePlan(place: Place, request: PlanRequest): Promise<MadePlan> {
  const { mode, provenance, account, rollbackTo, manifest, seen } = request;
  const live = await readJobs(
    place.clients.glue,
    request.desired.jobs.map(({ job }) => job),
    place.signal,
  );
  const { desired, states: scripts } = await scriptStates(place, request, live);
  const shadowed = await shadowedLibraries(
    place,
    desired.jobs.flatMap((job) => {
      const definition = live.get(job.job);
      if (definition === undefined) return [];
      return [{ desired: job, next: job.next(codeLocationOf(definition)) }];
    }),
    seen.foreign,
  );
  const rules = { allowGlueVersionChange: request.allowGlueVersionChange, scripts, shadowed };
  const plain = desired.jobs.map((job) => planJob(job, live.get(job.job), rules));
  const planned = withScriptChecks(plain, live, request.scripts);
  const watched = request.runs
    ? await mapLimited(planned, parallelReads, (job) => withRuns(place, job, request.onRunning))
    : planned;
  const jobs = request.detailed ? await withDetails(place, { ...request, desired }, watched) : watched;
  const plan: Plan = {
    version: 1,
    mode,
    environment: place.environment,
    region: place.region,
    account,
    bucket: place.bucket.name,
    prefix: place.prefix,
    createdAt: new Date(place.clock.now()).toISOString(),
    provenance,
    manifest,
    rollbackTo,
    jobs,
    objects: digestsOf(place, desired, request.digests, seen),
    warnings: request.warnings,
  };
  return { plan, desired };
}

/** Known digests by URI: of what is to be uploaded, of what the ledger tells, and of what was seen intact. */
function digestsOf(
  place: Place,
  { artifacts }: Desired,
  digests: ReadonlyMap<string, string>,
  seen: SeenScripts,
): Readonly<Record<string, string>> {
  const fresh = [...artifacts.values()].map(({ key, sha256 }) => [s3Uri(place.bucket.name, key), sha256]);
  return Object.fromEntries([...seen.intact, ...digests, ...fresh]);
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
  { desired, mode, digests, seen, uploads }: PlanRequest,
  live: Awaited<ReturnType<typeof readJobs>>,
): Promise<Placed> {
  const locations = desired.jobs.flatMap((job) => {
    const definition = live.get(job.job);
    if (definition === undefined) return [];
    const current = codeLocationOf(definition);
    return [{ current, next: job.next(current) }];
  });
  const current = locations.flatMap((each) => urisOf(each.current));
  if (mode === "deploy") return withFreeKeys(place, desired, current, { digests, seen, all: uploads });
  const next = locations.flatMap((each) => urisOf(each.next));
  const known = { digests, seen, all: false };
  const placed = await withFreeKeys(place, desired, [...current, ...next], known);
  const own = await withStandingKeys(place, placed, next, known);
  return { ...own, states: new Map([...own.states, ...(await foreignScriptStates(place, next))]) };
}
