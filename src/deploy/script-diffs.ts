import { isAccessDenied, isAwsError, isInOtherRegion } from "../aws/errors.ts";
import { getObject, parseS3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import type { Desired } from "./desired.ts";
import type { Place } from "./place.ts";
import type { JobPlan } from "./plan.ts";
import { unifiedDiff } from "./script-diff.ts";

const parallelReads = 8;

/**
 * Adds to each job that changes the unified diff of its script, from the one that runs today to the new one, or why there
 * is none. A script that many jobs run today is read once.
 * @throws ToolkitError for AWS errors other than an object that can't be had
 */
export async function withScriptDiffs(
  place: Place,
  jobs: readonly JobPlan[],
  desired: Desired,
): Promise<readonly JobPlan[]> {
  const texts = new Map<string, Promise<ScriptText>>();
  const diffs = new Map<string, string>();
  return mapLimited(jobs, parallelReads, async (job) => {
    const [location, next] = [job.current?.scriptLocation ?? "", job.next?.scriptLocation ?? ""];
    if (job.action !== "change" || location === next) return job;
    const fresh = desired.artifacts.get(job.artifacts[0] ?? "");
    if (fresh === undefined) return job;
    const reading = texts.get(location) ?? readScript(place, location);
    texts.set(location, reading);
    const live = await reading;
    if (live.text === undefined) return { ...job, noDiff: live.why };
    const both = `${location} ${next}`;
    const diff = diffs.get(both) ?? unifiedDiff(live.text, new TextDecoder().decode(fresh.bytes));
    diffs.set(both, diff);
    return { ...job, scriptDiff: diff };
  });
}

/** Text of a stored script; undefined where it can't be had. @throws ToolkitError for other AWS errors */
export async function readText(place: Place, uri: string): Promise<string | undefined> {
  return (await readScript(place, uri)).text;
}

type ScriptText =
  | { readonly text: string; readonly why?: undefined }
  | { readonly text?: undefined; readonly why: string };

async function readScript(place: Place, uri: string): Promise<ScriptText> {
  const address = parseS3Uri(uri);
  if (address === undefined) return { why: `${uri} is no S3 URI` };
  const bucket = address.bucket === place.bucket.name ? place.bucket : { name: address.bucket };
  try {
    const stored = await getObject(place.clients.s3, bucket, address.key, place);
    if (stored === undefined) return { why: `${uri} is gone` };
    return { text: new TextDecoder().decode(stored.bytes) };
  } catch (thrown) {
    if (isAccessDenied(thrown)) return { why: `${uri} may not be read (allow s3:GetObject on it)` };
    if (isAwsError(thrown, "NoSuchBucket")) return { why: `the bucket of ${uri} is gone` };
    if (isInOtherRegion(thrown)) return { why: `${uri} lies in another region` };
    throw thrown;
  }
}
