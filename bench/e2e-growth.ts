/** From one step to 200, 50 at a time, whose jobs end at once: how the toolkit's own time and memory grow with them. */
import type { BenchContext } from "./support/bench.ts";
import { instantSteps } from "./support/instant-steps.ts";

const counts = [1, 10, 50, 200] as const;

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const count of counts) {
    const { seconds, worstSeconds, peakMegabytes } = await instantSteps(context, count);
    figures[`steps${count}Seconds`] = seconds;
    figures[`steps${count}WorstSeconds`] = worstSeconds;
    figures[`steps${count}PeakMegabytes`] = peakMegabytes;
  }
  return figures;
}
