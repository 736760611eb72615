import type { Clock } from "../../src/base/clock.ts";

/** Time that many sleepers share: it moves on to the next of them when all that could run has run. */
export interface VirtualTime extends Clock {
  /** Runs until the work is done. */
  until<T>(work: Promise<T>): Promise<T>;
}

export function virtualTime(): VirtualTime {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const settleAll = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        sleepers.push({ at: now + milliseconds, wake });
        sleepers.sort((a, b) => a.at - b.at);
      }),
    async until(work) {
      const state = { done: false };
      const done = (): void => {
        state.done = true;
      };
      work.then(done, done);
      for (;;) {
        await settleAll();
        const next = sleepers.shift();
        if (state.done || next === undefined) return work;
        now = Math.max(now, next.at);
        next.wake();
      }
    },
  };
}
