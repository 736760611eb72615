import type { GetJobBookmarkRequest, ResetJobBookmarkRequest } from "@aws-sdk/client-glue";
import { notFound } from "./fault.ts";
import type { Members } from "./model/parse-input.ts";
import type { CallContext, OperationTable } from "./operation.ts";
import type { AccountState } from "./state/account.ts";
import type { BookmarkCommit, BookmarkRecord } from "./state/bookmark-record.ts";

/** The bookmark calls (developer guide, monitor-continuations). */
export const bookmarkOperations: OperationTable = {
  GetJobBookmark: getJobBookmark,
  ResetJobBookmark: resetJobBookmark,
};

function getJobBookmark({ account }: CallContext, input: GetJobBookmarkRequest): Members {
  const bookmark = findBookmark(account, input.JobName);
  const commit = input.RunId === undefined ? bookmark.current : commitOf(bookmark, input.RunId);
  return { JobBookmarkEntry: viewEntry(input.JobName ?? "", bookmark.version, commit) };
}

/** Back to the start, or to what a given run had committed; data already written stays. */
function resetJobBookmark({ account }: CallContext, input: ResetJobBookmarkRequest): Members {
  const name = input.JobName ?? "";
  const bookmark = findBookmark(account, name);
  const current =
    input.RunId === undefined
      ? { ...bookmark.current, run: 0, attempt: 0, state: null }
      : commitOf(bookmark, input.RunId);
  const version = bookmark.version + 1;
  account.bookmarks.set(name, { ...bookmark, version, current });
  return { JobBookmarkEntry: viewEntry(name, version, current) };
}

/** A missing job and a job that never committed answer alike. */
function findBookmark(account: AccountState, name = ""): BookmarkRecord {
  const bookmark = account.bookmarks.get(name);
  if (!bookmark) throw notFound(`Continuation for job ${name} not found`);
  return bookmark;
}

function commitOf(bookmark: BookmarkRecord, runId: string): BookmarkCommit {
  const commit = bookmark.commits.find((candidate) => candidate.runId === runId);
  if (!commit) throw notFound(`Continuation for job run ${runId} not found`);
  return commit;
}

function viewEntry(JobName: string, Version: number, commit: BookmarkCommit): Members {
  return {
    JobName,
    Version,
    Run: commit.run,
    Attempt: commit.attempt,
    PreviousRunId: commit.previousRunId,
    RunId: commit.runId,
    JobBookmark: JSON.stringify(commit.state ?? {}),
  };
}
