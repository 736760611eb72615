import { createHash } from "node:crypto";

/** A number from 0 to `sides - 1` for whatever is to be decided, the same each time it is asked. */
export type Dice = (what: string, sides: number) => number;

/** Numbers that the seed and the round alone decide, so that a round can be played again. */
export function diceOf(seed: number, round: number): Dice {
  return (what, sides) => {
    const digest = createHash("sha256").update(`${seed}:${round}:${what}`).digest();
    return digest.readUIntBE(0, 6) % sides;
  };
}

/** Whether something happens whose share of all cases is this. */
export function happens(dice: Dice, what: string, share: number): boolean {
  return dice(what, 10_000) < share * 10_000;
}

/** One of the values, by their weights. */
export function pick<T extends string>(dice: Dice, what: string, weights: Readonly<Record<T, number>>): T {
  const entries = Object.entries<number>(weights) as [T, number][];
  let left = dice(
    what,
    entries.reduce((sum, [, weight]) => sum + weight, 0),
  );
  for (const [value, weight] of entries) {
    left -= weight;
    if (left < 0) return value;
  }
  throw new Error("there is nothing to pick from");
}
