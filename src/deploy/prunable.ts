import { urisOf } from "./code-location.ts";
import type { ReleaseRecord } from "./record.ts";

/** Changes of each job that `previous` needs: the one to undo, and the one that it goes back to. */
const neededByPrevious = 2;

/** Tells of one release after another, newest first, whether it may be forgotten. */
export interface ReleaseSorter {
  /** To be asked of every release in turn. */
  mayForget(record: ReleaseRecord): boolean;
  /** How many changes of a job, two at most, are in the releases that were asked about. */
  changesSeen(job: string): number;
}

/**
 * Kept are the newest `keep` applied releases and all that is newer than the oldest of these, the newest two that
 * changed each job, and what is pending.
 */
export function sortReleases(keep: number): ReleaseSorter {
  const seen = new Map<string, number>();
  let left = Math.max(keep, neededByPrevious);
  const isNeeded = ({ jobs }: ReleaseRecord): boolean =>
    jobs.some(({ job }) => (seen.get(job) ?? 0) < neededByPrevious);
  return {
    changesSeen: (job) => seen.get(job) ?? 0,
    mayForget: (record) => {
      const isOld = left === 0;
      if (record.status !== "applied") return isOld && record.status === "rolled-back";
      const needed = isNeeded(record);
      for (const { job } of record.jobs) seen.set(job, Math.min(neededByPrevious, (seen.get(job) ?? 0) + 1));
      if (!isOld) left -= 1;
      return isOld && !needed;
    },
  };
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
