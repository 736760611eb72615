import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { GetObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { parseS3Url } from "./s3-url.ts";

/** A run that fails before its script starts. */
export class LaunchError extends Error {}

/** @throws LaunchError worded as Glue words it in JobRun.ErrorMessage */
export async function readObject(s3: S3Client, url: string): Promise<Uint8Array> {
  const place = parseS3Url(url);
  if (!place) throw new LaunchError(`LAUNCH ERROR | Invalid S3 location: '${url}'`);
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: place.bucket, Key: place.key }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    const status = error.$metadata.httpStatusCode ?? 500;
    throw new LaunchError(
      `LAUNCH ERROR | Error downloading from S3 for bucket: ${place.bucket}, key: ${place.key}.${reason(error)}` +
        ` (Service: Amazon S3; Status Code: ${status}; Please refer logs for details.`,
      { cause: error },
    );
  }
}

/** Keeps the object's base name, which is all that a traceback shows. */
export async function saveAs(folder: string, url: string, bytes: Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, basename(url));
  await writeFile(file, bytes);
  return file;
}

const REASONS: Readonly<Record<string, string>> = {
  NoSuchKey: "The specified key does not exist.",
  NoSuchBucket: "The specified bucket does not exist",
  AccessDenied: "Access Denied",
};

function reason(error: S3ServiceException): string {
  return REASONS[error.name] ?? error.message;
}
