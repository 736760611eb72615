import { type Skew, skewClock } from "./clock-skew.ts";
import { type Dice, happens, pick } from "./dice.ts";
import type { Faults } from "./proxy.ts";
import { readLate } from "./stale-reads.ts";

const skewedShare = 0.25;
const lateShare = 0.3;
/** Seconds by which AWS's clock is ahead. */
const skews = { "180": 1, "2400": 1, "18000": 1, "-180": 1, "-2400": 1, "-18000": 1 } as const;

/** What holds for a whole run: a clock that is off, and reads that are late; each in some of the runs. */
export function drawSurroundings(dice: Dice, counts: Map<string, number>): readonly Faults[] {
  const note = (kind: string): void => void counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const skew = happens(dice, "skew", skewedShare) ? skewOf(dice) : undefined;
  if (skew !== undefined) note("clock skew");
  return [
    ...(skew === undefined ? [] : [skewClock(skew)]),
    ...(happens(dice, "late", lateShare) ? [readLate(dice, () => note("stale read"))] : []),
  ];
}

function skewOf(dice: Dice): Skew {
  const seconds = Number(pick(dice, "skew by", skews));
  return { milliseconds: seconds * 1_000, of: dice("skew of", 2) === 0 ? "date" : "all" };
}
