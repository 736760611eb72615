import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { Clock } from "../base/clock.ts";
import { type Bucket, getObject, type NewObject } from "./objects.ts";

/** What a lease's object says. */
export interface LeaseDocument<Holder> {
  readonly version: 1;
  /** Tells one taker from all others. */
  readonly token: string;
  readonly holder: Holder;
  readonly acquiredAt: string;
  /** By the holder's clock. */
  readonly expiresAt: string;
  readonly released: boolean;
}

/** Where a lease is kept, and how its holder is noted. */
export interface LeasePlace<Holder> {
  readonly s3: S3Client;
  readonly bucket: Bucket;
  readonly key: string;
  readonly clock: Clock;
  readonly holderSchema: z.ZodType<Holder>;
}

/** A lease as it stands in S3. */
export interface StandingLease<Holder> {
  /** Undefined when it is damaged, or of another version. */
  readonly document: LeaseDocument<Holder> | undefined;
  readonly etag: string;
  /** Milliseconds since it was written, by S3's clock alone. */
  readonly age: number | undefined;
}

/** @throws ToolkitError */
export async function readLease<Holder>(
  place: LeasePlace<Holder>,
): Promise<StandingLease<Holder> | undefined> {
  const stored = await getObject(place.s3, place.bucket, place.key, { clock: place.clock });
  if (stored === undefined) return undefined;
  return { document: parseLease(place, stored.bytes), etag: stored.etag, age: stored.age };
}

/** The object of a lease as its holder writes it at `now`, in milliseconds since the epoch. */
export function leaseObject<Holder>(
  { key, holder, lifetime }: { readonly key: string; readonly holder: Holder; readonly lifetime: number },
  {
    token,
    acquiredAt,
    now,
    released,
  }: {
    readonly token: string;
    readonly acquiredAt: number;
    readonly now: number;
    readonly released: boolean;
  },
): NewObject {
  const document: LeaseDocument<Holder> = {
    version: 1,
    token,
    holder,
    acquiredAt: new Date(acquiredAt).toISOString(),
    expiresAt: new Date(now + lifetime).toISOString(),
    released,
  };
  const bytes = new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`);
  return { key, bytes, contentType: "application/json" };
}

/** A workflow run that holds a lease. */
interface RunHolder {
  readonly runId: string;
  readonly attempt?: number | undefined;
  readonly runUrl?: string | undefined;
  readonly actor?: string | undefined;
  readonly repository?: string | undefined;
}

/** `run 77 (attempt 2) of ana in acme/datalake (https://…) since …`, as far as it is known. */
export function nameHolder({ holder, acquiredAt }: LeaseDocument<RunHolder>): string {
  const attempt = holder.attempt === undefined ? "" : ` (attempt ${holder.attempt})`;
  const actor = holder.actor === undefined ? "" : ` of ${holder.actor}`;
  const where = holder.repository === undefined ? "" : ` in ${holder.repository}`;
  const url = holder.runUrl === undefined ? "" : ` (${holder.runUrl})`;
  return `run ${holder.runId}${attempt}${actor}${where}${url} since ${acquiredAt}`;
}

function parseLease<Holder>(
  { holderSchema }: LeasePlace<Holder>,
  bytes: Uint8Array,
): LeaseDocument<Holder> | undefined {
  const schema = z.object({
    version: z.literal(1),
    token: z.string(),
    holder: holderSchema,
    acquiredAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    released: z.boolean(),
  });
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}
