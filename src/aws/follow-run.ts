import type { GlueClient } from "@aws-sdk/client-glue";
import { type PollPace, waitFor } from "../base/wait.ts";
import type { Patience } from "./read-again.ts";
import { getRun, newestRuns, type RunView, runStates, splitRunId, statesOf } from "./runs.ts";

export interface FollowRunOptions extends Patience {
  readonly glue: GlueClient;
  readonly job: string;
  readonly runId: string;
  /** The job's MaxRetries when the run was started. */
  readonly maxRetries: number;
  /** Milliseconds for all attempts together. */
  readonly timeout: number;
  readonly pace?: PollPace;
  /** Told of every change of state, of each attempt. */
  readonly onState: (run: RunView) => void;
}

/** The service makes the next attempt a moment after the last one failed; longer than this it won't come. */
const nextAttemptMilliseconds = 60_000;

/** A run that takes longer to stop is in trouble. */
const stoppingMilliseconds = 10 * 60_000;

const final = statesOf("succeeded", "failed");
const pending = statesOf("pending");

/**
 * Follows a run to the end of its last attempt: MaxRetries makes new runs `<id>_attempt_N`, and the last one counts.
 * @returns that attempt, in a final state
 * @throws ToolkitError `wait-timed-out` or `unknown-state`
 */
export async function followRun(options: FollowRunOptions): Promise<RunView> {
  const deadline = options.clock.now() + options.timeout;
  let id = options.runId;
  for (;;) {
    const run = await followAttempt(options, id, deadline);
    const next = await nextAttempt(options, run, deadline);
    if (next === undefined) return run;
    id = next;
  }
}

/**
 * Whether a run that was started earlier may still succeed, or has; a run that is being stopped is waited for first, for
 * until it has ended its job has no room for another one.
 * @throws ToolkitError as `followRun`
 */
export async function isUsable(
  options: Pick<FollowRunOptions, "glue" | "job" | "runId" | "maxRetries" | "clock" | "signal" | "pace">,
): Promise<boolean> {
  const attempts = (await newestRuns(options.glue, options.job, options))
    .filter(({ id }) => isAttemptOf(id, options.runId))
    .sort((a, b) => b.attempt - a.attempt);
  const [last = await getRun(options.glue, options.job, options.runId, options)] = attempts;
  if (last.state === "STOPPING") {
    await waitFor<RunView>({
      what: `run ${last.id} of ${options.job}, which is being stopped,`,
      read: () => getRun(options.glue, options.job, last.id, options),
      state: (run) => run.state,
      pending,
      target: final,
      timeout: stoppingMilliseconds,
      ...options,
    });
    return false;
  }
  if (!final.has(last.state)) return true;
  if (runStates[last.state]?.outcome === "succeeded") return true;
  const endedAt = last.completedOn?.getTime() ?? 0;
  const isRetried = runStates[last.state]?.retried === true && last.attempt < options.maxRetries;
  return isRetried && options.clock.now() - endedAt < nextAttemptMilliseconds;
}

function followAttempt(options: FollowRunOptions, id: string, deadline: number): Promise<RunView> {
  return waitFor<RunView>({
    what: `run ${id} of ${options.job}`,
    read: () => getRun(options.glue, options.job, id, options),
    state: (run) => run.state,
    pending,
    target: final,
    timeout: deadline - options.clock.now(),
    clock: options.clock,
    signal: options.signal,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    onState: (_, run) => options.onState(run),
  });
}

/** The id of the attempt after `run`; undefined when there is none to come. */
async function nextAttempt(
  options: FollowRunOptions,
  run: RunView,
  deadline: number,
): Promise<string | undefined> {
  if (!runStates[run.state]?.retried || run.attempt >= options.maxRetries) return undefined;
  const { clock, signal } = options;
  const until = Math.min(deadline, clock.now() + nextAttemptMilliseconds);
  for (let pause = 500; ; pause = Math.min(pause * 2, 5_000)) {
    const runs = await newestRuns(options.glue, options.job, options);
    const later = runs
      .filter(({ id, attempt }) => isAttemptOf(id, options.runId) && attempt > run.attempt)
      .sort((a, b) => a.attempt - b.attempt);
    if (later[0] !== undefined) return later[0].id;
    if (clock.now() >= until) return undefined;
    await clock.sleep(Math.min(pause, until - clock.now()), signal);
  }
}

function isAttemptOf(id: string, root: string): boolean {
  return splitRunId(id).root === root;
}
