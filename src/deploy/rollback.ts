import { ToolkitError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import type { CodeLocation } from "./code-location.ts";
import type { Desired } from "./desired.ts";
import { appliedReleases, type LedgerPlace, listReleaseIds } from "./ledger.ts";
import type { ReleaseRecord } from "./record.ts";

/** Names of a job in the manifest and in Glue. */
export interface JobName {
  readonly key: string;
  readonly job: string;
}

export interface RollbackTarget {
  /** Id of the release gone back to; null for the state before the first one. */
  readonly release: string | null;
  readonly desired: Desired;
  /** Jobs that no release knows. */
  readonly warnings: readonly string[];
}

/**
 * What the jobs had after an earlier release, from the ledger alone: no checkout, no rebuild. `previous` is the state
 * before the newest applied release, so that rolling back twice returns to where one was.
 * @param to `previous` or a release id
 * @throws ToolkitError `no-release`, `unknown-release`, `release-not-applied`
 */
export async function rollbackTarget(
  place: LedgerPlace,
  to: string,
  jobs: readonly JobName[],
): Promise<RollbackTarget> {
  const states =
    to === "previous" ? await statesBeforeNewest(place, jobs) : await statesAfter(place, to, jobs);
  const wanted = jobs.flatMap(({ key, job }) => {
    const state = states.locations.get(job);
    return state === undefined ? [] : [{ key, job, state }];
  });
  return {
    release: states.release,
    warnings: jobs
      .filter(({ job }) => !states.locations.has(job))
      .map(({ job }) => `${job}: that release does not know the job, which stays as it is`),
    desired: {
      artifacts: new Map(),
      jobs: wanted.map(({ key, job, state }) => ({
        key,
        job,
        script: null,
        glueVersion: undefined,
        artifacts: [],
        next: () => state,
      })),
    },
  };
}

interface States {
  readonly release: string | null;
  readonly locations: ReadonlyMap<string, CodeLocation>;
}

/** The newest release that names any of the jobs is the one to undo: a subset has releases of its own. */
async function statesBeforeNewest(place: LedgerPlace, jobs: readonly JobName[]): Promise<States> {
  const wanted = new Set(jobs.map(({ job }) => job));
  let newest: ReleaseRecord | undefined;
  for await (const record of appliedReleases(place)) {
    if (!record.jobs.some(({ job }) => wanted.has(job))) continue;
    if (newest !== undefined) return { release: record.id, locations: locationsBefore(newest) };
    newest = record;
  }
  if (newest !== undefined) return { release: null, locations: locationsBefore(newest) };
  throw new ToolkitError({
    code: "no-release",
    message: `No release of these jobs was ever applied to the environment ${place.environment}`,
    remedy: "Deploy once; after that there is something to roll back to.",
    source: "user",
  });
}

/** States right after a release; jobs it doesn't name have what older releases say, or newer ones say they had. */
async function statesAfter(place: LedgerPlace, id: string, jobs: readonly JobName[]): Promise<States> {
  await assertKnown(place, id);
  const locations = new Map<string, CodeLocation>();
  const missing = new Set(jobs.map(({ job }) => job));
  let reached = false;
  for await (const record of appliedReleases(place)) {
    reached ||= record.id === id;
    if (!reached) for (const { job, before } of record.jobs) locations.set(job, before);
    if (!reached) continue;
    for (const { job, after } of record.jobs) if (missing.delete(job)) locations.set(job, after);
    if (missing.size === 0) break;
  }
  if (reached) return { release: id, locations };
  throw new ToolkitError({
    code: "release-not-applied",
    message: `Release ${id} was never applied: it was undone`,
    remedy: "Choose a release whose record says applied.",
    source: "user",
  });
}

/** @throws ToolkitError `unknown-release` naming the nearest and the newest ids */
export async function assertKnown(place: LedgerPlace, id: string): Promise<void> {
  const ids = await listReleaseIds(place);
  if (ids.includes(id)) return;
  throw new ToolkitError({
    code: "unknown-release",
    message: `There is no release ${id} in the environment ${place.environment}.${didYouMean(id, ids)}`,
    remedy: ids.length === 0 ? "Deploy once first." : `The newest releases: ${ids.slice(0, 5).join(", ")}.`,
    source: "user",
  });
}

function locationsBefore(record: ReleaseRecord): ReadonlyMap<string, CodeLocation> {
  return new Map(record.jobs.map(({ job, before }) => [job, before]));
}
