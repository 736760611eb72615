import type { Clock } from "../../src/base/clock.ts";

/** A clock that jumps: sleeping takes no time but moves `now`. */
export function fakeClock(start = 0): Clock & { readonly slept: readonly number[] } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: (milliseconds, signal) => {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}
