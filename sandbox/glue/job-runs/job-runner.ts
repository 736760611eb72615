import type { Caller } from "../caller.ts";

/** A bookmark's content belongs to the runner; the API only keeps it. */
export type BookmarkState = unknown;

/** One attempt to run a job's script. */
export interface JobRunRequest {
  readonly runId: string;
  readonly jobName: string;
  readonly caller: Caller;
  /** "glueetl" or "pythonshell". */
  readonly command: string;
  readonly glueVersion: string | undefined;
  /** After precedence, `--scriptLocation` included. */
  readonly scriptLocation: string;
  /** After precedence, by name with its dashes. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly bookmark: { readonly enabled: boolean; readonly pause: boolean; readonly state: BookmarkState };
}

export interface JobRunOutcome {
  readonly state: "SUCCEEDED" | "FAILED" | "STOPPED" | "TIMEOUT" | "ERROR" | "EXPIRED";
  readonly errorMessage?: string;
  /** Present when the script committed a bookmark. */
  readonly bookmark?: { readonly state: BookmarkState };
}

/** A run under way. */
export interface RunningJob {
  /** Never rejects. */
  readonly outcome: Promise<JobRunOutcome>;
  /** Ends it soon; its outcome then counts for nothing. */
  stop(): void;
}

/** Runs jobs: real processes by default; tests and benchmarks bring their own. */
export interface JobRunner {
  /** @param running called once the script is about to run: STARTING becomes RUNNING */
  start(request: JobRunRequest, running: () => void): RunningJob;
}
