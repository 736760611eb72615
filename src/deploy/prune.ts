import { deleteKeys } from "../aws/delete-keys.ts";
import type { FailedKey } from "../aws/prefixes.ts";
import { keysOfLiveJobs, keysOfRuns } from "./keys-in-use.ts";
import { ledgerFolder, listReleaseIds, readReleases } from "./ledger.ts";
import { ledgerEnvironments } from "./ledger-environments.ts";
import { type Lock, withLock } from "./lock.ts";
import { ownContentKey, type Place, type Provenance } from "./place.ts";
import { prunableReleases, usersOf } from "./prunable.ts";
import type { ReleaseRecord } from "./record.ts";

/** What pruning did. */
export interface Pruned {
  /** Ids of the releases that were forgotten. */
  readonly releases: readonly string[];
  /** Keys of the scripts and zips that were deleted. */
  readonly keys: readonly string[];
  /** Keys left because a live job or a run in flight uses them, though no kept release does. */
  readonly inUse: readonly string[];
  readonly failed: readonly FailedKey[];
}

const nothing: Pruned = { releases: [], keys: [], inUse: [], failed: [] };

/**
 * Forgets old releases of the environment and deletes the scripts and zips that only they used. Never deleted: a key
 * that a kept release of any environment below the prefix, a live job of the account or a run in flight uses. Only
 * keys that a forgotten release names are candidates at all. To be called by the holder of the environment's lock;
 * the other environments' locks are taken meanwhile, for they may be about to use the same keys.
 * @throws ToolkitError `deploy-locked` when another environment deploys right now, and for AWS errors
 */
export async function prune(place: Place, keep: number, by: Provenance, lock: Lock): Promise<Pruned> {
  const own = await readAll(place, place.environment);
  const doomed = prunableReleases(own, keep);
  if (doomed.length === 0) return nothing;
  const others = (await ledgerEnvironments(place)).filter((name) => name !== place.environment);
  return underLocks(place, others, by, [lock], async (locks) => {
    const forgotten = new Set(doomed.map(({ id }) => id));
    const foreign = await Promise.all(others.map((name) => readAll(place, name)));
    const kept = [...own.filter(({ id }) => !forgotten.has(id)), ...foreign.flat()];
    return pruneLocked(place, doomed, kept, locks);
  });
}

async function pruneLocked(
  place: Place,
  doomed: readonly ReleaseRecord[],
  needed: readonly ReleaseRecord[],
  locks: readonly Lock[],
): Promise<Pruned> {
  const neededKeys = usersByKey(place, needed);
  const candidates = new Map([...usersByKey(place, doomed)].filter(([key]) => !neededKeys.has(key)));
  const live = candidates.size === 0 ? new Set<string>() : await keysOfLiveJobs(place);
  const idle = new Map([...candidates].filter(([key]) => !live.has(key)));
  const running = await keysOfRuns(place, idle);
  const keys = [...idle.keys()].filter((key) => !running.has(key));
  for (const lock of locks) await lock.assertHeld();
  const failed = await deleteKeys(place.clients.s3, place.bucket, keys, place.signal);
  const notDeleted = new Set(failed.map(({ key }) => key));
  const inUse = [...candidates.keys()].filter((key) => live.has(key) || running.has(key));
  const left = new Set([...inUse, ...notDeleted]);
  // A release whose key is left stays in the ledger, so that a later prune finds the key again.
  const records = new Map(
    doomed
      .filter((record) => ![...usersByKey(place, [record]).keys()].some((key) => left.has(key)))
      .map(({ id }) => [`${ledgerFolder(place)}${id}.json`, id]),
  );
  const kept = await deleteKeys(place.clients.s3, place.bucket, [...records.keys()], place.signal);
  for (const { key } of kept) records.delete(key);
  return {
    releases: [...records.values()],
    keys: keys.filter((key) => !notDeleted.has(key)),
    inUse,
    failed: [...failed, ...kept],
  };
}

/** Jobs by the content key that they ever pointed to, of these releases. */
function usersByKey(
  place: Place,
  records: readonly ReleaseRecord[],
): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(
    [...usersOf(records)].flatMap(([uri, jobs]) => {
      const own = ownContentKey(place, uri);
      return own === undefined ? [] : [[own.key, jobs] as const];
    }),
  );
}

async function readAll(place: Place, environment: string): Promise<readonly ReleaseRecord[]> {
  const there = { ...place, environment };
  return readReleases(there, await listReleaseIds(there));
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
