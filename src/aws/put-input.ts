import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { ToolkitError } from "../base/errors.ts";
import { addressOf, type Bucket, encryptionOf } from "./bucket.ts";
import { awsCall } from "./errors.ts";
import { headObject, type NewObject, type ObjectFacts, s3Uri } from "./objects.ts";

/**
 * Writes an object, over an older one too, with its SHA-256 checked by S3.
 * @returns its facts as S3 has them; `lastModified` is S3's own clock
 * @throws ToolkitError
 */
export async function putInput(
  s3: S3Client,
  bucket: Bucket,
  object: NewObject,
  signal: AbortSignal,
): Promise<ObjectFacts> {
  const resource = s3Uri(bucket.name, object.key);
  const command = new PutObjectCommand({
    ...addressOf(bucket),
    Key: object.key,
    Body: object.bytes,
    ChecksumAlgorithm: "SHA256",
    ...encryptionOf(bucket),
    ...(object.contentType === undefined ? {} : { ContentType: object.contentType }),
    ...(object.metadata === undefined ? {} : { Metadata: { ...object.metadata } }),
  });
  await awsCall({ service: "s3", operation: "PutObject", resource }, () =>
    s3.send(command, { abortSignal: signal }),
  );
  const facts = await headObject(s3, bucket, object.key, signal);
  if (facts !== undefined) return facts;
  throw new ToolkitError({
    code: "upload-vanished",
    message: `${resource} was written and is not there any more`,
    remedy: "Look for what moves or deletes new objects there (a trigger, a lifecycle rule).",
    source: "user",
  });
}
