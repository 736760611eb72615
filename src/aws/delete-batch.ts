import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  type ObjectIdentifier,
  type S3Client,
} from "@aws-sdk/client-s3";
import { mapLimited } from "../base/limit.ts";
import { addressOf, type Bucket } from "./bucket.ts";
import { asToolkitError, isAccessDenied, isNotFound } from "./errors.ts";
import { type AwsCall, awsFacts } from "./facts.ts";
import { s3Uri } from "./objects.ts";
import { sendOptions } from "./send-options.ts";

/** An object, or one version of it, that could not be deleted. */
export interface FailedKey {
  readonly key: string;
  readonly versionId?: string | undefined;
  readonly code: string;
  readonly message: string;
}

type Identifier = ObjectIdentifier & { readonly Key: string };

/** DeleteObjects takes 1,000 keys a call (S3 API reference). */
export const batchSize = 1_000;
const parallel = 8;

/** Characters that no XML 1.0 document can hold (W3C, "Characters"): a call that names such a key is refused as a whole. */
const notInXml = /[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Surrogate}/u;

/**
 * Deletes up to 1,000 objects or versions. Keys that a batch can't name are deleted one by one, and so is a batch that the
 * service refuses as a whole.
 * @returns what could not be deleted, key by key
 * @throws ToolkitError when nothing can be deleted at all: no permission, no bucket, no credentials, no service
 */
export async function deleteBatch(
  s3: S3Client,
  bucket: Bucket,
  objects: readonly Identifier[],
  signal?: AbortSignal,
): Promise<readonly FailedKey[]> {
  const plain = objects.filter(({ Key }) => !notInXml.test(Key));
  const others = objects.filter(({ Key }) => notInXml.test(Key));
  const together = plain.length === 0 ? [] : await deleteTogether(s3, bucket, plain, signal);
  return [...together, ...(await deleteSingly(s3, bucket, others, signal))];
}

async function deleteTogether(
  s3: S3Client,
  bucket: Bucket,
  objects: readonly Identifier[],
  signal: AbortSignal | undefined,
): Promise<readonly FailedKey[]> {
  const command = new DeleteObjectsCommand({
    ...addressOf(bucket),
    Delete: { Objects: [...objects], Quiet: true },
  });
  try {
    const answer = await s3.send(command, sendOptions(signal));
    return (answer.Errors ?? []).map(({ Key = "", VersionId, Code = "Unknown", Message = "" }) => ({
      key: Key,
      versionId: VersionId,
      code: Code,
      message: Message,
    }));
  } catch (thrown) {
    signal?.throwIfAborted();
    if (!isOfTheBatch(thrown)) throw asToolkitError(thrown, callOn("DeleteObjects", bucket, objects[0]));
    return deleteSingly(s3, bucket, objects, signal);
  }
}

function deleteSingly(
  s3: S3Client,
  bucket: Bucket,
  objects: readonly Identifier[],
  signal: AbortSignal | undefined,
): Promise<readonly FailedKey[]> {
  const work = async (object: Identifier): Promise<FailedKey[]> => {
    try {
      const { Key, VersionId } = object;
      await s3.send(new DeleteObjectCommand({ ...addressOf(bucket), Key, VersionId }), sendOptions(signal));
      return [];
    } catch (thrown) {
      signal?.throwIfAborted();
      const { name, message } = awsFacts(thrown);
      if (!isAccessDenied(thrown) && !isOfTheBatch(thrown))
        throw asToolkitError(thrown, callOn("DeleteObject", bucket, object));
      return [{ key: object.Key, versionId: object.VersionId, code: name, message }];
    }
  };
  return mapLimited(objects, parallel, work).then((failures) => failures.flat());
}

/** Whether a refusal is about what was sent, so that other keys may fare better. */
function isOfTheBatch(thrown: unknown): boolean {
  const { name, status } = awsFacts(thrown);
  if (status === undefined || isAccessDenied(thrown) || isNotFound(thrown)) return false;
  return !/^(NoSuchBucket|ExpiredToken|RequestTimeTooSkewed|.*(Signature|AccessKey|Credential|ClientToken).*|InvalidToken|PermanentRedirect|SlowDown|Throttl.*)$/.test(
    name,
  );
}

function callOn(operation: string, bucket: Bucket, object: Identifier | undefined): AwsCall {
  return { service: "s3", operation, resource: s3Uri(bucket.name, object?.Key ?? "") };
}
