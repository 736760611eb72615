import { randomUUID } from "node:crypto";
import type { S3Client } from "@aws-sdk/client-s3";
import * as z from "zod";
import type { Clock } from "../base/clock.ts";
import { ToolkitError } from "../base/errors.ts";
import { type Bucket, getObject, headObject, putIfAbsent, putIfMatch, s3Uri } from "./objects.ts";

const holderSchema = z.object({
  runId: z.string(),
  attempt: z.number().optional(),
  runUrl: z.string().optional(),
  actor: z.string().optional(),
  repository: z.string().optional(),
});

const leaseSchema = z.object({
  version: z.literal(1),
  token: z.string(),
  holder: holderSchema,
  acquiredAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  released: z.boolean(),
});

type LeaseDocument = z.infer<typeof leaseSchema>;

/** Who holds a lease, as its refusal names it. */
export type LeaseHolder = z.infer<typeof holderSchema>;

export interface LeaseOptions {
  readonly s3: S3Client;
  readonly clock: Clock;
  readonly bucket: Bucket;
  readonly key: string;
  readonly holder: LeaseHolder;
  /** Milliseconds that it lives without being renewed. */
  readonly lifetime: number;
  /** Whether a lease that has not expired may be taken from this holder, who is known to be gone. */
  readonly isGone: (holder: LeaseHolder) => boolean;
}

/** The sole right to something, kept as an object of S3 until it is released or expires. */
export interface Lease {
  /**
   * Moves the expiry on.
   * @throws ToolkitError `lease-held` when somebody else took it over
   */
  renew(): Promise<void>;
  /**
   * By how many milliseconds S3's clock is ahead of this machine's, or up to a second and the way there less: S3 keeps
   * whole seconds. 0 where it can't be told. @throws ToolkitError
   */
  clockAhead(): Promise<number>;
  /** Gives it back; the object stays, marked as released, so that no right to delete is needed. @throws ToolkitError */
  release(): Promise<void>;
}

/**
 * Takes a lease by conditional writes; an expired or released one is taken over, by one taker only.
 * @throws ToolkitError `lease-held` naming the holder, and AWS errors
 */
export async function acquireLease(options: LeaseOptions): Promise<Lease> {
  const token = randomUUID();
  const { s3, bucket } = options;
  const mine = leaseObject(options, token, false);
  let etag = await putIfAbsent(s3, bucket, mine);
  if (etag === undefined) {
    const standing = await readLease(options);
    if (standing !== undefined && isHeld(standing, token, options)) throw held(standing.document);
    etag = standing && (await putIfMatch(s3, bucket, mine, standing.etag));
  }
  etag ??= await ownEtag(options, token);
  return keep(options, token, etag);
}

function keep(options: LeaseOptions, token: string, firstEtag: string): Lease {
  const { s3, bucket, key, clock } = options;
  let written = { etag: firstEtag, at: clock.now() };
  const write = async (released: boolean): Promise<void> => {
    const object = leaseObject(options, token, released);
    const etag = (await putIfMatch(s3, bucket, object, written.etag)) ?? (await ownEtag(options, token));
    written = { etag, at: clock.now() };
  };
  return {
    renew: () => write(false),
    release: () => write(true),
    clockAhead: async () => {
      const facts = await headObject(s3, bucket, key);
      const { etag, at } = written;
      return facts?.lastModified === undefined || facts.etag !== etag ? 0 : facts.lastModified.getTime() - at;
    },
  };
}

/** The ETag of the lease if it is ours after all: a write may succeed whose answer gets lost. */
async function ownEtag(options: LeaseOptions, token: string): Promise<string> {
  const standing = await readLease(options);
  if (standing?.document?.token === token) return standing.etag;
  throw held(standing?.document);
}

interface StandingLease {
  readonly document: LeaseDocument | undefined;
  readonly etag: string;
  /** Milliseconds since it was written, by S3's clock alone. */
  readonly age: number | undefined;
}

async function readLease(options: LeaseOptions): Promise<StandingLease | undefined> {
  const stored = await getObject(options.s3, options.bucket, options.key);
  if (stored === undefined) return undefined;
  const parsed = leaseSchema.safeParse(parseJson(new TextDecoder().decode(stored.bytes)));
  return { document: parsed.success ? parsed.data : undefined, etag: stored.etag, age: stored.age };
}

/** A document that can't be read holds nobody back; one that has expired still does while S3's clock calls it young. */
function isHeld({ document, age }: StandingLease, token: string, options: LeaseOptions): boolean {
  if (document === undefined || document.released || document.token === token) return false;
  const alive =
    Date.parse(document.expiresAt) > options.clock.now() ||
    (age ?? Number.POSITIVE_INFINITY) < options.lifetime;
  return alive && !options.isGone(document.holder);
}

function held(document: LeaseDocument | undefined): ToolkitError {
  const holder = document === undefined ? "another run" : nameHolder(document);
  const until = document === undefined ? "" : ` until ${document.expiresAt}`;
  return new ToolkitError({
    code: "lease-held",
    message: `${holder}${until}`,
    remedy: "Wait for that run to end and start again; the lock of a run that was killed expires by itself.",
    source: "user",
  });
}

function nameHolder({ holder, acquiredAt }: LeaseDocument): string {
  const attempt = holder.attempt === undefined ? "" : ` (attempt ${holder.attempt})`;
  const actor = holder.actor === undefined ? "" : ` of ${holder.actor}`;
  const where = holder.repository === undefined ? "" : ` in ${holder.repository}`;
  const url = holder.runUrl === undefined ? "" : ` (${holder.runUrl})`;
  return `run ${holder.runId}${attempt}${actor}${where}${url} since ${acquiredAt}`;
}

function leaseObject(options: LeaseOptions, token: string, released: boolean) {
  const now = options.clock.now();
  const document: LeaseDocument = {
    version: 1,
    token,
    holder: options.holder,
    acquiredAt: new Date(now).toISOString(),
    expiresAt: new Date(now + options.lifetime).toISOString(),
    released,
  };
  return {
    key: options.key,
    bytes: new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`),
    contentType: "application/json",
  };
}

/** Where a lease is kept. */
export function leaseUri({ bucket, key }: Pick<LeaseOptions, "bucket" | "key">): string {
  return s3Uri(bucket.name, key);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
