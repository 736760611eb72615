/** The sandbox's time: never twice the same millisecond for a stamp, so that every change can be told apart. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Like now(), but strictly later than the stamp before. */
  stamp(): number;
}

export function createClock(now: () => number): Clock {
  let last = 0;
  return {
    now,
    stamp() {
      last = Math.max(now(), last + 1);
      return last;
    },
  };
}

/** AWS's JSON timestamps: epoch seconds with fractional milliseconds. */
export function epochSeconds(milliseconds: number): number {
  return milliseconds / 1000;
}
