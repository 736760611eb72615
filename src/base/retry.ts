import type { Clock } from "./clock.ts";

export interface RetryOptions {
  /** Only what this says yes to is tried again: classify by operation, and never what isn't idempotent. */
  readonly retryable: (thrown: unknown) => boolean;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly attempts?: number;
  readonly firstMilliseconds?: number;
  readonly maxMilliseconds?: number;
  /** Limit in milliseconds over all attempts and pauses. */
  readonly totalMilliseconds?: number;
  readonly random?: () => number;
  /** The pause in milliseconds that the other side asked for; undefined leaves it to the back-off. */
  readonly pause?: (thrown: unknown) => number | undefined;
  readonly onRetry?: (thrown: unknown, attempt: number, pauseMilliseconds: number) => void;
}

/** With less time left than this nothing is tried again after a pause of its own, in milliseconds. */
const shortestRest = 1_000;

/** Runs `action`, again after a jittered, capped pause while its error is retryable; throws the last error. */
export async function retry<T>(action: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const {
    clock,
    attempts = 5,
    firstMilliseconds = 200,
    maxMilliseconds = 20_000,
    random = Math.random,
  } = options;
  const deadline = clock.now() + (options.totalMilliseconds ?? 120_000);
  for (let attempt = 1; ; attempt += 1) {
    options.signal?.throwIfAborted();
    try {
      return await action(attempt);
    } catch (thrown) {
      if (attempt >= attempts || !options.retryable(thrown)) throw thrown;
      const ceiling = Math.min(maxMilliseconds, firstMilliseconds * 2 ** (attempt - 1));
      const wanted = options.pause?.(thrown) ?? ceiling * (0.5 + random() / 2);
      const left = deadline - clock.now();
      // What is left of the time is used, but not to its end: what starts there could not be done.
      const pause = options.pause === undefined && left > shortestRest ? Math.min(wanted, left / 2) : wanted;
      if (pause > left) throw thrown;
      options.onRetry?.(thrown, attempt, pause);
      await clock.sleep(pause, options.signal);
    }
  }
}
