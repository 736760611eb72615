import { DeleteObjectsCommand, type S3Client } from "@aws-sdk/client-s3";
import { awsCall } from "./errors.ts";
import type { Bucket } from "./objects.ts";
import type { FailedKey } from "./prefixes.ts";

/** DeleteObjects takes 1,000 keys a call (S3 API reference). */
const callSize = 1_000;

/**
 * Deletes exactly these keys; in a versioned bucket each gets a delete marker, and its versions stay.
 * @returns the keys that could not be deleted: DeleteObjects answers 200 and tells failures key by key
 * @throws ToolkitError when a whole call fails
 */
export async function deleteKeys(
  s3: S3Client,
  bucket: Bucket,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<readonly FailedKey[]> {
  const failed: FailedKey[] = [];
  for (let start = 0; start < keys.length; start += callSize) {
    signal?.throwIfAborted();
    const Objects = keys.slice(start, start + callSize).map((Key) => ({ Key }));
    const command = new DeleteObjectsCommand({
      Bucket: bucket.name,
      ...(bucket.owner === undefined ? {} : { ExpectedBucketOwner: bucket.owner }),
      Delete: { Objects, Quiet: true },
    });
    const resource = `s3://${bucket.name}/${keys[start] ?? ""}`;
    const answer = await awsCall({ service: "s3", operation: "DeleteObjects", resource }, () =>
      s3.send(command),
    );
    for (const { Key = "", Code = "Unknown", Message = "" } of answer.Errors ?? []) {
      failed.push({ key: Key, code: Code, message: Message });
    }
  }
  return failed;
}
