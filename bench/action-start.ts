/** How soon each action answers a bad input, beside Node.js alone: `node -e 0`. The contestants take turns. */
import { join } from "node:path";
import type { BenchContext } from "./support/bench.ts";
import { measure, median } from "./support/measure.ts";

const actions = { validateGlue: "validate-glue", deployGlue: "deploy-glue", runE2e: "run-e2e" };
/** A start is short, and the machine's own noise large beside it. */
const turns = 15;

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const { python, root, home: cwd } = context;
  const env = {
    ...context.env,
    INPUT_MANIFEST: "x",
    "INPUT_FAIL-ON": "perhaps",
    INPUT_MODE: "perhaps",
    INPUT_TIMEOUT: "x",
  };
  const seconds = async (args: readonly string[]): Promise<number> =>
    (await measure(python, [process.execPath, ...args], { cwd, env })).seconds;
  const bare: number[] = [];
  const taken = Object.fromEntries(Object.keys(actions).map((name): [string, number[]] => [name, []]));
  for (let turn = 0; turn < turns; turn += 1) {
    bare.push(await seconds(["-e", "0"]));
    for (const [name, action] of Object.entries(actions)) {
      taken[name]?.push(await seconds([join(root, "actions", action, "dist/index.js")]));
    }
  }
  const figures: Record<string, number> = { bareNodeSeconds: median(bare) };
  for (const [name, values] of Object.entries(taken)) {
    figures[`${name}BadInputSeconds`] = median(values);
    figures[`${name}BadInputToBareNode`] = median(
      values.map((value, turn) => value / (bare[turn] ?? Number.NaN)),
    );
  }
  return figures;
}
