import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { addressOf, type Bucket, encryptionOf } from "./bucket.ts";
import { awsCall } from "./errors.ts";
import { s3Uri } from "./objects.ts";
import { sendOptions } from "./send-options.ts";

/**
 * Writes a JSON document over the one before. What was done must be on record, so the signal is no run's but a limit of its own.
 * @throws ToolkitError
 */
export async function putDocument(
  s3: S3Client,
  bucket: Bucket,
  key: string,
  document: unknown,
  signal?: AbortSignal,
): Promise<void> {
  const command = new PutObjectCommand({
    ...addressOf(bucket),
    Key: key,
    Body: new TextEncoder().encode(`${JSON.stringify(document)}\n`),
    ContentType: "application/json",
    ...encryptionOf(bucket),
  });
  await awsCall({ service: "s3", operation: "PutObject", resource: s3Uri(bucket.name, key) }, () =>
    s3.send(command, sendOptions(signal)),
  );
}
