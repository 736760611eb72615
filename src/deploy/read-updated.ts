import { readJobs } from "../aws/jobs.ts";
import { lastModified, type RawJob } from "../aws/raw-job.ts";
import { codeLocationOf, sameCodeLocation } from "./code-location.ts";
import type { Place } from "./place.ts";

/** Glue doesn't say when a read sees the write before it; until then the job reads as it was. In milliseconds. */
const pauses = [250, 500, 1_000, 2_000, 4_000, 8_000];

/**
 * The definitions of jobs that were just updated, read again while they read as they were before.
 * @param before by job, the definition that the update began from
 * @returns what was read last, by job
 * @throws ToolkitError, and the signal's reason while it waits
 */
export async function readUpdated(
  place: Pick<Place, "clients" | "clock" | "signal">,
  before: ReadonlyMap<string, RawJob>,
): Promise<ReadonlyMap<string, RawJob | undefined>> {
  const after = new Map(await readJobs(place.clients.glue, [...before.keys()]));
  for (const pause of pauses) {
    const late = [...before].flatMap(([name, was]) => (isSame(was, after.get(name)) ? [name] : []));
    if (late.length === 0) break;
    await place.clock.sleep(pause, place.signal);
    for (const [name, job] of await readJobs(place.clients.glue, late)) after.set(name, job);
  }
  return after;
}

function isSame(was: RawJob, is: RawJob | undefined): boolean {
  return (
    is !== undefined &&
    lastModified(is) === lastModified(was) &&
    sameCodeLocation(codeLocationOf(is), codeLocationOf(was))
  );
}
