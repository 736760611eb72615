/** Single scripts of extreme length, each beside one twice as long: twice the length is to cost twice the time at most. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchContext } from "./support/bench.ts";
import { median } from "./support/measure.ts";
import { glueScript } from "./support/scripts.ts";
import { judgeSeconds } from "./support/validate.ts";

/** Functions that each commit the job and call the next. */
function committers(count: number): string {
  const functions = Array.from(
    { length: count },
    (_, n) => `def f${n}():\n    job.commit()\n    f${n + 1}()\n`,
  );
  return `job = Job(glue)\njob.init("a", args)\ndf.write.parquet("x")\n${functions.join("")}f0()\n`;
}

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const cases = {
    lines50000Seconds: glueScript(50_000, 1),
    equalLines100000Seconds: "x = 1\n".repeat(100_000),
    equalLines200000Seconds: "x = 1\n".repeat(200_000),
    brackets100000Seconds: `x = ${"(".repeat(100_000)}\n`,
    brackets200000Seconds: `x = ${"(".repeat(200_000)}\n`,
    committers8000Seconds: committers(8_000),
    committers16000Seconds: committers(16_000),
  };
  const figures: Record<string, number> = {};
  for (const [name, text] of Object.entries(cases)) {
    const path = join(context.home, `${name}.py`);
    await writeFile(path, text);
    const runs: number[] = [];
    for (let round = 0; round < 3; round += 1) runs.push(await judgeSeconds(context, [path]));
    figures[name] = median(runs);
  }
  return figures;
}
