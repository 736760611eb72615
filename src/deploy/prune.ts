import { deleteKeys } from "../aws/delete-keys.ts";
import type { FailedKey } from "../aws/prefixes.ts";
import { ToolkitError } from "../base/errors.ts";
import { urisOf } from "./code-location.ts";
import { keysOfLiveJobs, keysOfRuns } from "./keys-in-use.ts";
import { ledgerFolder, listReleaseIds, markPruned } from "./ledger.ts";
import { ledgerEnvironments } from "./ledger-environments.ts";
import { ownKeysIn, readLeniently } from "./lenient-records.ts";
import { type Lock, withLock } from "./lock.ts";
import { ownContentKey, type Place, type Provenance } from "./place.ts";
import { sortReleases, usersOf } from "./prunable.ts";
import { isOfNewerToolkit, type ReleaseRecord } from "./record.ts";

/** What pruning did, or would do. */
export interface Pruned {
  /** Ids of the releases that were forgotten. */
  readonly releases: readonly string[];
  /** Keys of the scripts and libraries that were deleted. */
  readonly keys: readonly string[];
  /** Keys left because a live job or a run in flight uses them, though no kept release does. */
  readonly inUse: readonly string[];
  readonly failed: readonly FailedKey[];
  /** Ids of releases whose records are damaged: they stay, and so does every key that they name. */
  readonly damaged: readonly string[];
  /** Jobs whose runs may not be seen: what they ever used stays. */
  readonly unseenJobs: readonly string[];
  /** Whether older releases are left to the next time. */
  readonly more: boolean;
}

export interface PruneOptions {
  /** How many releases to forget at most. */
  readonly most?: number;
  /** Say what would be deleted, and delete nothing. */
  readonly dryRun?: boolean;
}

/** Forgetting a release takes one read; a deploy must not wait for thousands. */
const mostAtOnce = 900;

/**
 * Forgets old releases of the environment and deletes the scripts and libraries that only they used. Never deleted: a
 * key that a kept release of any environment below the prefix, a live job of the account or a run in flight uses. Only
 * keys that a forgotten release names are candidates at all. Records are read one after another, newest first, and only
 * what is needed of them is kept in memory. To be called by the holder of the environment's lock; the other
 * environments' locks are taken meanwhile, for they may be about to use the same keys.
 * @throws ToolkitError `deploy-locked` when another environment deploys right now, `release-record-invalid` for a record
 *   of a newer toolkit, and for AWS errors
 */
export async function prune(
  place: Place,
  keep: number,
  by: Provenance,
  lock: Lock,
  options: PruneOptions = {},
): Promise<Pruned> {
  const scan = await scanReleases(place, keep, options.most ?? mostAtOnce);
  if (scan.forgotten.length === 0) return { ...nothing, damaged: scan.damaged };
  const others = (await ledgerEnvironments(place)).filter((name) => name !== place.environment);
  return underLocks(place, others, by, [lock], async (locks) => {
    for (const environment of others) await addKeys({ ...place, environment }, scan);
    return pruneLocked(place, scan, locks, options.dryRun === true);
  });
}

const nothing: Pruned = {
  releases: [],
  keys: [],
  inUse: [],
  failed: [],
  damaged: [],
  unseenJobs: [],
  more: false,
};

interface Scan {
  readonly forgotten: readonly Forgotten[];
  /** Keys that kept releases name. */
  readonly needed: Set<string>;
  readonly damaged: string[];
  /** Whether a job's newest two changes were met. */
  isSettled(job: string): boolean;
  /** Whether every release was looked at. */
  readonly complete: boolean;
}

/** A release that may be forgotten. */
interface Forgotten {
  readonly id: string;
  readonly users: KeyUsers;
  /** Keys that its jobs pointed to after it. */
  readonly putInPlace: ReadonlySet<string>;
}

/** Jobs by the content key that they ever pointed to. */
type KeyUsers = ReadonlyMap<string, ReadonlySet<string>>;

async function scanReleases(place: Place, keep: number, most: number): Promise<Scan> {
  const sorter = sortReleases(keep);
  const forgotten: Forgotten[] = [];
  const needed = new Set<string>();
  const damaged: string[] = [];
  let complete = true;
  for await (const { id, record, text, problem } of readLeniently(place, await listReleaseIds(place))) {
    assertJudgeable(text, problem);
    if (record === undefined) damaged.push(id);
    if (record !== undefined && sorter.mayForget(record)) forgotten.push(forgottenOf(place, record));
    else for (const key of ownKeysIn(place, text)) needed.add(key);
    if (forgotten.length < most) continue;
    complete = false;
    break;
  }
  return { forgotten, needed, damaged, complete, isSettled: (job) => sorter.changesSeen(job) > 1 };
}

async function addKeys(place: Place, { needed, damaged }: Scan): Promise<void> {
  for await (const { id, record, text, problem } of readLeniently(place, await listReleaseIds(place))) {
    assertJudgeable(text, problem);
    for (const key of ownKeysIn(place, text)) needed.add(key);
    if (record === undefined) damaged.push(id);
  }
}

/** A damaged record still names its keys; what a record of a newer toolkit needs can't be known. */
function assertJudgeable(text: string, problem: string | undefined): void {
  if (problem === undefined || !isOfNewerToolkit(text)) return;
  throw new ToolkitError({
    code: "release-record-invalid",
    message: problem,
    remedy: "Prune with the version of the toolkit that wrote it.",
    source: "user",
  });
}

async function pruneLocked(
  place: Place,
  scan: Scan,
  locks: readonly Lock[],
  dryRun: boolean,
): Promise<Pruned> {
  const candidates = new Map<string, Set<string>>();
  for (const { users } of scan.forgotten) {
    for (const [key, jobs] of users) {
      if (scan.needed.has(key)) continue;
      const names = candidates.get(key) ?? new Set();
      for (const job of jobs) names.add(job);
      candidates.set(key, names);
    }
  }
  const used = await keysInUse(place, scan, candidates);
  const inUse = [...candidates.keys()].filter((key) => used.keys.has(key));
  const keepers = keepersOf(scan.forgotten, inUse);
  const kept = new Set([...keepers].flatMap(({ users }) => [...users.keys()]));
  const keys = [...candidates.keys()].filter((key) => !kept.has(key));
  for (const lock of locks) await lock.assertHeld();
  const newest = scan.forgotten.find((release) => !keepers.has(release))?.id;
  if (!dryRun && newest !== undefined) await markPruned(place, newest);
  const failed = dryRun ? [] : await deleteKeys(place.clients.s3, place.bucket, keys, place.signal);
  const notDeleted = new Set(failed.map(({ key }) => key));
  // A release whose key could not be deleted stays in the ledger, so that a later prune finds the key again.
  const records = new Map(
    scan.forgotten
      .filter((release) => !keepers.has(release))
      .filter(({ users }) => ![...users.keys()].some((key) => notDeleted.has(key)))
      .map(({ id }) => [`${ledgerFolder(place)}${id}.json`, id]),
  );
  const undeleted = dryRun
    ? []
    : await deleteKeys(place.clients.s3, place.bucket, [...records.keys()], place.signal);
  for (const { key } of undeleted) records.delete(key);
  return {
    releases: [...records.values()],
    keys: keys.filter((key) => !notDeleted.has(key)),
    inUse,
    failed: [...failed, ...undeleted],
    damaged: scan.damaged,
    unseenJobs: used.unseen,
    more: !scan.complete,
  };
}

/**
 * For each key that is in use, the release that stays in the ledger with all keys that it names, so that a later prune
 * finds the key again and what the record says still holds: the newest that put it in place, else that names it.
 */
function keepersOf(forgotten: readonly Forgotten[], inUse: readonly string[]): ReadonlySet<Forgotten> {
  return new Set(
    inUse.flatMap(
      (key) =>
        forgotten.find(({ putInPlace }) => putInPlace.has(key)) ??
        forgotten.find(({ users }) => users.has(key)) ??
        [],
    ),
  );
}

/** Keys that a live job names, that a run may use, or that a release further back may need. */
async function keysInUse(
  place: Place,
  scan: Scan,
  candidates: KeyUsers,
): Promise<{ readonly keys: ReadonlySet<string>; readonly unseen: readonly string[] }> {
  if (candidates.size === 0) return { keys: new Set(), unseen: [] };
  const live = await keysOfLiveJobs(place);
  const keys = new Set([...live.values()].flat());
  if (!scan.complete) {
    // The changes of these jobs stand in releases that were not read: what has the names of their files stays.
    const unsettled = [...live].filter(([job]) => !scan.isSettled(job));
    const stems = new Set(unsettled.flatMap(([, names]) => names.flatMap((key) => stemOf(place, key))));
    for (const key of candidates.keys())
      if (stemOf(place, key).some((stem) => stems.has(stem))) keys.add(key);
  }
  const runs = await keysOfRuns(place, new Map([...candidates].filter(([key]) => !keys.has(key))));
  for (const key of runs.keys) keys.add(key);
  return { keys, unseen: runs.unseen };
}

function forgottenOf(place: Place, record: ReleaseRecord): Forgotten {
  const keysOf = (uri: string): readonly string[] => {
    const own = ownContentKey(place, uri);
    return own === undefined ? [] : [own.key];
  };
  return {
    id: record.id,
    users: new Map(
      [...usersOf([record])].flatMap(([uri, jobs]) => keysOf(uri).map((key) => [key, jobs] as const)),
    ),
    putInPlace: new Set(record.jobs.flatMap(({ after }) => urisOf(after).flatMap(keysOf))),
  };
}

function stemOf(place: Place, key: string): readonly string[] {
  const own = ownContentKey(place, `s3://${place.bucket.name}/${key}`);
  return own === undefined ? [] : [own.stem];
}

async function underLocks<T>(
  place: Place,
  environments: readonly string[],
  by: Provenance,
  held: readonly Lock[],
  work: (held: readonly Lock[]) => Promise<T>,
): Promise<T> {
  const [first, ...rest] = environments;
  if (first === undefined) return work(held);
  const there = { ...place, environment: first };
  return withLock(there, by, (lock) => underLocks(place, rest, by, [...held, lock], work), { patience: 0 });
}
