/** From one job to 2,000: time and memory beside the number of jobs, nothing changed and all changed. */
import type { BenchContext } from "./support/bench.ts";
import { deployWorld } from "./support/deploy-world.ts";

const counts = [1, 10, 100, 500, 1_000, 2_000] as const;

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const figures: Record<string, number> = {};
  for (const count of counts) {
    const world = await deployWorld(context, count);
    try {
      await world.deploy();
      await world.changeAll();
      const changed = await world.deploy({ watched: true });
      const unchanged = await world.deploy();
      figures[`changed${count}Seconds`] = changed.seconds;
      figures[`changed${count}PeakMegabytes`] = changed.peakMegabytes;
      figures[`unchanged${count}Seconds`] = unchanged.seconds;
    } finally {
      await world.stop();
    }
  }
  const growth = (kind: string): number =>
    (figures[`${kind}2000Seconds`] ?? 0) / (figures[`${kind}1000Seconds`] ?? 0);
  return { ...figures, changed2000To1000: growth("changed"), unchanged2000To1000: growth("unchanged") };
}
