/**
 * 100 scripts through the whole action and through the linters that people run in its place, each as it comes, with no
 * cache. They do other work, and none of it finds orphan code after a commit: this says what it costs to run both.
 */
import { join } from "node:path";
import { execa } from "execa";
import type { BenchContext } from "./support/bench.ts";
import { measure, median } from "./support/measure.ts";
import { writeScripts } from "./support/scripts.ts";
import { runAction } from "./support/validate.ts";

const count = 100;
const requirements = ["ruff==0.17.6", "pylint==4.1.4"];

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const { home, python, env, rounds } = context;
  const folder = join(home, "hundred");
  const files = await writeScripts(folder, count, 300);
  const tools = join(home, "tools");
  await execa(python, ["-m", "venv", tools]);
  await execa(join(tools, "bin/pip"), ["install", "--quiet", ...requirements]);
  const action: number[] = [];
  const ruff: number[] = [];
  const pylint: number[] = [];
  const seconds = async (tool: string, args: readonly string[]): Promise<number> => {
    const run = await measure(python, [join(tools, "bin", tool), ...args, ...files], { cwd: home, env });
    if (run.exitCode >= 32 || run.exitCode < 0)
      throw new Error(`${tool} failed:\n${run.output.slice(-2_000)}`);
    return run.seconds;
  };
  for (let round = 0; round < rounds; round += 1) {
    action.push((await runAction(context, folder)).seconds);
    ruff.push(await seconds("ruff", ["check", "--no-cache", "--isolated", "--quiet"]));
    if (round < 2) pylint.push(await seconds("pylint", ["-j", "0", "--persistent=n"]));
  }
  const ratio = (others: readonly number[]): number =>
    median(others.map((each, round) => each / (action[round] ?? Number.NaN)));
  return {
    scripts: count,
    actionSeconds: median(action),
    ruffSeconds: median(ruff),
    ruffToAction: ratio(ruff),
    pylintSeconds: median(pylint),
    pylintToAction: ratio(pylint),
  };
}
