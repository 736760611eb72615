import type { S3Client } from "@aws-sdk/client-s3";
import { batchSize, deleteBatch, type FailedKey } from "./delete-batch.ts";
import type { Bucket } from "./objects.ts";

/**
 * Deletes exactly these keys; in a versioned bucket each gets a delete marker, and its versions stay.
 * @returns the keys that could not be deleted
 * @throws ToolkitError when nothing can be deleted at all
 */
export async function deleteKeys(
  s3: S3Client,
  bucket: Bucket,
  keys: readonly string[],
  signal?: AbortSignal,
): Promise<readonly FailedKey[]> {
  const failed: FailedKey[] = [];
  for (let start = 0; start < keys.length; start += batchSize) {
    signal?.throwIfAborted();
    const objects = keys.slice(start, start + batchSize).map((Key) => ({ Key }));
    // Not cancellable: what was deleted must be known.
    failed.push(...(await deleteBatch(s3, bucket, objects)));
  }
  return failed;
}
