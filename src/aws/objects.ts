import { createHash } from "node:crypto";
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Clock } from "../base/clock.ts";
import { messageOf, ToolkitError } from "../base/errors.ts";
import { retry } from "../base/retry.ts";
import { answerDate } from "./answer-date.ts";
import { addressOf, type Bucket, encryptionOf } from "./bucket.ts";
import { UnreadableAnswer } from "./checked-answers.ts";
import { asToolkitError, awsCall, isAwsError, isNotFound } from "./errors.ts";
import type { AwsCall } from "./facts.ts";
import { sendOptions } from "./send-options.ts";

export type { Bucket } from "./bucket.ts";

export interface ObjectFacts {
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date | undefined;
  /** SHA-256 in hex, where S3 keeps one of the whole object. */
  readonly sha256: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** How a call waits before it is sent again, and what ends that. */
interface Patience {
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

export interface NewObject {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  /** At most 2 KB in all. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** `s3://bucket/key`. */
export function s3Uri(bucket: string, key: string): string {
  return `s3://${bucket}/${key}`;
}

/** Bucket and key of an S3 URI; undefined for anything else. */
export function parseS3Uri(uri: string): { readonly bucket: string; readonly key: string } | undefined {
  const match = /^s3[an]?:\/\/([^/]+)\/(.+)$/.exec(uri);
  return match ? { bucket: match[1] ?? "", key: match[2] ?? "" } : undefined;
}

/** SHA-256 of bytes, in hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Writes an object that must not exist yet (`If-None-Match: *`, SHA-256 checksum). `present` means that the same
 * bytes were already there; `confirmed`, that S3's answer tells the digest of what it stored. A 412 may be one's own
 * write whose answer got lost, so digests decide.
 * @throws ToolkitError `object-differs` when other bytes stand under the key, and for AWS errors
 */
export async function putOnce(
  s3: S3Client,
  bucket: Bucket,
  object: NewObject,
  options: Patience,
): Promise<"confirmed" | "created" | "present"> {
  const { clock, signal } = options;
  try {
    const stored = await retry(() => put(s3, bucket, object, { IfNoneMatch: "*" }, signal), {
      clock,
      retryable: (thrown) => isAwsError(thrown, "ConditionalRequestConflict"),
      ...(signal === undefined ? {} : { signal }),
    });
    return confirms(stored, object.bytes) ? "confirmed" : "created";
  } catch (thrown) {
    if (!isAwsError(thrown, "PreconditionFailed")) throw thrown;
  }
  assertBytes(bucket, object, await objectSha256(s3, bucket, object.key, options));
  return "present";
}

/**
 * Overwrites an object only if it is still the version that was read.
 * @returns the new ETag, or undefined when somebody else was faster
 * @throws ToolkitError for AWS errors
 */
export async function putIfMatch(
  s3: S3Client,
  bucket: Bucket,
  object: NewObject,
  etag: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return (await put(s3, bucket, object, { IfMatch: etag }, signal)).etag;
  } catch (thrown) {
    if (isAwsError(thrown, "PreconditionFailed", "ConditionalRequestConflict") || isNotFound(thrown))
      return undefined;
    throw thrown;
  }
}

/**
 * Creates an object that must not exist yet, whatever its bytes.
 * @returns its ETag, or undefined when there is one already
 * @throws ToolkitError for AWS errors
 */
export async function putIfAbsent(
  s3: S3Client,
  bucket: Bucket,
  object: NewObject,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    return (await put(s3, bucket, object, { IfNoneMatch: "*" }, signal)).etag;
  } catch (thrown) {
    if (isAwsError(thrown, "PreconditionFailed", "ConditionalRequestConflict")) return undefined;
    throw thrown;
  }
}

/**
 * Facts of an object; undefined when it isn't there.
 * @throws ToolkitError; without s3:ListBucket S3 answers 403 for a missing object too
 */
export async function headObject(
  s3: S3Client,
  bucket: Bucket,
  key: string,
  signal?: AbortSignal,
): Promise<ObjectFacts | undefined> {
  try {
    const head = await s3.send(
      new HeadObjectCommand({ ...address(bucket, key), ChecksumMode: "ENABLED" }),
      sendOptions(signal),
    );
    return {
      size: head.ContentLength ?? 0,
      etag: head.ETag ?? "",
      lastModified: head.LastModified,
      sha256: hexDigest(head.ChecksumSHA256),
      metadata: head.Metadata ?? {},
    };
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw asToolkitError(thrown, callOn("HeadObject", bucket, key));
  }
}

export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
  /** Milliseconds between LastModified and the answer's Date, to the second: both are S3's clock. */
  readonly age: number | undefined;
}

/**
 * An object's bytes and ETag; undefined when it isn't there.
 * @param range HTTP byte range, e.g. `bytes=0-1023`
 * @throws ToolkitError `bucket-missing` and other AWS errors
 */
export async function getObject(
  s3: S3Client,
  bucket: Bucket,
  key: string,
  options: Patience & { readonly range?: string },
): Promise<StoredObject | undefined> {
  const range = options.range === undefined ? {} : { Range: options.range };
  const read = async (): Promise<StoredObject> => {
    const command = new GetObjectCommand({ ...address(bucket, key), ...range });
    const date = answerDate(command);
    const answer = await s3.send(command, sendOptions(options.signal));
    const bytes = answer.Body === undefined ? new Uint8Array() : await wholeBody(answer.Body);
    const age = date() - (answer.LastModified?.getTime() ?? Number.NaN);
    return { bytes, etag: answer.ETag ?? "", age: Number.isNaN(age) ? undefined : age };
  };
  try {
    return await retry(read, {
      clock: options.clock,
      retryable: (thrown) => thrown instanceof UnreadableAnswer,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (thrown) {
    if (isNotFound(thrown) && !isAwsError(thrown, "NoSuchBucket")) return undefined;
    throw asToolkitError(thrown, callOn("GetObject", bucket, key));
  }
}

/** The SDK's own retries end with the headers; a body that is cut off, or that its checksum belies, comes after them. */
async function wholeBody(body: { transformToByteArray(): Promise<Uint8Array> }): Promise<Uint8Array> {
  try {
    return await body.transformToByteArray();
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === "AbortError") throw thrown;
    throw new UnreadableAnswer(`the answer was cut off or damaged: ${messageOf(thrown)}`, { cause: thrown });
  }
}

/**
 * SHA-256 of a stored object in hex, from S3's checksum or, where it keeps none, from the bytes; undefined when the
 * object isn't there.
 * @throws ToolkitError
 */
export async function objectSha256(
  s3: S3Client,
  bucket: Bucket,
  key: string,
  patience: Patience,
): Promise<string | undefined> {
  const facts = await headObject(s3, bucket, key, patience.signal);
  if (facts === undefined || facts.sha256 !== undefined) return facts?.sha256;
  const stored = await getObject(s3, bucket, key, patience);
  return stored === undefined ? undefined : sha256(stored.bytes);
}

async function put(
  s3: S3Client,
  bucket: Bucket,
  object: NewObject,
  condition: { IfNoneMatch: "*" } | { IfMatch: string },
  signal: AbortSignal | undefined,
): Promise<Written> {
  const command = new PutObjectCommand({
    ...address(bucket, object.key),
    ...condition,
    ...encryptionOf(bucket),
    Body: object.bytes,
    ContentType: object.contentType ?? "application/octet-stream",
    ChecksumAlgorithm: "SHA256",
    ChecksumSHA256: createHash("sha256").update(object.bytes).digest("base64"),
    ...(object.metadata === undefined ? {} : { Metadata: { ...object.metadata } }),
  });
  const answer = await awsCall(callOn("PutObject", bucket, object.key), () =>
    s3.send(command, sendOptions(signal)),
  );
  return { etag: answer.ETag ?? "", sha256: hexDigest(answer.ChecksumSHA256) };
}

interface Written {
  readonly etag: string;
  readonly sha256: string | undefined;
}

function confirms({ etag, sha256: stored }: Written, bytes: Uint8Array): boolean {
  return stored === undefined ? isMd5(etag, bytes) : stored === sha256(bytes);
}

/**
 * Whether an ETag shows that S3 holds these bytes: it is their MD5, but not with SSE-KMS or of several parts (S3 API
 * reference, "Common response headers"). A `false` shows nothing.
 */
export function isMd5(etag: string, bytes: Uint8Array): boolean {
  return etag.replaceAll('"', "") === createHash("md5").update(bytes).digest("hex");
}

/**
 * @param stored SHA-256 in hex of what stands under the object's key
 * @throws ToolkitError `object-differs` when that isn't the object
 */
export function assertBytes(bucket: Bucket, object: NewObject, stored: string | undefined): void {
  const wanted = sha256(object.bytes);
  if (stored === wanted) return;
  const uri = s3Uri(bucket.name, object.key);
  throw new ToolkitError({
    code: "object-differs",
    message: `${uri} exists with other bytes (SHA-256 ${stored ?? "unknown"}, expected ${wanted})`,
    remedy:
      "Somebody overwrote a versioned object. Find out who, then deploy again: the toolkit never overwrites one, and takes a fresh key.",
    source: "user",
  });
}

function address(bucket: Bucket, key: string): { Bucket: string; Key: string; ExpectedBucketOwner?: string } {
  return { ...addressOf(bucket), Key: key };
}

function hexDigest(base64: string | undefined): string | undefined {
  // A checksum of checksums ("…-3", multipart) says nothing about the whole object's bytes.
  if (base64 === undefined || base64.includes("-")) return undefined;
  return Buffer.from(base64, "base64").toString("hex");
}

function callOn(operation: string, bucket: Bucket, key: string): AwsCall {
  return { service: "s3", operation, resource: s3Uri(bucket.name, key) };
}
