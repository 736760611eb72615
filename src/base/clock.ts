import { setTimeout as delay } from "node:timers/promises";

/** Time as the domain sees it, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Calls back at a moment, unless that is called off by what this gives. */
  alarm?(at: number, ring: () => void): () => void;
}

/** The longest that a timer of Node.js takes, in milliseconds; longer ones ring at once. */
const longestTimer = 2 ** 31 - 1;

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    try {
      await delay(milliseconds, undefined, signal ? { signal } : {});
    } catch (thrown) {
      signal?.throwIfAborted();
      throw thrown;
    }
  },
  alarm: (at, ring) => {
    const left = Math.max(0, at - Date.now());
    if (left > longestTimer) return () => undefined;
    const timer = setTimeout(ring, left);
    // A limit must not keep alive a process that has nothing else to do.
    timer.unref();
    return () => clearTimeout(timer);
  },
};
