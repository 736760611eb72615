/** From ten scripts to ten thousand of 300 lines: the time of the whole action, and its memory, beside their number. */
import { join } from "node:path";
import type { BenchContext } from "./support/bench.ts";
import { median } from "./support/measure.ts";
import { writeScripts } from "./support/scripts.ts";
import { runAction } from "./support/validate.ts";

const counts = [10, 100, 1_000, 10_000] as const;
const rounds = 3;

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const seconds = new Map<number, number[]>(counts.map((count) => [count, []]));
  const folderOf = (count: number): string => join(context.home, `scripts-${count}`);
  for (const count of counts) await writeScripts(folderOf(count), count, 300);
  for (let round = 0; round < rounds; round += 1)
    for (const count of counts) seconds.get(count)?.push((await runAction(context, folderOf(count))).seconds);
  const figures: Record<string, number> = {};
  for (const count of counts) {
    figures[`scripts${count}Seconds`] = median(seconds.get(count) ?? []);
    figures[`scripts${count}PeakMegabytes`] = (await runAction(context, folderOf(count), true)).peakMegabytes;
  }
  const ratios = seconds.get(10_000)?.map((ten, round) => ten / (seconds.get(1_000)?.[round] ?? Number.NaN));
  return { ...figures, tenThousandToThousand: median(ratios ?? []) };
}
