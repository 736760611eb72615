import type { Clock } from "../../src/base/clock.ts";

/** A clock that jumps: sleeping takes no time but moves `now`, past alarms that ring on the way. */
export function fakeClock(start = 0): Clock & { readonly slept: readonly number[] } {
  let now = start;
  const slept: number[] = [];
  const alarms = new Set<{ readonly at: number; readonly ring: () => void }>();
  return {
    slept,
    now: () => now,
    sleep: (milliseconds, signal) => {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      now += milliseconds;
      for (const alarm of alarms) {
        if (alarm.at > now) continue;
        alarms.delete(alarm);
        alarm.ring();
      }
      return Promise.resolve();
    },
    alarm: (at, ring) => {
      const alarm = { at, ring };
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
  };
}
