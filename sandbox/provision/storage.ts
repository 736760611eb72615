import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateBucketCommand,
  HeadObjectCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ProvisionPlan } from "./plan.ts";
import { tolerate } from "./tolerate.ts";
import { zipFolder } from "./zip-folder.ts";

/** Creates the buckets that aren't there. */
export async function createBuckets(s3: S3Client, plan: ProvisionPlan): Promise<void> {
  for (const { name: Bucket, versioned } of plan.buckets) {
    await tolerate(["BucketAlreadyOwnedByYou", "BucketAlreadyExists"], () =>
      s3.send(new CreateBucketCommand({ Bucket })),
    );
    if (versioned)
      await s3.send(
        new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
      );
  }
}

/** Uploads the objects that aren't there; `from` ending in `/` is a folder to zip. */
export async function putObjects(s3: S3Client, folder: string, plan: ProvisionPlan): Promise<void> {
  for (const { from, to } of plan.objects) {
    const [, Bucket = "", Key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(to) ?? [];
    const missing = !(await tolerate(["NotFound", "NoSuchKey"], () =>
      s3.send(new HeadObjectCommand({ Bucket, Key })),
    ));
    const path = join(folder, from);
    if (missing)
      await s3.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: from.endsWith("/") ? await zipFolder(path) : await readFile(path),
        }),
      );
  }
}
