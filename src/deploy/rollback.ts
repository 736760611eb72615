import { ToolkitError } from "../base/errors.ts";
import { type CodeLocation, sameCodeLocation } from "./code-location.ts";
import type { Desired } from "./desired.ts";
import type { LedgerPlace } from "./ledger.ts";
import { readHead } from "./ledger-head.ts";
import { type History, historyOf, type JobChange } from "./ledger-history.ts";
import { ownLibrary } from "./place.ts";
import { findRelease } from "./release-ids.ts";
import { rolledBackLocation } from "./restore-location.ts";

/** Names of a job in the manifest and in Glue. */
export interface JobName {
  readonly key: string;
  readonly job: string;
}

export interface RollbackTarget {
  /** Id of the release gone back to; null for the state before the first one. */
  readonly release: string | null;
  /** The commit that the code gone back to was deployed from, where the ledger tells. */
  readonly commit: string | undefined;
  readonly desired: Desired;
  /** Full SHA-256 by S3 URI of what the jobs go back to, as far as the ledger knows. */
  readonly digests: ReadonlyMap<string, string>;
  /** The release that last changed each job, as far as it was looked for. */
  readonly lastChange: ReadonlyMap<string, string>;
  /** Jobs that no release knows. */
  readonly warnings: readonly string[];
}

/** How far back a rollback looks for what the jobs had: releases older than the one it is about. */
const lookedBeyond = 100;

/**
 * What the jobs had after an earlier release, from the ledger alone: no checkout, no rebuild. `previous` undoes the
 * newest release that changed any of the jobs or, of jobs that were named, the newest change of each; so rolling back
 * twice returns to where one was.
 * @param to `previous`, a release id, or the beginning of one
 * @param named whether the caller named these jobs, rather than meaning all of them
 * @throws ToolkitError `no-release`, `unknown-release`, `ambiguous-release`, `release-not-applied`, `release-history-pruned`
 */
export async function rollbackTarget(
  place: LedgerPlace,
  to: string,
  jobs: readonly JobName[],
  named = false,
): Promise<RollbackTarget> {
  if (to === "previous") return named ? beforeEachChange(place, jobs) : beforeNewestRelease(place, jobs);
  return afterRelease(place, await findRelease(place, to), jobs);
}

/** Where one job goes back to, and which changes that undoes, newest first. */
interface JobGoal {
  readonly name: JobName;
  readonly location: CodeLocation;
  readonly undone: readonly JobChange[];
  readonly commit: string | undefined;
}

async function beforeNewestRelease(place: LedgerPlace, jobs: readonly JobName[]): Promise<RollbackTarget> {
  const history = await historyOf(place, jobs, ({ releases }, since) =>
    releases.length === 0 ? "go on" : releases.length === 1 && since < lookedBeyond ? "go on" : "stop",
  );
  const [newest, older] = history.releases;
  if (newest === undefined) throw noRelease(place);
  const goals = jobs.flatMap((name): JobGoal[] => {
    const [change, earlier] = history.changes.get(name.job) ?? [];
    return change?.release === newest.id ? [goalBefore(name, change, earlier)] : [];
  });
  return target(place, history, goals, older?.id ?? beyond(history), []);
}

async function beforeEachChange(place: LedgerPlace, jobs: readonly JobName[]): Promise<RollbackTarget> {
  const isKnown = (history: History): boolean => jobs.every(({ job }) => history.changes.has(job));
  const history = await historyOf(place, jobs, (so, since) => {
    if (!isKnown(so)) return "go on";
    const stated = jobs.every(({ job }) => (so.changes.get(job)?.length ?? 0) > 1);
    return stated || since >= lookedBeyond ? "stop" : "go on";
  });
  if (history.releases.length === 0) throw noRelease(place);
  const goals = jobs.flatMap((name): JobGoal[] => {
    const [change, earlier] = history.changes.get(name.job) ?? [];
    return change === undefined ? [] : [goalBefore(name, change, earlier)];
  });
  const undone = new Set(goals.flatMap(({ undone: [change] }) => change?.release ?? []));
  const older = history.releases.find(({ id }) => [...undone].every((release) => id < release));
  const unknown = jobs.filter(({ job }) => !history.changes.has(job));
  return target(place, history, goals, older?.id ?? beyond(history), unknown);
}

/** What to call the state before a change whose earlier ones were not met. */
function beyond({ complete, firstBeyond }: History): string | null {
  return complete ? null : firstBeyond;
}

function goalBefore(name: JobName, change: JobChange, earlier: JobChange | undefined): JobGoal {
  const commit =
    earlier !== undefined && sameCodeLocation(earlier.after, change.before) ? earlier.commit : undefined;
  return { name, location: change.before, undone: [change], commit };
}

/** The state right after a release. A job that no release changed since, nor before as far as is looked, stays as it is. */
async function afterRelease(
  place: LedgerPlace,
  id: string,
  jobs: readonly JobName[],
): Promise<RollbackTarget> {
  const isOlder = (change: JobChange): boolean => change.release <= id;
  const history = await historyOf(
    place,
    jobs,
    ({ changes }, since) => {
      const stated = jobs.every(({ job }) => changes.get(job)?.some(isOlder) === true);
      return stated || since >= lookedBeyond ? "stop" : "go on";
    },
    { wanted: id },
  );
  if (!history.reached) throw notApplied(id);
  const goals = jobs.flatMap((name): JobGoal[] => {
    const changes = history.changes.get(name.job) ?? [];
    const state = changes.find(isOlder);
    const undone = changes.filter((change) => !isOlder(change));
    const location = state?.after ?? undone.at(-1)?.before;
    return location === undefined ? [] : [{ name, location, undone, commit: state?.commit }];
  });
  const { head } = await readHead(place);
  if (head?.prunedThrough != null && id <= head.prunedThrough) assertExact(id, goals, history);
  const unknown = history.complete ? jobs.filter(({ job }) => !history.changes.has(job)) : [];
  return target(place, history, goals, id, unknown);
}

/** Where releases since were pruned, only what the release itself put in place is known for certain. */
function assertExact(id: string, goals: readonly JobGoal[], history: History): void {
  // The newest two changes of each job are always kept: one without a change since stands where it stood.
  const inexact = goals.filter(
    ({ name, undone }) =>
      undone.length > 0 && history.changes.get(name.job)?.some(({ release }) => release === id) !== true,
  );
  if (inexact.length === 0) return;
  const exact = goals.filter((goal) => !inexact.includes(goal)).map(({ name }) => name.key);
  throw new ToolkitError({
    code: "release-history-pruned",
    message: `Releases after ${id} were pruned, so what other jobs than its own had then is not known any more`,
    remedy:
      exact.length === 0
        ? "Choose a newer release, or deploy that release's commit."
        : `Roll back the jobs that it changed alone (jobs: ${exact.join(", ")}), choose a newer release, or deploy that release's commit.`,
    source: "user",
  });
}

function target(
  place: LedgerPlace,
  history: History,
  goals: readonly JobGoal[],
  release: string | null,
  unknown: readonly JobName[],
): RollbackTarget {
  const isOurs = (entry: string): boolean => ownLibrary(place, entry) !== undefined;
  const commits = new Set(goals.map(({ commit }) => commit));
  return {
    release,
    commit: commits.size === 1 ? [...commits][0] : undefined,
    digests: history.digests,
    lastChange: new Map(
      [...history.changes].flatMap(([job, [change]]) => (change ? [[job, change.release]] : [])),
    ),
    warnings: unknown.map(({ job }) => `${job}: that release does not know the job, which stays as it is`),
    desired: {
      artifacts: new Map(),
      jobs: goals.map(({ name, location, undone, commit }) => ({
        ...name,
        script: null,
        glueVersion: undefined,
        artifacts: [],
        commit,
        next: (current) => rolledBackLocation(current, location, undone, isOurs),
      })),
    },
  };
}

function noRelease(place: LedgerPlace): ToolkitError {
  return new ToolkitError({
    code: "no-release",
    message: `No release of these jobs was ever applied to the environment ${place.environment}`,
    remedy: "Deploy once; after that there is something to roll back to.",
    source: "user",
  });
}

function notApplied(id: string): ToolkitError {
  return new ToolkitError({
    code: "release-not-applied",
    message: `Release ${id} was never applied: it was undone`,
    remedy: "Choose a release whose record says applied.",
    source: "user",
  });
}
