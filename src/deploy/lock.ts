import { randomUUID } from "node:crypto";
import * as z from "zod";
import { getObject, putIfAbsent, putIfMatch, s3Uri } from "../aws/objects.ts";
import { ToolkitError } from "../base/errors.ts";
import { ledgerFolder } from "./ledger.ts";
import type { Place, Provenance } from "./place.ts";

/** How long a lock lives without being renewed: longer than a killed runner, shorter than a coffee break. */
const lifetimeMilliseconds = 10 * 60_000;

const lockSchema = z.object({
  version: z.literal(1),
  token: z.string(),
  holder: z.object({
    repository: z.string(),
    commit: z.string(),
    runId: z.string(),
    runUrl: z.string().optional(),
    actor: z.string().optional(),
  }),
  acquiredAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  released: z.boolean(),
});

type LockDocument = z.infer<typeof lockSchema>;
type LockPlace = Pick<Place, "environment" | "bucket" | "prefix" | "clock" | "progress"> & {
  readonly clients: Pick<Place["clients"], "s3">;
};

/** The right to change an environment's jobs, held until it is released or expires. */
export interface Lock {
  /**
   * Moves the expiry on when a third of the lifetime has passed.
   * @throws ToolkitError `deploy-locked` when somebody took the lock over
   */
  renew(): Promise<void>;
  /** Gives the lock back; it needs no right to delete, so the object stays, marked as released. */
  release(): Promise<void>;
}

/**
 * Takes the environment's lock by conditional writes; an expired or released one is taken over, by one taker only.
 * @throws ToolkitError `deploy-locked` naming the holder
 */
export async function acquireLock(place: LockPlace, by: Provenance): Promise<Lock> {
  const token = randomUUID();
  const mine = lockObject(place, lockDocument(place, by, token));
  let etag = await putIfAbsent(place.clients.s3, place.bucket, mine);
  if (etag === undefined) {
    const standing = await readLock(place);
    if (standing !== undefined && isHeld(standing.document, token, place.clock.now()))
      throw locked(standing.document);
    if (standing !== undefined && isStale(standing.document)) reportTakeover(place, standing.document);
    etag = standing && (await putIfMatch(place.clients.s3, place.bucket, mine, standing.etag));
  }
  etag ??= await ownEtag(place, token);
  return heldLock(place, by, token, etag);
}

/** Runs `work` under the environment's lock and gives it back whatever happens. */
export async function withLock<T>(
  place: LockPlace,
  by: Provenance,
  work: (lock: Lock) => Promise<T>,
): Promise<T> {
  const lock = await acquireLock(place, by);
  try {
    return await work(lock);
  } finally {
    await lock.release();
  }
}

function heldLock(place: LockPlace, by: Provenance, token: string, firstEtag: string): Lock {
  let etag = firstEtag;
  let renewedAt = place.clock.now();
  const write = async (released: boolean): Promise<void> => {
    const document = { ...lockDocument(place, by, token), released };
    const written = await putIfMatch(place.clients.s3, place.bucket, lockObject(place, document), etag);
    etag = written ?? (await ownEtag(place, token));
    renewedAt = place.clock.now();
  };
  return {
    renew: async () => {
      if (place.clock.now() - renewedAt > lifetimeMilliseconds / 3) await write(false);
    },
    release: async () => {
      try {
        await write(true);
      } catch (thrown) {
        place.progress({
          code: "deploy.lock-not-released",
          level: "warning",
          message: `The lock could not be given back and expires by itself: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        });
      }
    },
  };
}

/** The ETag of the lock if it is ours after all: a write may succeed whose answer gets lost. */
async function ownEtag(place: LockPlace, token: string): Promise<string> {
  const standing = await readLock(place);
  if (standing?.document?.token === token) return standing.etag;
  throw locked(standing?.document);
}

async function readLock(
  place: LockPlace,
): Promise<{ readonly document: LockDocument | undefined; readonly etag: string } | undefined> {
  const stored = await getObject(place.clients.s3, place.bucket, lockKey(place));
  if (stored === undefined) return undefined;
  const parsed = lockSchema.safeParse(parseJson(new TextDecoder().decode(stored.bytes)));
  return { document: parsed.success ? parsed.data : undefined, etag: stored.etag };
}

function isHeld(document: LockDocument | undefined, token: string, now: number): boolean {
  if (document === undefined || document.released || document.token === token) return false;
  return Date.parse(document.expiresAt) > now;
}

function isStale(document: LockDocument | undefined): document is LockDocument {
  return document !== undefined && !document.released;
}

function reportTakeover(place: LockPlace, document: LockDocument): void {
  place.progress({
    code: "deploy.lock-taken-over",
    level: "warning",
    message: `The lock of ${nameHolder(document)} expired at ${document.expiresAt} and is taken over`,
  });
}

function locked(document: LockDocument | undefined): ToolkitError {
  const holder = document === undefined ? "another deploy" : nameHolder(document);
  const until = document === undefined ? "" : ` until ${document.expiresAt}`;
  return new ToolkitError({
    code: "deploy-locked",
    message: `The environment is locked by ${holder}${until}`,
    remedy: "Wait for that run to end and run this one again; a lock whose run was killed expires by itself.",
    source: "user",
  });
}

function nameHolder({ holder, acquiredAt }: LockDocument): string {
  const actor = holder.actor === undefined ? "" : ` of ${holder.actor}`;
  const url = holder.runUrl === undefined ? "" : ` (${holder.runUrl})`;
  return `run ${holder.runId}${actor} in ${holder.repository}${url} since ${acquiredAt}`;
}

function lockDocument(place: LockPlace, by: Provenance, token: string): LockDocument {
  const now = place.clock.now();
  return {
    version: 1,
    token,
    holder: by,
    acquiredAt: new Date(now).toISOString(),
    expiresAt: new Date(now + lifetimeMilliseconds).toISOString(),
    released: false,
  };
}

function lockObject(place: LockPlace, document: LockDocument) {
  return {
    key: lockKey(place),
    bytes: new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`),
    contentType: "application/json",
  };
}

function lockKey(place: LockPlace): string {
  return `${ledgerFolder(place)}lock.json`;
}

/** Where an environment's lock is kept. */
export function lockUri(place: Pick<Place, "bucket" | "prefix" | "environment">): string {
  return s3Uri(place.bucket.name, `${ledgerFolder(place)}lock.json`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
