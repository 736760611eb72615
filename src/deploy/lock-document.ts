import * as z from "zod";
import { s3Uri } from "../aws/objects.ts";
import { ToolkitError } from "../base/errors.ts";
import { ledgerFolder } from "./ledger.ts";
import type { Place, Provenance } from "./place.ts";

/**
 * How long a lock stands without being renewed. Its holder renews it three times as often; a killed run's environment
 * is free again after this.
 */
export const leaseMilliseconds = 30_000;

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
  /** By the holder's clock. */
  expiresAt: z.iso.datetime(),
  released: z.boolean(),
});

export type LockDocument = z.infer<typeof lockSchema>;

/** A lock's document that a holder writes. */
export function lockDocument(by: Provenance, token: string, acquiredAt: number, now: number): LockDocument {
  return {
    version: 1,
    token,
    holder: by,
    acquiredAt: new Date(acquiredAt).toISOString(),
    expiresAt: new Date(now + leaseMilliseconds).toISOString(),
    released: false,
  };
}

/** When a lock was written, by its holder's clock, in milliseconds since the epoch. */
export function writtenAt({ expiresAt }: LockDocument): number {
  return Date.parse(expiresAt) - leaseMilliseconds;
}

/** Undefined for text that is no lock of this version. */
export function parseLock(bytes: Uint8Array): LockDocument | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}

/** The object that holds a lock. */
export function lockObject(
  place: Pick<Place, "prefix" | "environment">,
  document: LockDocument,
): { readonly key: string; readonly bytes: Uint8Array; readonly contentType: string } {
  const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
  return { key: lockKey(place), bytes, contentType: "application/json" };
}

export function lockKey(place: Pick<Place, "prefix" | "environment">): string {
  return `${ledgerFolder(place)}lock.json`;
}

/** Where an environment's lock is kept. */
export function lockUri(place: Pick<Place, "bucket" | "prefix" | "environment">): string {
  return s3Uri(place.bucket.name, lockKey(place));
}

/** `run 77 of ana in acme/datalake (https://…) since …`; of a lock that can't be read, where it is. */
export function nameHolder(place: Parameters<typeof lockUri>[0], document: LockDocument | undefined): string {
  if (document === undefined) return `whoever wrote ${lockUri(place)}`;
  const { holder, acquiredAt } = document;
  const actor = holder.actor === undefined ? "" : ` of ${holder.actor}`;
  const url = holder.runUrl === undefined ? "" : ` (${holder.runUrl})`;
  return `run ${holder.runId}${actor} in ${holder.repository}${url} since ${acquiredAt}`;
}

/** The error of whoever may not go on because of a lock. */
export function lockedError(
  place: Parameters<typeof lockUri>[0],
  document: LockDocument | undefined,
): ToolkitError {
  return new ToolkitError({
    code: "deploy-locked",
    message: `The environment ${place.environment} is locked by ${nameHolder(place, document)}`,
    remedy: `Wait for that run to end and run this one again; the lock of a killed run falls free ${leaseMilliseconds / 1_000} seconds after its last sign of life.`,
    source: "user",
  });
}
