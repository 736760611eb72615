import { urisOf } from "./code-location.ts";
import type { ReleaseRecord } from "./record.ts";

/** Releases that `previous` needs for each job: the one to undo and the one it goes back to. */
const neededByPrevious = 2;

/**
 * The releases of one environment that may be forgotten: all but the newest `keep` applied ones, the newest two that
 * name each job (a subset has releases of its own), what is newer than the oldest of these, and what is pending.
 * @param records all of the environment, newest first
 */
export function prunableReleases(records: readonly ReleaseRecord[], keep: number): readonly ReleaseRecord[] {
  const applied = records.filter(({ status }) => status === "applied");
  const newest = applied.slice(0, Math.max(keep, neededByPrevious));
  const oldest = newest.at(-1)?.id ?? "";
  const kept = new Set([...newest, ...neededForJobs(applied)].map(({ id }) => id));
  return records.filter(({ id, status }) => !kept.has(id) && status !== "pending" && id < oldest);
}

/** The jobs that ever pointed to a URI, by URI. */
export function usersOf(records: readonly ReleaseRecord[]): ReadonlyMap<string, ReadonlySet<string>> {
  const users = new Map<string, Set<string>>();
  for (const { jobs } of records) {
    for (const { job, before, after } of jobs) {
      for (const uri of [...urisOf(before), ...urisOf(after)]) {
        const names = users.get(uri) ?? new Set();
        users.set(uri, names.add(job));
      }
    }
  }
  return users;
}

function neededForJobs(applied: readonly ReleaseRecord[]): readonly ReleaseRecord[] {
  const seen = new Map<string, number>();
  return applied.filter(({ jobs }) => {
    const needed = jobs.some(({ job }) => (seen.get(job) ?? 0) < neededByPrevious);
    for (const { job } of jobs) seen.set(job, (seen.get(job) ?? 0) + 1);
    return needed;
  });
}
