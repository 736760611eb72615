import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { silent } from "../../src/base/progress.ts";
import { checkFiles } from "../../src/validate/check-files.ts";
import type { CheckerAnswer } from "../../src/validate/checker-answer.ts";
import type { PythonMinor } from "../../src/validate/glue-versions.ts";
import { type ChosenInterpreter, InterpreterFinder } from "../../src/validate/interpreter.ts";
import type { JudgeOptions } from "../../src/validate/judge.ts";
import type { ScriptToCheck } from "../../src/validate/scripts-to-check.ts";
import { workspaceWith } from "../support/workspace.ts";

export const checkerFolder = join(import.meta.dirname, "../../src/validate/checker");

/** The test machine's own environment, for finding its Pythons. */
export const environment = { PATH: process.env["PATH"], HOME: homedir() };

export const judgeOptions: JudgeOptions = { checkerFolder, environment, progress: silent };

/** Every Python of 3.6 to 3.14 that this machine has. */
export async function installedPythons(): Promise<ChosenInterpreter[]> {
  const finder = new InterpreterFinder(environment);
  const minors = Array.from({ length: 9 }, (_, index): PythonMinor => [3, 6 + index]);
  const found = await Promise.all(minors.map((minor) => finder.find(minor)));
  return found.filter(({ exact }) => exact);
}

export async function checkTexts(
  interpreter: ChosenInterpreter,
  texts: readonly (string | Uint8Array)[],
): Promise<CheckerAnswer[]> {
  const folder = await mkdtemp(join(tmpdir(), "glue-toolkit-check-"));
  try {
    const files = texts.map((_, index) => join(folder, `script_${index}.py`));
    await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? "")));
    return await checkFiles({ interpreter, checkerFolder, files, parallel: 1, idleMilliseconds: 60_000 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Scripts in a temp folder, each used by one Glue 5.0 job. */
export async function scriptsWith(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<ScriptToCheck[]> {
  const folder = await workspaceWith(files);
  return Object.keys(files).map((path) => ({
    path,
    absolutePath: join(folder, path),
    jobs: [{ key: path, job: `acme-${path}`, glueVersion: "5.0", pythonVersion: undefined }],
  }));
}
