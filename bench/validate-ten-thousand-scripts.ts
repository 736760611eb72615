/** Ten times the scripts in about ten times the time, in the same memory. */
import { join } from "node:path";
import type { BenchContext } from "./support/bench.ts";
import { writeScripts } from "./support/scripts.ts";
import { runAction } from "./support/validate.ts";

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const small = join(context.home, "thousand");
  const large = join(context.home, "ten-thousand");
  await writeScripts(small, 1_000, 300);
  await writeScripts(large, 10_000, 300);
  const before = (await runAction(context, small)).seconds;
  const ten = (await runAction(context, large)).seconds;
  const after = (await runAction(context, small)).seconds;
  return {
    tenThousandSeconds: ten,
    tenThousandToThousand: ten / ((before + after) / 2),
    tenThousandPeakMegabytes: (await runAction(context, large, true)).peakMegabytes,
  };
}
