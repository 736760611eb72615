import { randomUUID } from "node:crypto";
import { putIfAbsent, putIfMatch } from "../aws/objects.ts";
import { holdLock, type Lock } from "./held-lock.ts";
import {
  leaseMilliseconds,
  lockDocument,
  lockedError,
  lockObject,
  nameHolder,
  writtenAt,
} from "./lock-document.ts";
import type { Provenance } from "./place.ts";
import { type LockPlace, readLock, type StandingLock } from "./read-lock.ts";

export type { Lock } from "./held-lock.ts";
export { lockUri } from "./lock-document.ts";

/** How long a run waits for another one to finish. */
const patienceMilliseconds = 5 * 60_000;
const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 10_000;
/** HTTP's Date and S3's LastModified are whole seconds. */
const roundingMilliseconds = 2_000;

export interface LockOptions {
  /** How long to wait for another holder, in milliseconds. */
  readonly patience?: number;
}

/**
 * Takes the environment's lock by conditional writes. While somebody else holds it, it waits; one that was not renewed
 * for its lease, or was released, is taken over, by one taker only.
 * @throws ToolkitError `deploy-locked` naming the holder, and the signal's reason
 */
export async function acquireLock(
  place: LockPlace,
  by: Provenance,
  { patience = patienceMilliseconds }: LockOptions = {},
): Promise<Lock> {
  const token = randomUUID();
  const deadline = place.clock.now() + patience;
  let seen: Seen | undefined;
  let pause = firstPauseMilliseconds;
  for (;;) {
    place.signal?.throwIfAborted();
    const sentAt = place.clock.now();
    const attempt = await tryToTake(place, by, token, seen);
    if ("etag" in attempt) return holdLock(place, by, token, attempt.etag, sentAt);
    if (place.clock.now() >= deadline) throw lockedError(place, attempt.standing?.document);
    seen = look(place, attempt.standing, seen);
    await place.clock.sleep(pause, place.signal);
    pause = Math.min(pause * 1.5, longestPauseMilliseconds);
  }
}

/** Runs `work` under the environment's lock and gives it back whatever happens. */
export async function withLock<T>(
  place: LockPlace,
  by: Provenance,
  work: (lock: Lock) => Promise<T>,
  options?: LockOptions,
): Promise<T> {
  const lock = await acquireLock(place, by, options);
  try {
    return await work(lock);
  } finally {
    await lock.release();
  }
}

/** A lock that was waited for, and since when it has not changed, by this machine's clock. */
interface Seen {
  readonly etag: string;
  readonly since: number;
  readonly holder: string;
}

type Attempt = { readonly etag: string } | { readonly standing: StandingLock | undefined };

async function tryToTake(
  place: LockPlace,
  by: Provenance,
  token: string,
  seen: Seen | undefined,
): Promise<Attempt> {
  const now = place.clock.now();
  const mine = lockObject(place, lockDocument(by, token, now, now));
  const created = seen === undefined ? await putIfAbsent(place.clients.s3, place.bucket, mine) : undefined;
  if (created !== undefined) return { etag: created };
  const standing = await readLock(place);
  if (standing === undefined) {
    const late = await putIfAbsent(place.clients.s3, place.bucket, mine);
    return late === undefined ? { standing } : { etag: late };
  }
  // A write may succeed whose answer gets lost.
  if (standing.document?.token === token) return { etag: standing.etag };
  const released = standing.document?.released === true;
  if (!released && !isStale(place, standing, seen)) return { standing };
  const etag = await putIfMatch(place.clients.s3, place.bucket, mine, standing.etag);
  if (etag === undefined) return { standing: await readLock(place) };
  if (!released) reportTakeover(place, standing);
  return { etag };
}

/**
 * No renewal for a whole lease: by S3's clock and the machines' alike, or, where these differ (a proxy may put its own
 * Date into answers), as watched by this machine.
 */
function isStale(place: LockPlace, { document, etag, age }: StandingLock, seen: Seen | undefined): boolean {
  const lapsed = leaseMilliseconds + roundingMilliseconds;
  const now = place.clock.now();
  const ageByHolder = document === undefined ? age : now - writtenAt(document);
  if (age !== undefined && ageByHolder !== undefined && Math.min(age, ageByHolder) >= lapsed) return true;
  return seen?.etag === etag && now - seen.since >= lapsed;
}

function look(
  place: LockPlace,
  standing: StandingLock | undefined,
  seen: Seen | undefined,
): Seen | undefined {
  if (standing === undefined) return seen;
  const holder = nameHolder(place, standing.document);
  if (seen?.holder !== holder) {
    place.progress({
      code: "deploy.waiting-for-lock",
      level: "info",
      message: `Waiting for ${holder}, which holds the lock of the environment ${place.environment}`,
    });
  }
  const since = seen?.etag === standing.etag ? seen.since : place.clock.now();
  return { etag: standing.etag, since, holder };
}

function reportTakeover(place: LockPlace, { document }: StandingLock): void {
  place.progress({
    code: "deploy.lock-taken-over",
    level: "warning",
    message: `The lock of ${nameHolder(place, document)} shows no sign of life and is taken over`,
  });
}
