import { mustLookAgain } from "../aws/errors.ts";
import { getObject, putIfMatch, putOnce, s3Uri } from "../aws/objects.ts";
import { listObjects } from "../aws/prefixes.ts";
import { internalError, messageOf, ToolkitError } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { headKey, readHead, type StoredHead, writeHead } from "./ledger-head.ts";
import type { LedgerPlace, Place } from "./place.ts";
import { formatRecord, parseRecord, type ReleaseRecord } from "./record.ts";

export type { LedgerPlace } from "./place.ts";
export type { ReleaseRecord } from "./record.ts";

const parallelReads = 16;
/** Ids that the head keeps, so that a look at the newest releases takes no listing. */
const keptRecent = 50;

/** A record and the version of the object it was read from. */
export interface StoredRecord {
  readonly record: ReleaseRecord;
  readonly etag: string;
}

/** Where a release's record is kept. */
export function releaseUri(place: Pick<Place, "bucket" | "prefix" | "environment">, id: string): string {
  return s3Uri(place.bucket.name, `${ledgerFolder(place)}${id}.json`);
}

/** The key prefix of an environment's records and lock. */
export function ledgerFolder(place: Pick<Place, "prefix" | "environment">): string {
  return `${place.prefix}_releases/${place.environment}/`;
}

/**
 * Ids of all releases, newest first.
 * @param after list only releases newer than this id
 * @throws ToolkitError `bucket-missing` and other AWS errors
 */
export async function listReleaseIds(place: LedgerPlace, after?: string): Promise<readonly string[]> {
  const folder = ledgerFolder(place);
  const ids: string[] = [];
  // "-" sorts before ".", so an id that continues this one is listed too
  const startAfter = after === undefined ? undefined : `${folder}${after}`;
  const { s3 } = place.clients;
  for await (const { key } of listObjects(s3, place.bucket, folder, place.signal, startAfter)) {
    const id = /^(\d{8}T[^/]*)\.json$/.exec(key.slice(folder.length))?.[1];
    if (id !== undefined && id !== after) ids.push(id);
  }
  return ids.sort().reverse();
}

/**
 * One release; undefined when there is no such id.
 * @throws ToolkitError `release-record-invalid` and AWS errors
 */
export async function readRelease(place: LedgerPlace, id: string): Promise<StoredRecord | undefined> {
  const key = `${ledgerFolder(place)}${id}.json`;
  const stored = await getObject(place.clients.s3, place.bucket, key, place);
  if (stored === undefined) return undefined;
  const text = new TextDecoder().decode(stored.bytes);
  return { record: parseRecord(text, id, s3Uri(place.bucket.name, key)), etag: stored.etag };
}

/**
 * The releases of these ids, in their order; one that is gone meanwhile is left out.
 * @throws ToolkitError `release-record-invalid` and AWS errors
 */
export async function readReleases(
  place: LedgerPlace,
  ids: readonly string[],
): Promise<readonly ReleaseRecord[]> {
  const stored = await mapLimited(ids, parallelReads, (id) => readRelease(place, id));
  return stored.flatMap((found) => (found === undefined ? [] : [found.record]));
}

/** What a deploy has to know of the ledger. */
export interface LedgerState {
  /** Ids of the newest releases, in whatever state, newest first; empty when there is none yet. */
  readonly recent: readonly string[];
  /** Releases that are pending, oldest first: in progress, or interrupted. */
  readonly pending: readonly ReleaseRecord[];
  readonly head: StoredHead;
}

/**
 * The state of the ledger, from its head and what is newer.
 * @throws ToolkitError `release-record-invalid` and AWS errors
 */
export async function ledgerState(place: LedgerPlace): Promise<LedgerState> {
  const stored = await readHead(place);
  const { head } = stored;
  const newer = await listReleaseIds(place, head?.recent[0]);
  const recent = [...newer, ...(head?.recent ?? [])].slice(0, keptRecent);
  // The newest one is read whatever the head says; without a head it is the only one that can be pending.
  const unsettled = new Set([
    ...recent.slice(0, 1),
    ...(head === undefined ? [] : [...newer, ...head.pending]),
  ]);
  const records = await readReleases(place, [...unsettled].sort());
  return {
    recent,
    pending: records.filter(({ status }) => status === "pending"),
    head: stored,
  };
}

/**
 * Brings the head up to date after a release, best effort: an old one only costs a later run some reads. To be called by
 * the holder of the lock.
 * @param state as it was before the release
 * @param pending older releases that stay pending
 */
export async function updateHead(
  place: LedgerPlace & Pick<Place, "progress">,
  { recent, head: { head, etag } }: LedgerState,
  release: ReleaseRecord,
  pending: readonly ReleaseRecord[],
): Promise<void> {
  const unsettled = [...pending, ...(release.status === "pending" ? [release] : [])];
  try {
    await writeHead(
      place,
      {
        version: 1,
        recent: [release.id, ...recent].slice(0, keptRecent),
        pending: unsettled.map(({ id }) => id),
        prunedThrough: head?.prunedThrough ?? null,
      },
      etag,
    );
  } catch (thrown) {
    const message = `The ledger's head could not be written: ${messageOf(thrown)}`;
    place.progress({ code: "deploy.head-not-written", level: "debug", message });
  }
}

/**
 * Notes in the head, before anything is deleted, that releases up to this one are pruned. To be called by the holder of
 * the lock.
 * @throws ToolkitError `release-record-contested` when somebody else writes the head, and AWS errors
 */
export async function markPruned(place: LedgerPlace, through: string): Promise<void> {
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const { recent, pending, head } = await ledgerState(place);
    const before = head.head?.prunedThrough ?? "";
    if (before >= through) return;
    const next = {
      version: 1 as const,
      recent: [...recent],
      pending: pending.map(({ id }) => id),
      prunedThrough: through,
    };
    if (await writeHead(place, next, head.etag)) return;
  }
  throw contested(s3Uri(place.bucket.name, headKey(place)));
}

/**
 * Applied releases, newest first, read as they are asked for: a few at first, then more at a time.
 * @param known ids to look at, newest first; all of them where they are left out
 */
export async function* appliedReleases(
  place: LedgerPlace,
  known?: readonly string[],
): AsyncGenerator<ReleaseRecord, void> {
  const ids = known ?? (await listReleaseIds(place));
  let size = 1;
  for (let start = 0; start < ids.length; ) {
    const records = await readReleases(place, ids.slice(start, start + size));
    for (const record of records) if (record.status === "applied") yield record;
    start += size;
    size = Math.min(parallelReads, Math.max(1, start));
  }
}

/** The newest applied releases, at most so many. */
export async function newestApplied(place: LedgerPlace, most: number): Promise<readonly ReleaseRecord[]> {
  const found: ReleaseRecord[] = [];
  for await (const record of appliedReleases(place)) {
    found.push(record);
    if (found.length === most) break;
  }
  return found;
}

/** Writes a new record; its key must be free. */
export async function writeRecord(place: LedgerPlace, record: ReleaseRecord): Promise<void> {
  const { clock, signal } = place;
  await putOnce(place.clients.s3, place.bucket, recordObject(place, record), { clock, signal });
}

/**
 * Settles a pending record. Only the holder of the lock does this, so a version that isn't the one last read is its
 * own earlier write whose answer got lost; a record that somebody settled otherwise stays as it is. Not cancellable.
 * @param over the states that may be written over: `applied` too for whoever tried that before and has undone it since
 * @throws ToolkitError `release-record-contested` and AWS errors
 */
export async function settleRecord(
  place: LedgerPlace,
  record: ReleaseRecord,
  status: "applied" | "rolled-back" | "pending",
  note: string | null = null,
  over: readonly ReleaseRecord["status"][] = ["pending"],
): Promise<ReleaseRecord> {
  const settledAt = status === "pending" ? null : new Date(place.clock.now()).toISOString();
  const settled: ReleaseRecord = { ...record, status, settledAt, note };
  const ledger: LedgerPlace = { ...place, signal: undefined };
  let lost: unknown;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const stored = await readRelease(ledger, record.id);
    if (stored === undefined) throw internalError(`The release record ${record.id} has gone`);
    if (stored.record.status === status && status !== "pending") return stored.record;
    if (!over.includes(stored.record.status)) break;
    const object = recordObject(place, settled);
    try {
      if ((await putIfMatch(place.clients.s3, place.bucket, object, stored.etag)) !== undefined)
        return settled;
    } catch (thrown) {
      // it may have been written all the same
      if (!mustLookAgain(thrown)) throw thrown;
      lost = thrown;
    }
  }
  if (lost !== undefined) throw lost;
  throw contested(releaseUri(place, record.id));
}

function contested(uri: string): ToolkitError {
  return new ToolkitError({
    code: "release-record-contested",
    message: `Somebody else wrote ${uri} meanwhile`,
    remedy: "Find the other process that deploys to this environment; then deploy again.",
    source: "user",
  });
}

function recordObject(
  place: Pick<Place, "prefix" | "environment">,
  record: ReleaseRecord,
): { key: string; bytes: Uint8Array; contentType: string } {
  return {
    key: `${ledgerFolder(place)}${record.id}.json`,
    bytes: new TextEncoder().encode(formatRecord(record)),
    contentType: "application/json",
  };
}
