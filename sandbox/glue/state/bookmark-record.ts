import type { BookmarkState } from "../job-runs/job-runner.ts";

/** One commit of a job's bookmark. */
export interface BookmarkCommit {
  readonly runId: string;
  readonly previousRunId: string | undefined;
  readonly attempt: number;
  readonly run: number;
  readonly state: BookmarkState;
}

/** A job's bookmark; there is one only once a run has committed. */
export interface BookmarkRecord {
  readonly version: number;
  readonly current: BookmarkCommit;
  /** Oldest first. */
  readonly commits: readonly BookmarkCommit[];
}
