import { getObject } from "../aws/objects.ts";
import { type LockDocument, lockKey, parseLock } from "./lock-document.ts";
import type { Place } from "./place.ts";

/** What a lock takes; a deploy's place has it. */
export type LockPlace = Pick<Place, "environment" | "bucket" | "prefix" | "clock" | "progress" | "signal"> & {
  readonly clients: Pick<Place["clients"], "s3">;
};

/** A lock as it stands in S3. */
export interface StandingLock {
  /** Undefined when it is damaged, or of another version. */
  readonly document: LockDocument | undefined;
  readonly etag: string;
  /** Milliseconds since it was written, by S3's clock alone. */
  readonly age: number | undefined;
}

/** @throws ToolkitError */
export async function readLock(place: LockPlace): Promise<StandingLock | undefined> {
  const stored = await getObject(place.clients.s3, place.bucket, lockKey(place));
  if (stored === undefined) return undefined;
  return { document: parseLock(stored.bytes), etag: stored.etag, age: stored.age };
}
