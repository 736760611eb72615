import * as z from "zod";
import type { Lease } from "../aws/held-lease.ts";
import { acquireLease } from "../aws/lease.ts";
import { type LeaseDocument, nameHolder, readLease } from "../aws/lease-document.ts";
import type { LeaseWords } from "../aws/lease-terms.ts";
import { s3Uri } from "../aws/objects.ts";
import { messageOf, ToolkitError } from "../base/errors.ts";
import { ledgerFolder } from "./ledger.ts";
import type { Place, Provenance } from "./place.ts";

/**
 * How long a lock stands without being renewed. Its holder renews it three times as often; a killed run's environment
 * is free again after this.
 */
const lifetime = 30_000;
/** How long a run waits for another one to finish, in milliseconds. */
const patienceMilliseconds = 5 * 60_000;

/** The right to change an environment's jobs. */
export type Lock = Pick<Lease, "assertHeld" | "assertFresh" | "release">;

/** What a lock takes; a deploy's place has it. */
type LockPlace = Pick<Place, "environment" | "bucket" | "prefix" | "clock" | "progress" | "signal"> & {
  readonly clients: Pick<Place["clients"], "s3">;
};

type LockDocument = LeaseDocument<Provenance>;

const holderSchema = z.object({
  repository: z.string(),
  commit: z.string(),
  runId: z.string(),
  runUrl: z.string().optional(),
  actor: z.string().optional(),
});

export interface LockOptions {
  /** How long to wait for another holder, in milliseconds. */
  readonly patience?: number;
}

/**
 * Takes the environment's lock. While somebody else holds it, it waits; one without a sign of life is taken over.
 * @throws ToolkitError `deploy-locked` naming the holder, and the signal's reason
 */
export function acquireLock(
  place: LockPlace,
  by: Provenance,
  { patience = patienceMilliseconds }: LockOptions = {},
): Promise<Lock> {
  return acquireLease({
    s3: place.clients.s3,
    bucket: place.bucket,
    key: lockKey(place),
    clock: place.clock,
    signal: place.signal,
    holder: by,
    holderSchema,
    lifetime,
    renewEvery: lifetime / 3,
    patience,
    words: words(place),
  });
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

/** Whether anybody holds the environment's lock, and a mark that is another one once somebody took it. */
export interface LockState {
  readonly free: boolean;
  readonly mark: string;
}

/** The state of the environment's lock, read and not taken. @throws ToolkitError */
export async function lockState(place: LockPlace): Promise<LockState> {
  const { clients, bucket, clock } = place;
  const standing = await readLease({ s3: clients.s3, bucket, key: lockKey(place), clock, holderSchema });
  return {
    free: standing === undefined || standing.document?.released === true,
    mark: standing?.etag ?? "none",
  };
}

/** Where an environment's lock is kept. */
export function lockUri(place: Pick<Place, "bucket" | "prefix" | "environment">): string {
  return s3Uri(place.bucket.name, lockKey(place));
}

function lockKey(place: Pick<Place, "prefix" | "environment">): string {
  return `${ledgerFolder(place)}lock.json`;
}

function words(place: LockPlace): LeaseWords<Provenance> {
  const { environment, progress } = place;
  const name = (document: LockDocument | undefined) =>
    document === undefined ? `whoever wrote ${lockUri(place)}` : nameHolder(document);
  const locked = (document: LockDocument | undefined) => lockedBy(environment, name(document));
  return {
    held: locked,
    takenAway: locked,
    lapsed,
    waiting: (document) =>
      progress({
        code: "deploy.waiting-for-lock",
        level: "info",
        message: `Waiting for ${name(document)}, which holds the lock of the environment ${environment}`,
      }),
    takenOver: (document) =>
      progress({
        code: "deploy.lock-taken-over",
        level: "warning",
        message: `The lock of ${name(document)} shows no sign of life and is taken over`,
      }),
    notRenewed: (thrown) =>
      progress({
        code: "deploy.lock-not-renewed",
        level: "debug",
        message: `The lock could not be renewed: ${messageOf(thrown)}`,
      }),
    notReleased: (thrown) =>
      progress({
        code: "deploy.lock-not-released",
        level: "warning",
        message: `The lock could not be given back and expires by itself: ${messageOf(thrown)}`,
      }),
  };
}

function lockedBy(environment: string, holder: string): ToolkitError {
  return new ToolkitError({
    code: "deploy-locked",
    message: `The environment ${environment} is locked by ${holder}`,
    remedy: `Wait for that run to end and run this one again; the lock of a killed run falls free ${lifetime / 1_000} seconds after its last sign of life.`,
    source: "user",
  });
}

function lapsed(cause: unknown): ToolkitError {
  return new ToolkitError({
    code: "lock-lapsed",
    message: "This run was held up for so long that its lock on the environment lapsed",
    remedy: "Deploy again: the next run settles what this one left.",
    source: "user",
    cause,
  });
}
