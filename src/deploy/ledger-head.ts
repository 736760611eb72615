import * as z from "zod";
import { getObject, putIfAbsent, putIfMatch } from "../aws/objects.ts";
import type { LedgerPlace } from "./place.ts";

const headSchema = z.strictObject({
  version: z.literal(1),
  /** Ids of the newest releases when this was written, newest first. */
  recent: z.array(z.string()).min(1),
  /** Ids of older releases that were left pending. */
  pending: z.array(z.string()),
  /** Id of the newest release that pruning deleted: the ledger has gaps up to there. */
  prunedThrough: z.string().nullable(),
});

/**
 * What a deploy needs to know of the ledger without listing it. Releases newer than these may exist (a run died, an
 * older version of the toolkit wrote them): they are listed from there on. A missing head costs one whole listing.
 */
export type LedgerHead = z.infer<typeof headSchema>;

/** The head, and the version of the object it was read from; no etag where there is none. */
export interface StoredHead {
  readonly head: LedgerHead | undefined;
  readonly etag: string | undefined;
}

/** The head's key. It lies beside the environment's folder, which holds records and the lock alone. */
export function headKey(place: Pick<LedgerPlace, "prefix" | "environment">): string {
  return `${place.prefix}_releases/${place.environment}.head.json`;
}

/** The stored head; one that can't be read counts as none. @throws ToolkitError for AWS errors */
export async function readHead(place: LedgerPlace): Promise<StoredHead> {
  const stored = await getObject(place.clients.s3, place.bucket, headKey(place), place);
  if (stored === undefined) return { head: undefined, etag: undefined };
  return { head: parseHead(new TextDecoder().decode(stored.bytes)), etag: stored.etag };
}

/**
 * Writes the head over the version that was read. To be called by the holder of the environment's lock, not cancellable.
 * @returns whether it was written: somebody else may have been faster
 * @throws ToolkitError for AWS errors
 */
export async function writeHead(
  place: LedgerPlace,
  head: LedgerHead,
  etag: string | undefined,
): Promise<boolean> {
  const object = {
    key: headKey(place),
    bytes: new TextEncoder().encode(`${JSON.stringify(head, null, 2)}\n`),
    contentType: "application/json",
  };
  const written =
    etag === undefined
      ? await putIfAbsent(place.clients.s3, place.bucket, object)
      : await putIfMatch(place.clients.s3, place.bucket, object, etag);
  return written !== undefined;
}

function parseHead(text: string): LedgerHead | undefined {
  try {
    return headSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
