import { join } from "node:path";
import { silent } from "../../src/base/progress.ts";
import { judgeScripts } from "../../src/validate/judge.ts";
import type { BenchContext } from "./bench.ts";
import { measure } from "./measure.ts";

/** The built action as a runner starts it, process start to exit, with no network and no credentials. */
export async function runAction({ root, python, env }: BenchContext, folder: string, watched = false) {
  const run = await measure(python, [process.execPath, join(root, "actions/validate-glue/dist/index.js")], {
    cwd: folder,
    watched,
    env: { ...env, GITHUB_WORKSPACE: folder, INPUT_PATHS: "*.py", INPUT_PYTHON: python },
  });
  if (run.exitCode !== 0)
    throw new Error(`the action failed on healthy scripts:\n${run.output.slice(-2_000)}`);
  return run;
}

/** The checker alone, without what the action does around it. */
export async function judgeSeconds(
  { root, python, env }: BenchContext,
  files: readonly string[],
): Promise<number> {
  const started = performance.now();
  await judgeScripts(
    files.map((absolutePath) => ({ path: absolutePath, absolutePath, jobs: [] })),
    { python, checkerFolder: join(root, "src/validate/checker"), environment: env, progress: silent },
  );
  return (performance.now() - started) / 1_000;
}
