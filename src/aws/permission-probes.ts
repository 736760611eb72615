import { type GlueClient, ResetJobBookmarkCommand } from "@aws-sdk/client-glue";
import { DeleteObjectsCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { addressOf, type Bucket } from "./bucket.ts";
import { isAccessDenied, isNotFound } from "./errors.ts";
import { isVersioned, type Prefix } from "./prefixes.ts";

/** A name that nothing has. */
const nobody = "glue-toolkit-permission-check";

/**
 * The action that the caller lacks for writing an object, else undefined. Asks for an overwrite of a version that isn't
 * there, which S3 refuses with 404 or 412 when the caller may write (S3 user guide, conditional writes).
 */
export async function lacksPut(
  s3: S3Client,
  bucket: Bucket,
  key: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const command = new PutObjectCommand({
    ...addressOf(bucket),
    Key: key,
    Body: new Uint8Array(),
    IfMatch: `"${nobody}"`,
  });
  return lacks("s3:PutObject", () => s3.send(command, { abortSignal: signal }));
}

/**
 * The action that the caller lacks for emptying a prefix, else undefined. Deletes a key that isn't there, in a versioned
 * bucket its null version, so that no delete marker is made (S3 API reference, DeleteObjects).
 */
export async function lacksDelete(
  s3: S3Client,
  target: Prefix,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { bucket, prefix } = target;
  let versioned = false;
  const unseen = await lacks("s3:GetBucketVersioning", async () => {
    versioned = await isVersioned(s3, bucket, signal);
  });
  if (unseen !== undefined) return unseen;
  const action = versioned ? "s3:DeleteObjectVersion" : "s3:DeleteObject";
  const command = new DeleteObjectsCommand({
    ...addressOf(bucket),
    Delete: { Objects: [{ Key: `${prefix}${nobody}`, ...(versioned ? { VersionId: "null" } : {}) }] },
  });
  return lacks(action, async () => {
    const { Errors = [] } = await s3.send(command, { abortSignal: signal });
    if (Errors[0]?.Code === "AccessDenied")
      throw Object.assign(new Error("denied"), { name: "AccessDenied" });
  });
}

/**
 * The action that the caller lacks for resetting bookmarks, else undefined. ResetJobBookmark is allowed for all jobs or
 * for none (Service Authorization Reference, Glue), so a job that isn't there answers for the others.
 */
export function lacksReset(glue: GlueClient, signal: AbortSignal): Promise<string | undefined> {
  const command = new ResetJobBookmarkCommand({ JobName: nobody });
  return lacks("glue:ResetJobBookmark", () => glue.send(command, { abortSignal: signal }));
}

/** Any other refusal than a missing permission is the finding of another check. */
async function lacks(action: string, send: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await send();
  } catch (thrown) {
    if (isAccessDenied(thrown) && !isNotFound(thrown)) return action;
  }
  return undefined;
}
