import type { Progress } from "../base/progress.ts";
import { checkFiles } from "./check-files.ts";
import type { CheckerAnswer } from "./checker-answer.ts";
import type { PythonUsed } from "./findings.ts";
import { defaultGlueVersion, formatMinor, type PythonMinor, parseMinor, pythonOf } from "./glue-versions.ts";
import { type ChosenInterpreter, type Environment, InterpreterFinder } from "./interpreter.ts";
import type { ScriptToCheck } from "./scripts-to-check.ts";

export interface JudgeOptions {
  /** An interpreter that the user names instead of the job's own. */
  readonly python?: string | undefined;
  /** Where the checker's Python files lie. */
  readonly checkerFolder: string;
  readonly environment: Environment;
  readonly progress: Progress;
  /** How many processes share the scripts of one Python; 2 by default. */
  readonly parallel?: number;
  /** Limit in milliseconds for one script; a minute by default. */
  readonly idleMilliseconds?: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Judged {
  /** For each script in order, an answer from each Python that its jobs have. */
  readonly answers: readonly (readonly CheckerAnswer[])[];
  readonly python: readonly PythonUsed[];
}

/** Has every script checked by the Python of each of its jobs. */
export async function judgeScripts(
  scripts: readonly ScriptToCheck[],
  options: JudgeOptions,
): Promise<Judged> {
  const answers: CheckerAnswer[][] = scripts.map(() => []);
  const used: PythonUsed[] = [];
  const finder = new InterpreterFinder(options.environment, options.python);
  for (const minor of pythonsOf(scripts)) {
    const wanting = scripts.flatMap((script, index) => (pythonsOf([script]).includes(minor) ? [index] : []));
    const interpreter = await finder.find(parseMinor(minor) ?? defaultPython);
    tellInterpreter(options.progress, interpreter, wanting.length);
    used.push(...describeUse(scripts, minor, interpreter));
    const given = await checkFiles({
      interpreter,
      checkerFolder: options.checkerFolder,
      files: wanting.map((index) => scripts[index]?.absolutePath ?? ""),
      parallel: options.parallel ?? 2,
      idleMilliseconds: options.idleMilliseconds ?? 60_000,
      signal: options.signal,
    });
    for (const [place, index] of wanting.entries()) {
      const answer = given[place];
      if (answer !== undefined) answers[index]?.push(answer);
    }
  }
  return { answers, python: used };
}

const defaultPython: PythonMinor = pythonOf({ glueVersion: undefined, pythonVersion: undefined });

/** The Pythons that the scripts' jobs have, oldest first; a script that no job names gets the default. */
function pythonsOf(scripts: readonly ScriptToCheck[]): string[] {
  const all = scripts.flatMap(({ jobs }) => (jobs.length === 0 ? [defaultPython] : jobs.map(pythonOf)));
  return [...new Set(all.map(formatMinor))].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

function describeUse(
  scripts: readonly ScriptToCheck[],
  minor: string,
  interpreter: ChosenInterpreter,
): PythonUsed[] {
  const jobs = scripts.flatMap((script) => script.jobs).filter((job) => formatMinor(pythonOf(job)) === minor);
  const versions = jobs.map((job) =>
    job.pythonVersion === undefined
      ? (job.glueVersion ?? defaultGlueVersion)
      : `pythonshell ${job.pythonVersion}`,
  );
  return [...new Set(versions.length === 0 ? [defaultGlueVersion] : versions)].map((version) => ({
    glueVersion: version,
    pythonVersion: minor,
    interpreter: `${interpreter.path} (${interpreter.version})`,
    exact: interpreter.exact,
  }));
}

function tellInterpreter(progress: Progress, interpreter: ChosenInterpreter, scripts: number): void {
  const wanted = formatMinor(interpreter.wanted);
  const { path, version, exact } = interpreter;
  progress({
    code: exact ? "validate.interpreter" : "validate.inexact-interpreter",
    level: exact ? "info" : "warning",
    message: exact
      ? `Python ${version} (${path}) checks ${scripts} scripts`
      : `Python ${wanted} was not found; Python ${version} (${path}) checks ${scripts} scripts in its place`,
    data: { path, version, wanted, exact, scripts },
  });
}
