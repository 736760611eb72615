import { jobUris, listUris } from "../aws/all-jobs.ts";
import { isAccessDenied, isNotFound } from "../aws/errors.ts";
import { activeRuns } from "../aws/jobs.ts";
import { parseS3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import type { Place } from "./place.ts";

const parallelReads = 4;

/**
 * Keys of the scripts bucket that each job of the account names, whoever made it; jobs that name none are left out.
 * @throws ToolkitError
 */
export async function keysOfLiveJobs(place: Place): Promise<ReadonlyMap<string, readonly string[]>> {
  const keys = new Map<string, readonly string[]>();
  for await (const { name, uris } of jobUris(place.clients.glue, place.signal)) {
    const own = [...uris].flatMap((uri) => keysOf(place, uri));
    if (own.length > 0) keys.set(name, own);
  }
  return keys;
}

/** Keys that runs in flight may use, and jobs whose runs may not be seen: their keys count as used. */
export interface RunKeys {
  readonly keys: ReadonlySet<string>;
  readonly unseen: readonly string[];
}

/**
 * Those of the keys that a run in flight may use: a run does not say which script it started with, so all that its
 * job ever pointed to count, and what its own arguments name. A job that was deleted has no runs.
 * @param users jobs that ever pointed to a key, by key
 * @throws ToolkitError
 */
export async function keysOfRuns(
  place: Place,
  users: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<RunKeys> {
  const jobs = new Set([...users.values()].flatMap((names) => [...names]));
  const keys = new Set<string>();
  const unseen: string[] = [];
  await mapLimited([...jobs], parallelReads, async (job) => {
    const runs = await runsOf(place, job);
    if (runs === "unseen") unseen.push(job);
    if (runs.length === 0) return;
    for (const [key, names] of users) if (names.has(job)) keys.add(key);
    const values = runs === "unseen" ? [] : runs.flatMap((run) => Object.values(run.Arguments ?? {}));
    for (const uri of values.flatMap(listUris)) for (const key of keysOf(place, uri)) keys.add(key);
  });
  return { keys, unseen };
}

async function runsOf(place: Place, job: string): Promise<Awaited<ReturnType<typeof activeRuns>> | "unseen"> {
  try {
    return await activeRuns(place.clients.glue, job, place.signal);
  } catch (thrown) {
    if (isNotFound(thrown)) return [];
    if (isAccessDenied(thrown)) return "unseen";
    throw thrown;
  }
}

function keysOf(place: Place, uri: string): readonly string[] {
  const address = parseS3Uri(uri);
  return address?.bucket === place.bucket.name ? [address.key] : [];
}
