import {
  GetBucketVersioningCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
} from "@aws-sdk/client-s3";
import { internalError, ToolkitError } from "../base/errors.ts";
import { plural } from "../base/plural.ts";
import { addressOf, type Bucket } from "./bucket.ts";
import { deleteBatch, type FailedKey } from "./delete-batch.ts";
import { awsCall } from "./errors.ts";
import type { AwsCall } from "./facts.ts";
import { s3Uri } from "./objects.ts";
import { sendOptions } from "./send-options.ts";

export type { FailedKey } from "./delete-batch.ts";

/** Everything below a prefix of one bucket. */
export interface Prefix {
  readonly bucket: Bucket;
  /** Empty for the whole bucket, else it ends in `/`. */
  readonly prefix: string;
}

export interface ListedObject {
  readonly key: string;
  readonly bytes: number;
  readonly lastModified: Date | undefined;
  readonly etag: string;
}

/** What a clean-up did; for versioned buckets `objects` counts versions, and `markers` the delete markers among them. */
export interface Deletion {
  readonly objects: number;
  readonly markers: number;
  readonly bytes: number;
  readonly failures: number;
  /** The first failures, key by key. */
  readonly failedKeys: readonly FailedKey[];
}

interface Doomed {
  readonly identifier: ObjectIdentifier & { readonly Key: string };
  readonly bytes: number;
  readonly marker: boolean;
}

const shownFailures = 20;
const namedFailures = 5;

/**
 * The objects below a prefix in the order of their keys (UTF-8 bytes), page by page.
 * @param prefix any text, for a glob's literal beginning as well
 * @param after list only keys that sort after this one
 * @throws ToolkitError
 */
export async function* listObjects(
  s3: S3Client,
  bucket: Bucket,
  prefix: string,
  signal: AbortSignal | undefined,
  after?: string,
): AsyncGenerator<ListedObject> {
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      ...addressOf(bucket),
      Prefix: prefix,
      StartAfter: after,
      ContinuationToken: token,
      EncodingType: "url",
    });
    const page = await awsCall(callOn("ListObjectsV2", bucket, prefix), () =>
      s3.send(command, sendOptions(signal)),
    );
    for (const { Key, Size, LastModified: lastModified, ETag } of page.Contents ?? []) {
      yield { key: keyOf(Key, page.EncodingType), bytes: Size ?? 0, lastModified, etag: ETag ?? "" };
    }
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/**
 * Names of the folders right below a prefix that ends in `/`: what stands between it and the next `/` of a key.
 * @throws ToolkitError
 */
export async function listFolders(
  s3: S3Client,
  bucket: Bucket,
  prefix: string,
  signal: AbortSignal | undefined,
): Promise<readonly string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      ...addressOf(bucket),
      Prefix: prefix,
      Delimiter: "/",
      ContinuationToken: token,
    });
    const page = await awsCall(callOn("ListObjectsV2", bucket, prefix), () =>
      s3.send(command, sendOptions(signal)),
    );
    for (const { Prefix = "" } of page.CommonPrefixes ?? [])
      names.push(Prefix.slice(prefix.length).replace(/\/$/, ""));
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
  return names;
}

/**
 * Deletes everything below a prefix, in a bucket that is or was versioned every version and delete marker. A page of
 * at most 1,000 keys is in memory at a time. What can't be deleted is counted and goes on standing.
 * @throws ToolkitError when listing or a whole call fails
 */
export async function deletePrefix(s3: S3Client, target: Prefix, signal: AbortSignal): Promise<Deletion> {
  if (target.prefix !== "" && !target.prefix.endsWith("/")) {
    throw internalError(`refused to delete below "${target.prefix}", which does not end in /`);
  }
  const total = { objects: 0, markers: 0, bytes: 0, failures: 0, failedKeys: [] as FailedKey[] };
  const versioned = await isVersioned(s3, target.bucket, signal);
  for await (const page of versioned ? versionPages(s3, target, signal) : objectPages(s3, target, signal)) {
    signal.throwIfAborted();
    const failures = page.length === 0 ? [] : await deletePage(s3, target, page, signal);
    const failed = new Set(failures.map(identify));
    const gone = page.filter(({ identifier }) => !failed.has(identify(identifier)));
    total.objects += gone.filter(({ marker }) => !marker).length;
    total.markers += gone.filter(({ marker }) => marker).length;
    total.bytes += gone.reduce((sum, { bytes }) => sum + bytes, 0);
    total.failures += failures.length;
    total.failedKeys.push(...failures.slice(0, shownFailures - total.failedKeys.length));
  }
  return total;
}

/** What `deletePrefix` would delete, in a bucket with versions all of them. @throws ToolkitError */
export async function measurePrefix(
  s3: S3Client,
  target: Prefix,
  signal: AbortSignal,
): Promise<Pick<Deletion, "objects" | "markers" | "bytes">> {
  const total = { objects: 0, markers: 0, bytes: 0 };
  const versioned = await isVersioned(s3, target.bucket, signal);
  for await (const page of versioned ? versionPages(s3, target, signal) : objectPages(s3, target, signal)) {
    total.objects += page.filter(({ marker }) => !marker).length;
    total.markers += page.filter(({ marker }) => marker).length;
    total.bytes += page.reduce((sum, { bytes }) => sum + bytes, 0);
  }
  return total;
}

/** Whether a bucket has versions, or had: a suspended one keeps those it had. @throws ToolkitError */
export async function isVersioned(s3: S3Client, bucket: Bucket, signal: AbortSignal): Promise<boolean> {
  const answer = await awsCall(callOn("GetBucketVersioning", bucket, ""), () =>
    s3.send(new GetBucketVersioningCommand(addressOf(bucket)), { abortSignal: signal }),
  );
  return answer.Status === "Enabled" || answer.Status === "Suspended";
}

async function* objectPages(s3: S3Client, target: Prefix, signal: AbortSignal): AsyncGenerator<Doomed[]> {
  let page: Doomed[] = [];
  for await (const { key, bytes } of listObjects(s3, target.bucket, target.prefix, signal)) {
    page.push({ identifier: { Key: key }, bytes, marker: false });
    if (page.length === 1_000) {
      yield page;
      page = [];
    }
  }
  yield page;
}

async function* versionPages(s3: S3Client, target: Prefix, signal: AbortSignal): AsyncGenerator<Doomed[]> {
  let next: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
  while (next !== undefined) {
    const command: ListObjectVersionsCommand = new ListObjectVersionsCommand({
      ...addressOf(target.bucket),
      ...next,
      Prefix: target.prefix,
      EncodingType: "url",
    });
    const answer = await awsCall(callOn("ListObjectVersions", target.bucket, target.prefix), () =>
      s3.send(command, { abortSignal: signal }),
    );
    const { EncodingType: encoding } = answer;
    yield [
      ...(answer.Versions ?? []).map(({ Key, VersionId, Size = 0 }) => ({
        identifier: { Key: keyOf(Key, encoding), VersionId },
        bytes: Size,
        marker: false,
      })),
      ...(answer.DeleteMarkers ?? []).map(({ Key, VersionId }) => ({
        identifier: { Key: keyOf(Key, encoding), VersionId },
        bytes: 0,
        marker: true,
      })),
    ];
    next = answer.IsTruncated
      ? { KeyMarker: keyOf(answer.NextKeyMarker, encoding), VersionIdMarker: answer.NextVersionIdMarker }
      : undefined;
  }
}

/**
 * A key as it is. It is asked for in URL encoding, since XML turns a carriage return into a line feed and has no control
 * characters at all (S3 API reference, EncodingType); a blank is a plus sign then.
 */
function keyOf(key = "", encoding: string | undefined): string {
  return encoding === "url" ? decodeURIComponent(key.replaceAll("+", "%20")) : key;
}

async function deletePage(
  s3: S3Client,
  target: Prefix,
  page: readonly Doomed[],
  signal: AbortSignal,
): Promise<readonly FailedKey[]> {
  const stray = page.find(({ identifier }) => !identifier.Key.startsWith(target.prefix));
  if (stray) throw internalError(`refused to delete ${stray.identifier.Key}: it is outside ${target.prefix}`);
  const identifiers = page.map(({ identifier }) => identifier);
  return deleteBatch(s3, target.bucket, identifiers, signal);
}

/** A clean-up that left something standing, as an error. */
export function deletionError(target: Prefix, deletion: Deletion): ToolkitError | undefined {
  const [first] = deletion.failedKeys;
  if (first === undefined) return undefined;
  return new ToolkitError({
    code: "clean-incomplete",
    message: `${plural(deletion.failures, "object")} below ${s3Uri(target.bucket.name, target.prefix)} could not be deleted; ${nameKeys(deletion.failedKeys)}: ${first.code} ${first.message}`,
    remedy: "Allow s3:DeleteObject (and s3:DeleteObjectVersion) there, and check for object locks.",
    source: "user",
  });
}

/** Some keys by name; one with characters that a line can't show stands in quotes, these escaped. */
function nameKeys(failed: readonly FailedKey[]): string {
  const names = failed
    .slice(0, namedFailures)
    .map(({ key }) => (/\p{Cc}/u.test(key) ? JSON.stringify(key) : key));
  const [first = "", ...more] = names;
  return more.length === 0 ? `the first is ${first}` : `the first are ${[first, ...more].join(", ")}`;
}

function identify(item: FailedKey | Doomed["identifier"]): string {
  return "key" in item
    ? `${item.key}
${item.versionId ?? ""}`
    : `${item.Key}
${item.VersionId ?? ""}`;
}

function callOn(operation: string, bucket: Bucket, prefix: string): AwsCall {
  return { service: "s3", operation, resource: s3Uri(bucket.name, prefix) };
}
