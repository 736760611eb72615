import {
  DeleteObjectsCommand,
  GetBucketVersioningCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  type ObjectIdentifier,
  type S3Client,
} from "@aws-sdk/client-s3";
import { internalError, ToolkitError } from "../base/errors.ts";
import { plural } from "../base/plural.ts";
import { awsCall } from "./errors.ts";
import type { AwsCall } from "./facts.ts";
import { type Bucket, s3Uri } from "./objects.ts";
import { sendOptions } from "./send-options.ts";

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

export interface FailedKey {
  readonly key: string;
  readonly code: string;
  readonly message: string;
}

interface Doomed {
  readonly identifier: ObjectIdentifier & { readonly Key: string };
  readonly bytes: number;
  readonly marker: boolean;
}

const shownFailures = 20;

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
      ...address(bucket),
      Prefix: prefix,
      StartAfter: after,
      ContinuationToken: token,
    });
    const page = await awsCall(callOn("ListObjectsV2", bucket, prefix), () =>
      s3.send(command, sendOptions(signal)),
    );
    for (const { Key, Size, LastModified: lastModified, ETag } of page.Contents ?? []) {
      yield { key: Key ?? "", bytes: Size ?? 0, lastModified, etag: ETag ?? "" };
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
      ...address(bucket),
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
    const failures = page.length === 0 ? [] : await deletePage(s3, target, page);
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

/** Whether a bucket has versions, or had: a suspended one keeps those it had. @throws ToolkitError */
export async function isVersioned(s3: S3Client, bucket: Bucket, signal: AbortSignal): Promise<boolean> {
  const answer = await awsCall(callOn("GetBucketVersioning", bucket, ""), () =>
    s3.send(new GetBucketVersioningCommand(address(bucket)), { abortSignal: signal }),
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
      ...address(target.bucket),
      ...next,
      Prefix: target.prefix,
    });
    const answer = await awsCall(callOn("ListObjectVersions", target.bucket, target.prefix), () =>
      s3.send(command, { abortSignal: signal }),
    );
    yield [
      ...(answer.Versions ?? []).map(({ Key = "", VersionId, Size = 0 }) => ({
        identifier: { Key, VersionId },
        bytes: Size,
        marker: false,
      })),
      ...(answer.DeleteMarkers ?? []).map(({ Key = "", VersionId }) => ({
        identifier: { Key, VersionId },
        bytes: 0,
        marker: true,
      })),
    ];
    next = answer.IsTruncated
      ? { KeyMarker: answer.NextKeyMarker, VersionIdMarker: answer.NextVersionIdMarker }
      : undefined;
  }
}

/** One DeleteObjects call; it answers 200 and tells failures key by key. */
async function deletePage(
  s3: S3Client,
  target: Prefix,
  page: readonly Doomed[],
): Promise<(FailedKey & { readonly versionId?: string | undefined })[]> {
  const stray = page.find(({ identifier }) => !identifier.Key.startsWith(target.prefix));
  if (stray) throw internalError(`refused to delete ${stray.identifier.Key}: it is outside ${target.prefix}`);
  const command = new DeleteObjectsCommand({
    ...address(target.bucket),
    Delete: { Objects: page.map(({ identifier }) => identifier), Quiet: true },
  });
  const answer = await awsCall(callOn("DeleteObjects", target.bucket, target.prefix), () => s3.send(command));
  return (answer.Errors ?? []).map(({ Key = "", VersionId, Code = "Unknown", Message = "" }) => ({
    key: Key,
    versionId: VersionId,
    code: Code,
    message: Message,
  }));
}

/** A clean-up that left something standing, as an error. */
export function deletionError(target: Prefix, deletion: Deletion): ToolkitError | undefined {
  const [first] = deletion.failedKeys;
  if (first === undefined) return undefined;
  return new ToolkitError({
    code: "clean-incomplete",
    message: `${plural(deletion.failures, "object")} below ${s3Uri(target.bucket.name, target.prefix)} could not be deleted; the first is ${first.key}: ${first.code} ${first.message}`,
    remedy: "Allow s3:DeleteObject (and s3:DeleteObjectVersion) there, and check for object locks.",
    source: "user",
  });
}

function identify(item: { key: string; versionId?: string | undefined } | ObjectIdentifier): string {
  return "key" in item
    ? `${item.key}\n${item.versionId ?? ""}`
    : `${item.Key ?? ""}\n${item.VersionId ?? ""}`;
}

function address(bucket: Bucket): { Bucket: string; ExpectedBucketOwner?: string } {
  return {
    Bucket: bucket.name,
    ...(bucket.owner === undefined ? {} : { ExpectedBucketOwner: bucket.owner }),
  };
}

function callOn(operation: string, bucket: Bucket, prefix: string): AwsCall {
  return { service: "s3", operation, resource: s3Uri(bucket.name, prefix) };
}
