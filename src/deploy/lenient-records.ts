import { listUris } from "../aws/all-jobs.ts";
import { getObject, s3Uri } from "../aws/objects.ts";
import { messageOf } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { type LedgerPlace, ledgerFolder } from "./ledger.ts";
import { ownContentKey } from "./place.ts";
import { parseRecord, type ReleaseRecord } from "./record.ts";

const parallelReads = 16;

/** A record as far as it can be read. */
export interface LenientRecord {
  readonly id: string;
  /** Undefined where the stored text is damaged, or of a newer toolkit. */
  readonly record: ReleaseRecord | undefined;
  readonly text: string;
  /** Why it can't be read. */
  readonly problem?: string;
}

/**
 * Reads records in the order of their ids, some at a time; one that is gone meanwhile is left out, and one that is
 * damaged is told.
 * @throws ToolkitError for AWS errors
 */
export async function* readLeniently(
  place: LedgerPlace,
  ids: readonly string[],
): AsyncGenerator<LenientRecord> {
  for (let start = 0; start < ids.length; start += parallelReads) {
    const batch = await mapLimited(ids.slice(start, start + parallelReads), parallelReads, (id) =>
      readOne(place, id),
    );
    yield* batch.filter((found) => found !== undefined);
  }
}

/** Content keys of the place that a text names by their URIs. */
export function ownKeysIn(place: Pick<LedgerPlace, "bucket" | "prefix">, text: string): readonly string[] {
  return listUris(text).flatMap((uri) => {
    const own = ownContentKey(place, uri);
    return own === undefined ? [] : [own.key];
  });
}

async function readOne(place: LedgerPlace, id: string): Promise<LenientRecord | undefined> {
  const key = `${ledgerFolder(place)}${id}.json`;
  const stored = await getObject(place.clients.s3, place.bucket, key, place);
  if (stored === undefined) return undefined;
  const text = new TextDecoder().decode(stored.bytes);
  try {
    return { id, text, record: parseRecord(text, id, s3Uri(place.bucket.name, key)) };
  } catch (thrown) {
    return { id, text, record: undefined, problem: messageOf(thrown) };
  }
}
