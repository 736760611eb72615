import type { AccountState } from "../state/account.ts";
import type { BookmarkCommit } from "../state/bookmark-record.ts";
import type { BookmarkState, JobRunOutcome } from "./job-runner.ts";
import type { RunRecord } from "./run-record.ts";

/** Where a run begins: the bookmark's version and content. */
export function beginBookmark(
  account: AccountState,
  jobName: string,
): { version: number; state: BookmarkState } {
  const bookmark = account.bookmarks.get(jobName);
  return { version: bookmark?.version ?? 0, state: bookmark?.current.state ?? null };
}

/**
 * Keeps what a run committed. A commit over a bookmark that moved on since the run began fails the run, as
 * job.commit() does when MaxConcurrentRuns is above 1 (developer guide, glue-troubleshooting-errors).
 */
export function commitBookmark(account: AccountState, run: RunRecord, outcome: JobRunOutcome): JobRunOutcome {
  if (!outcome.bookmark || !account.jobs.has(run.jobName)) return outcome;
  const before = account.bookmarks.get(run.jobName);
  const found = before?.version ?? 0;
  if (found !== run.bookmarkVersion) {
    const versions = `Expected version ${run.bookmarkVersion} but found version ${found}`;
    return {
      state: "FAILED",
      errorMessage: `VersionMismatchException: Continuation update failed due to version mismatch. ${versions}`,
    };
  }
  const current: BookmarkCommit = {
    runId: run.id,
    previousRunId: before?.current.runId,
    attempt: run.attempt,
    run: (before?.current.run ?? 0) + 1,
    state: outcome.bookmark.state,
  };
  const commits = [...(before?.commits ?? []), current];
  account.bookmarks.set(run.jobName, { version: found + 1, current, commits });
  return outcome;
}
