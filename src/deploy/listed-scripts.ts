import { isAccessDenied } from "../aws/errors.ts";
import { isMd5 } from "../aws/objects.ts";
import { listObjects } from "../aws/prefixes.ts";
import type { Artifact } from "../scripts/artifact.ts";
import type { Place } from "./place.ts";

/** Fewer objects than this are asked for one by one. */
const worthListing = 20;
/** Listed objects that cost about as much as asking for one: a page holds 1,000. */
const listedPerAsked = 20;

/**
 * Keys of those artifacts that S3's listing shows to be stored as they are here: their ETag is the MD5 of the bytes.
 * One page tells of a thousand objects; what it can't show (SSE-KMS, an object further on than it pays to look) is
 * left out, and says nothing.
 * @throws ToolkitError for AWS errors other than a listing that is not allowed
 */
export async function listedIntact(
  place: Place,
  artifacts: readonly Artifact[],
): Promise<ReadonlySet<string>> {
  const intact = new Set<string>();
  if (artifacts.length < worthListing) return intact;
  const wanted = new Map(artifacts.map((artifact) => [artifact.key, artifact]));
  const { clients, bucket, prefix, signal } = place;
  let left = Math.max(1_000, artifacts.length * listedPerAsked);
  try {
    for await (const { key, etag } of listObjects(clients.s3, bucket, prefix, signal)) {
      const artifact = wanted.get(key);
      if (artifact !== undefined && isMd5(etag, artifact.bytes)) intact.add(key);
      left -= 1;
      if (left === 0 || intact.size === wanted.size) break;
    }
  } catch (thrown) {
    if (!isAccessDenied(thrown)) throw thrown;
  }
  return intact;
}
