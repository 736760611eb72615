import { mustLookAgain } from "../aws/errors.ts";
import { getObject, putIfMatch, putOnce, s3Uri } from "../aws/objects.ts";
import { listObjects } from "../aws/prefixes.ts";
import { internalError, ToolkitError } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import type { Place } from "./place.ts";
import { formatRecord, parseRecord, type ReleaseRecord } from "./record.ts";

export type { ReleaseRecord } from "./record.ts";

const parallelReads = 16;

/** What reading the ledger takes; a deploy's place has it. */
export type LedgerPlace = Pick<Place, "environment" | "bucket" | "prefix" | "clock" | "signal"> & {
  readonly clients: Pick<Place["clients"], "s3">;
};

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
 * @throws ToolkitError `bucket-missing` and other AWS errors
 */
export async function listReleaseIds(place: LedgerPlace): Promise<readonly string[]> {
  const folder = ledgerFolder(place);
  const ids: string[] = [];
  for await (const { key } of listObjects(place.clients.s3, place.bucket, folder, place.signal)) {
    const id = /^(\d{8}T[^/]*)\.json$/.exec(key.slice(folder.length))?.[1];
    if (id !== undefined) ids.push(id);
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

/** The newest release, in whatever state; undefined when there is none yet. */
export async function newestRelease(place: LedgerPlace): Promise<StoredRecord | undefined> {
  const [id] = await listReleaseIds(place);
  return id === undefined ? undefined : readRelease(place, id);
}

/** Applied releases, newest first, read one at a time as they are asked for. */
export async function* appliedReleases(place: LedgerPlace): AsyncGenerator<ReleaseRecord> {
  for (const id of await listReleaseIds(place)) {
    const stored = await readRelease(place, id);
    if (stored?.record.status === "applied") yield stored.record;
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
  throw new ToolkitError({
    code: "release-record-contested",
    message: `Somebody else wrote ${releaseUri(place, record.id)} meanwhile`,
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
