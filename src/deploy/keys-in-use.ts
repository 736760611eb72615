import { jobUris, listUris } from "../aws/all-jobs.ts";
import { activeRuns } from "../aws/jobs.ts";
import { parseS3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import type { Place } from "./place.ts";

const parallelReads = 4;

/**
 * Keys of the scripts bucket that any job of the account names, whoever made it.
 * @throws ToolkitError
 */
export async function keysOfLiveJobs(place: Place): Promise<ReadonlySet<string>> {
  const keys = new Set<string>();
  for await (const { uris } of jobUris(place.clients.glue, place.signal)) {
    for (const uri of uris) for (const key of keysOf(place, uri)) keys.add(key);
  }
  return keys;
}

/**
 * Those of the keys that a run in flight may use: a run does not say which script it started with, so all that its
 * job ever pointed to count, and what its own arguments name.
 * @param users jobs that ever pointed to a key, by key
 * @throws ToolkitError
 */
export async function keysOfRuns(
  place: Place,
  users: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<ReadonlySet<string>> {
  const jobs = new Set([...users.values()].flatMap((names) => [...names]));
  const used = new Set<string>();
  await mapLimited([...jobs], parallelReads, async (job) => {
    const runs = await activeRuns(place.clients.glue, job, place.signal);
    if (runs.length === 0) return;
    for (const [key, names] of users) if (names.has(job)) used.add(key);
    const values = runs.flatMap((run) => Object.values(run.Arguments ?? {}));
    for (const uri of values.flatMap(listUris)) for (const key of keysOf(place, uri)) used.add(key);
  });
  return used;
}

function keysOf(place: Place, uri: string): readonly string[] {
  const address = parseS3Uri(uri);
  return address?.bucket === place.bucket.name ? [address.key] : [];
}
