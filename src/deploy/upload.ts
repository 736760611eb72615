import { assertBytes, objectSha256, putOnce, s3Uri } from "../aws/objects.ts";
import { ToolkitError } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import type { Artifact } from "../scripts/artifact.ts";
import type { Place, Provenance } from "./place.ts";

const parallelUploads = 8;

/**
 * Puts every artifact under its content key, once: bytes that S3 has already are not sent again, and of those that are
 * sent S3 tells the digest.
 * @param missing S3 URIs that were not there a moment ago: a conditional write tells if that has changed
 * @throws ToolkitError `object-differs`, `upload-not-as-sent` and AWS errors
 */
export async function uploadArtifacts(
  place: Place,
  artifacts: readonly Artifact[],
  by: Provenance,
  missing: ReadonlySet<string> = new Set(),
): Promise<void> {
  let done = 0;
  await mapLimited(artifacts, parallelUploads, async (artifact) => {
    const { clock, signal } = place;
    const object = {
      key: artifact.key,
      bytes: artifact.bytes,
      contentType: contentTypeOf(artifact.key),
      metadata: provenanceMetadata(artifact, by),
    };
    const standing = missing.has(s3Uri(place.bucket.name, artifact.key))
      ? undefined
      : await objectSha256(place.clients.s3, place.bucket, artifact.key, place);
    if (standing !== undefined) assertBytes(place.bucket, object, standing);
    const outcome =
      standing === undefined
        ? await putOnce(place.clients.s3, place.bucket, object, { clock, signal })
        : "present";
    if (outcome === "created") await assertStored(place, artifact);
    done += 1;
    place.progress({
      code: "deploy.uploaded",
      level: "info",
      data: { done, total: artifacts.length },
      message:
        outcome !== "present"
          ? `Uploaded ${artifact.path} to ${s3Uri(place.bucket.name, artifact.key)}`
          : `${artifact.path} is already at ${s3Uri(place.bucket.name, artifact.key)}`,
    });
  });
}

function contentTypeOf(key: string): string {
  if (/\.(?:zip|whl|egg)$/i.test(key)) return "application/zip";
  if (/\.jar$/i.test(key)) return "application/java-archive";
  return key.endsWith(".py") ? "text/x-python" : "application/octet-stream";
}

/** User metadata of an object: S3 takes ASCII only, so other characters are percent-encoded. */
export function provenanceMetadata(artifact: Artifact, by: Provenance): Record<string, string> {
  return {
    commit: encodeURI(by.commit),
    repository: encodeURI(by.repository),
    run: encodeURI(by.runUrl ?? by.runId),
    path: encodeURI(artifact.path),
  };
}

async function assertStored(place: Place, artifact: Artifact): Promise<void> {
  const stored = await objectSha256(place.clients.s3, place.bucket, artifact.key, place);
  if (stored === artifact.sha256) return;
  throw new ToolkitError({
    code: "upload-not-as-sent",
    message: `${s3Uri(place.bucket.name, artifact.key)} reads back with SHA-256 ${stored ?? "(gone)"}, sent was ${artifact.sha256}`,
    remedy: "Find out what rewrites or deletes objects in this bucket, then deploy again.",
    source: "aws",
  });
}
