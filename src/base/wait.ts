import type { Clock } from "./clock.ts";
import { timeUpOf } from "./deadline.ts";
import { formatDuration } from "./duration.ts";
import { ToolkitError } from "./errors.ts";

/** How often to look: the first pause, the longest, the growth between them, and the share of jitter. */
export interface PollPace {
  /** A pause is no longer than this share of the time waited so far, so that the end is seen about so much too late. */
  readonly share?: number;
  readonly firstMilliseconds: number;
  readonly maxMilliseconds: number;
  readonly factor: number;
  /** 0 to 1: each pause is shortened by up to this share, so that many waiters don't march in step. */
  readonly jitter: number;
}

export const defaultPace: PollPace = {
  share: 0.03,
  firstMilliseconds: 250,
  maxMilliseconds: 15_000,
  factor: 1.5,
  jitter: 0.2,
};

export interface WaitOptions<T> {
  /** Names the thing waited for in errors: `job run jr_1 of silver`. */
  readonly what: string;
  readonly read: (signal: AbortSignal | undefined) => Promise<T>;
  readonly state: (value: T) => string;
  readonly pending: ReadonlySet<string>;
  readonly target: ReadonlySet<string>;
  /** Limit in milliseconds from the call. */
  readonly timeout: number;
  readonly clock: Clock;
  readonly pace?: PollPace;
  readonly random?: () => number;
  readonly signal?: AbortSignal;
  /** Told of every change of state, the first included. */
  readonly onState?: (state: string, value: T) => void;
}

/**
 * Reads until the state is a target. A state that is neither pending nor target, and a passed limit, are errors.
 * @throws ToolkitError `wait-timed-out` with the last state seen, `unknown-state`, or what `read` throws.
 */
export async function waitFor<T>(options: WaitOptions<T>): Promise<T> {
  const { clock, signal, pace = defaultPace, random = Math.random } = options;
  const started = clock.now();
  let pause = pace.firstMilliseconds;
  let last: string | undefined;
  for (;;) {
    const value = await look(options, last);
    const state = options.state(value);
    if (state !== last) options.onState?.(state, value);
    last = state;
    if (options.target.has(state)) return value;
    if (!options.pending.has(state)) throw unknownState(options.what, state, options);
    const waited = clock.now() - started;
    const left = options.timeout - waited;
    if (left <= 0) throw timedOut(options.what, options.timeout, state);
    const nap = Math.min(left, pause * (1 - pace.jitter * random()));
    await orTimedOut(options, last, () => clock.sleep(nap, signal));
    pause = Math.min(pause * pace.factor, pace.maxMilliseconds, fairPause(pace, waited));
  }
}

function look<T>(options: WaitOptions<T>, last: string | undefined): Promise<T> {
  return orTimedOut(options, last, async () => {
    options.signal?.throwIfAborted();
    return options.read(options.signal);
  });
}

/** A signal that ends the wait because the time is up says less than the state that was seen last. */
async function orTimedOut<R>(
  { signal, what, timeout }: Pick<WaitOptions<unknown>, "signal" | "what" | "timeout">,
  last: string | undefined,
  work: () => Promise<R>,
): Promise<R> {
  try {
    return await work();
  } catch (thrown) {
    const timeUp = timeUpOf(signal);
    if (timeUp === undefined) throw thrown;
    throw last === undefined ? timeUp : timedOut(what, timeout, last);
  }
}

function fairPause({ share, firstMilliseconds }: PollPace, waited: number): number {
  return share === undefined ? Number.POSITIVE_INFINITY : Math.max(firstMilliseconds, waited * share);
}

function timedOut(what: string, timeout: number, state: string): ToolkitError {
  return new ToolkitError({
    code: "wait-timed-out",
    message: `${what} was still ${state} after ${formatDuration(Math.max(0, timeout))}`,
    remedy: "Raise the timeout if this is its normal time; otherwise look at why it does not move.",
    source: "aws",
  });
}

function unknownState(
  what: string,
  state: string,
  known: Pick<WaitOptions<unknown>, "pending" | "target">,
): ToolkitError {
  return new ToolkitError({
    code: "unknown-state",
    message: `${what} is in state ${state}, which is none of ${[...known.pending, ...known.target].join(", ")}`,
    remedy: "Look the state up in the AWS console; if it is new, update the toolkit.",
    source: "aws",
  });
}
