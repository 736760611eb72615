import { isAccessDenied, isAwsError } from "../aws/errors.ts";
import { getObject, parseS3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import type { Desired } from "./desired.ts";
import type { Place } from "./place.ts";
import type { JobPlan } from "./plan.ts";
import { unifiedDiff } from "./script-diff.ts";

const parallelReads = 8;

/**
 * Adds to each job that changes the unified diff of its script, from the one that runs today to the new one; jobs
 * whose live script can't be read get none.
 * @throws ToolkitError for AWS errors other than a missing or forbidden object
 */
export async function withScriptDiffs(
  place: Place,
  jobs: readonly JobPlan[],
  desired: Desired,
): Promise<readonly JobPlan[]> {
  return mapLimited(jobs, parallelReads, async (job) => {
    const location = job.current?.scriptLocation ?? "";
    if (job.action !== "change" || location === job.next?.scriptLocation) return job;
    const fresh = desired.artifacts.get(job.artifacts[0] ?? "");
    const live = fresh === undefined ? undefined : await readText(place, location);
    if (fresh === undefined || live === undefined) return job;
    return { ...job, scriptDiff: unifiedDiff(live, new TextDecoder().decode(fresh.bytes)) };
  });
}

/** Text of a stored script; undefined where it is gone or may not be read. @throws ToolkitError for other AWS errors */
export async function readText(place: Place, uri: string): Promise<string | undefined> {
  const address = parseS3Uri(uri);
  if (address === undefined) return undefined;
  const bucket = address.bucket === place.bucket.name ? place.bucket : { name: address.bucket };
  try {
    const stored = await getObject(place.clients.s3, bucket, address.key, place);
    return stored && new TextDecoder().decode(stored.bytes);
  } catch (thrown) {
    if (isAccessDenied(thrown) || isAwsError(thrown, "NoSuchBucket")) return undefined;
    throw thrown;
  }
}
