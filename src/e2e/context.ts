import type { AwsClients } from "../aws/clients.ts";
import type { Clock } from "../base/clock.ts";
import { ToolkitError } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import type { PollPace } from "../base/wait.ts";
import type { E2eManifest, Manifest } from "../manifest/manifest.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import { problemsOf } from "./problem.ts";
import type { Releases } from "./releases.ts";
import type { Problem, StepResult } from "./result.ts";
import type { RunFolder } from "./run-folder.ts";

/** What every part of a run works with. */
export interface RunContext {
  readonly manifest: Manifest;
  readonly e2e: E2eManifest;
  readonly jobs: ReadonlyMap<string, ResolvedJob>;
  readonly workspace: string;
  readonly clients: AwsClients;
  readonly clock: Clock;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly releases: Releases;
  /** Where the environment's runs keep what outlives them. */
  readonly folder: RunFolder;
  /** When the run began, and when its time is up. */
  readonly startedAt: number;
  readonly deadline: number;
  /** Unlike in any other run. */
  readonly token: string;
  readonly pace: PollPace | undefined;
}

/** What one step works with besides. */
export interface StepRun extends RunContext {
  /** Milliseconds that the step may take. */
  readonly limit: number;
  /** Results of all that the step needs, directly or not. */
  readonly before: readonly StepResult[];
  /** Records a change of state, for the log and the timeline. */
  readonly report: (state: string) => void;
}

/** How a step ended; `details` are kept whatever happened. */
export interface Outcome<Details> {
  readonly details: Details;
  readonly state: "passed" | "failed" | "timed-out" | "cancelled";
  readonly problems: readonly Problem[];
}

/** The outcome of a step whose work threw. */
export function endedBy<Details>(thrown: unknown, details: Details, run: StepRun): Outcome<Details> {
  if (run.signal.aborted) return { details, state: "cancelled", problems: [] };
  const timedOut = thrown instanceof ToolkitError && thrown.code === "wait-timed-out";
  return { details, state: timedOut ? "timed-out" : "failed", problems: problemsOf(thrown) };
}

/** Does a last thing for a step that is over, such as stopping what it started; a failure is one more problem. */
export async function afterwards(work: () => Promise<void>): Promise<readonly Problem[]> {
  try {
    await work();
    return [];
  } catch (thrown) {
    return problemsOf(thrown);
  }
}

/** The pace of a step's waiting, where the run sets one. */
export function paceOf(context: RunContext): { pace?: PollPace } {
  return context.pace === undefined ? {} : { pace: context.pace };
}

/** A bucket that must belong to the environment's account, where the manifest names it. */
export function ownBucket(
  context: Pick<RunContext, "manifest">,
  name: string,
): { name: string; owner?: string } {
  const { account } = context.manifest.environment;
  return account === undefined ? { name } : { name, owner: account };
}
