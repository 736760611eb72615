/** The whole action beside the two things people would run in its place: a bare compile(), and a loop of py_compile. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchContext } from "./support/bench.ts";
import { measure, median } from "./support/measure.ts";
import { writeScripts } from "./support/scripts.ts";
import { judgeSeconds, runAction } from "./support/validate.ts";

/** Files of the loop that are run in each round. */
const sampled = 25;
const compileListed = `import sys
sys.stdin = open(sys.argv[1])
for path in sys.stdin.read().split('\\n'):
    with open(path, 'rb') as file:
        compile(file.read(), path, 'exec', 0, True)`;

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const { home, python, env, rounds } = context;
  const folder = join(home, "thousand");
  const list = join(home, "list");
  const files = await writeScripts(folder, 1_000, 300);
  await writeFile(list, files.join("\n"));
  const bareCompile = [python, "-I", "-S", "-c", compileListed, list] as const;
  const action: number[] = [];
  const bare: number[] = [];
  const checker: number[] = [];
  const loop: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    loop.push(await loopSeconds(context, files.slice(round * sampled, (round + 1) * sampled), files.length));
    action.push((await runAction(context, folder)).seconds);
    checker.push(await judgeSeconds(context, files));
    bare.push((await measure(python, bareCompile, { cwd: home, env })).seconds);
  }
  return {
    actionSeconds: median(action),
    checkerSeconds: median(checker),
    bareCompileSeconds: median(bare),
    actionToBareCompile: median(action.map((seconds, round) => seconds / (bare[round] ?? Number.NaN))),
    checkerToBareCompile: median(checker.map((seconds, round) => seconds / (bare[round] ?? Number.NaN))),
    pyCompileLoopSecondsExtrapolated: median(loop),
    pyCompileLoopFilesPerRound: sampled,
    loopToAction: median(loop.map((seconds, round) => seconds / (action[round] ?? Number.NaN))),
    peakMegabytes: (await runAction(context, folder, true)).peakMegabytes,
  };
}

/** `for f in *.py; do python -m py_compile "$f"; done` on some of the files, scaled up to all. */
async function loopSeconds(
  { home, python, env }: BenchContext,
  some: readonly string[],
  all: number,
): Promise<number> {
  const list = some.map((path) => `'${path}'`).join(" ");
  const loop = `for file in ${list}; do '${python}' -m py_compile "$file"; done`;
  const { seconds } = await measure(python, ["/bin/sh", "-c", loop], { cwd: home, env });
  return (seconds * all) / some.length;
}
