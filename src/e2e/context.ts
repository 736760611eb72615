import { timeUpOf, within } from "../base/deadline.ts";
import { ToolkitError } from "../base/errors.ts";
import { defaultPace, type PollPace } from "../base/wait.ts";
import { aftermath } from "./aftermath.ts";
import { problemsOf } from "./problem.ts";
import type { Problem, StepResult } from "./result.ts";
import type { RunBase } from "./run-base.ts";
import type { RunMemory } from "./run-memory.ts";
import type { StepNote } from "./run-state.ts";

/** What every part of a run works with. */
export interface RunContext extends RunBase {
  readonly memory: RunMemory;
  /** By how many milliseconds S3's clock is ahead of this machine's; known once the environment is locked. */
  readonly storageAhead: () => Promise<number>;
}

/** What one step works with besides. */
export interface StepRun extends RunContext {
  /** Milliseconds that the step may take; `signal` is aborted when they are over, or when the run is. */
  readonly limit: number;
  /** When the step's time is up, by the clock. */
  readonly deadline: number;
  /** Aborted when the run is cancelled or its time is up, whatever the step's own limit. */
  readonly runSignal: AbortSignal;
  /** Results of all that the step needs, directly or not. */
  readonly before: readonly StepResult[];
  /** What an earlier attempt of the workflow run noted of this step and did not finish. */
  readonly earlier: StepNote | undefined;
  /** How often the step was started, this time included. */
  readonly tries: number;
  /** Puts on record what is about to be done; what must not be done twice is done after it. @throws ToolkitError */
  readonly note: (note: StepNote) => Promise<void>;
  readonly noteLater: (note: StepNote) => void;
  /** Records a change of state, for the log and the timeline. */
  readonly report: (state: string) => void;
  /** Adds a line to the log alone. */
  readonly tell: (line: string) => void;
}

/** How a step ended; `details` are kept whatever happened. */
export interface Outcome<Details> {
  readonly details: Details;
  readonly state: "passed" | "failed" | "timed-out" | "cancelled";
  readonly problems: readonly Problem[];
}

/** How something ended that its signal has ended; undefined where that is not aborted. */
export function interruptionOf(signal: AbortSignal): "cancelled" | "timed-out" | undefined {
  if (!signal.aborted) return undefined;
  return timeUpOf(signal) === undefined ? "cancelled" : "timed-out";
}

/** The outcome of a step whose work threw. */
export function endedBy<Details>(thrown: unknown, details: Details, run: StepRun): Outcome<Details> {
  const timeUp = timeUpOf(run.signal);
  if (run.signal.aborted && timeUp === undefined) return { details, state: "cancelled", problems: [] };
  const isTimedOut = thrown instanceof ToolkitError && thrown.code === "wait-timed-out";
  if (isTimedOut) return { details, state: "timed-out", problems: problemsOf(thrown) };
  if (timeUp !== undefined) return { details, state: "timed-out", problems: problemsOf(timeUp) };
  return { details, state: "failed", problems: problemsOf(thrown) };
}

/** The step with some time to find out why it failed, whatever is left of its own. */
export function explaining<T>(run: StepRun, work: (run: StepRun) => Promise<T>): Promise<T> {
  const limit = { what: "the search for the cause", milliseconds: aftermath };
  return within(run.clock, limit, (signal) => work({ ...run, signal }), run.runSignal);
}

/** So many steps may look at the quickest pace; AWS publishes no rates for the calls that do. */
const quickSteps = 10;

/** The pace of a step's waiting: the run's own, else one by how many steps are under way. */
export function paceOf({ pace, underWay }: RunContext): { pace: PollPace } {
  if (pace !== undefined) return { pace };
  const { firstMilliseconds, maxMilliseconds } = defaultPace;
  const first = firstMilliseconds * Math.max(1, underWay.count / quickSteps);
  return { pace: { ...defaultPace, firstMilliseconds: Math.min(first, maxMilliseconds) } };
}

/** A bucket that must belong to the environment's account, where the manifest names it. */
export function ownBucket(
  context: Pick<RunBase, "manifest">,
  name: string,
): { name: string; owner?: string } {
  const { account } = context.manifest.environment;
  return account === undefined ? { name } : { name, owner: account };
}
