import { ToolkitError, throwAll } from "../base/errors.ts";
import { defaultGlueVersion } from "../base/glue-versions.ts";
import { plural } from "../base/plural.ts";
import type { Progress } from "../base/progress.ts";
import { checkCached } from "./check-cached.ts";
import type { CheckFilesOptions } from "./check-files.ts";
import type { PythonUsed } from "./findings.ts";
import { formatMinor, type PythonMinor, parseMinor, pythonOf } from "./glue-versions.ts";
import { type ChosenInterpreter, type Environment, InterpreterFinder } from "./interpreter.ts";
import { askNewerPythons, checkerLike, type JudgedAnswer } from "./newer-syntax.ts";
import { openResultCache, type ResultCache } from "./result-cache.ts";
import type { ScriptToCheck } from "./scripts-to-check.ts";

export interface JudgeOptions {
  /** An interpreter that the user names instead of the job's own. */
  readonly python?: string | undefined;
  /** Refuse to judge with any other Python than the job's own. */
  readonly pythonStrict?: boolean | undefined;
  /** Where the checker's Python files lie. */
  readonly checkerFolder: string;
  readonly environment: Environment;
  /** Knows the Pythons that were asked already; a new one asks again. */
  readonly finder?: InterpreterFinder | undefined;
  readonly progress: Progress;
  /** Whether to ask for the scripts' facts too. */
  readonly facts?: boolean;
  /** How many processes share the scripts of one Python; 2 by default. */
  readonly parallel?: number;
  /** Limit in milliseconds for one script; a minute by default. */
  readonly idleMilliseconds?: number;
  /** Folder in which answers are kept for later runs; none are kept without. */
  readonly cacheFolder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Judged {
  /** For each script in order, an answer from each Python that its jobs have; fewer where `failures` tells why. */
  readonly answers: readonly (readonly JudgedAnswer[])[];
  readonly python: readonly PythonUsed[];
  readonly failures: readonly PythonFailure[];
}

/** A Python for which nothing could be judged, and the scripts (by their place) that wanted it. */
export interface PythonFailure {
  readonly error: ToolkitError;
  readonly scripts: readonly number[];
}

/**
 * Has every script checked by the Python of each of its jobs. An interpreter that fails is passed over for the next
 * nearest one; where none is left, the scripts of the other Pythons are still judged.
 * @throws ToolkitError `python-not-found` or `python-unusable` when no script could be judged at all.
 */
export async function judgeScripts(
  scripts: readonly ScriptToCheck[],
  options: JudgeOptions,
): Promise<Judged> {
  const answers: JudgedAnswer[][] = scripts.map(() => []);
  const python: PythonUsed[] = [];
  const failures: PythonFailure[] = [];
  const finder = options.finder ?? new InterpreterFinder(options.environment, options.python);
  const cache = options.cacheFolder && (await openResultCache(options.cacheFolder, options.checkerFolder));
  const minors = pythonsOf(scripts);
  const groups = minors.flatMap((minor) => groupsOf(scripts, minor));
  for (const { minor, files, wanting } of groups) {
    try {
      const judged = await judgeFiles(
        files,
        parseMinor(minor) ?? defaultPython,
        finder,
        cache || undefined,
        options,
      );
      if (!python.some(({ pythonVersion }) => pythonVersion === minor))
        python.push(...describeUse(scripts, minor, judged.interpreter));
      for (const [place, { index }] of wanting.entries()) {
        const answer = judged.answers[place];
        if (answer !== undefined) answers[index]?.push(answer);
      }
    } catch (thrown) {
      if (!isPythonFailure(thrown)) throw thrown;
      failures.push({ error: thrown, scripts: wanting.map(({ index }) => index) });
    }
  }
  if (failures.length === groups.length)
    throwAll(
      "Pythons",
      failures.map(({ error }) => error),
    );
  return { answers, python, failures };
}

/** Files of one kind that one Python is asked about. */
type Files = Pick<CheckFilesOptions, "files" | "library" | "contents">;

interface Group {
  readonly minor: string;
  readonly files: Files;
  readonly wanting: readonly { readonly index: number }[];
}

/** The scripts that want a Python, and the modules of libraries that do. */
function groupsOf(scripts: readonly ScriptToCheck[], minor: string): Group[] {
  return [false, true].flatMap((library) => {
    const wanting = scripts.flatMap((script, index) =>
      (script.library !== undefined) === library && pythonsOf([script]).includes(minor)
        ? [{ index, script }]
        : [],
    );
    const files = wanting.map(({ script }) => script.absolutePath);
    if (!library) return files.length === 0 ? [] : [{ minor, files: { files }, wanting }];
    const contents = new Map(
      wanting.flatMap(({ script }) =>
        script.library?.bytes === undefined ? [] : [[script.absolutePath, script.library.bytes] as const],
      ),
    );
    return files.length === 0 ? [] : [{ minor, files: { files, library, contents }, wanting }];
  });
}

/** The answers of the nearest interpreter that gives any. */
async function judgeFiles(
  { files, ...kind }: Files,
  wanted: PythonMinor,
  finder: InterpreterFinder,
  cache: ResultCache | undefined,
  options: JudgeOptions,
): Promise<{ readonly interpreter: ChosenInterpreter; readonly answers: readonly JudgedAnswer[] }> {
  const limits = {
    ...kind,
    facts: options.facts === true && !kind.library,
    checkerFolder: options.checkerFolder,
    parallel: options.parallel ?? 2,
    idleMilliseconds: options.idleMilliseconds ?? 60_000,
    signal: options.signal,
  };
  const refused = new Set<string>();
  let failure: ToolkitError | undefined;
  for (;;) {
    const interpreter = await finder.find(wanted, refused).catch((thrown: unknown) => {
      throw failure ?? thrown;
    });
    if (options.pythonStrict && !interpreter.exact) throw notExact(interpreter);
    tellInterpreter(options.progress, interpreter, files.length, kind.library === true);
    try {
      const { answers, known } = await checkCached({ ...limits, interpreter, files }, cache);
      if (known > 0) tellKnown(options.progress, known, files.length);
      const judged = await askNewerPythons(files, answers, wanted, finder, checkerLike(limits));
      const isOlder = interpreter.minor[1] < wanted[1];
      const judgedBy = formatMinor(interpreter.minor);
      return { interpreter, answers: isOlder ? judged.map((answer) => ({ ...answer, judgedBy })) : judged };
    } catch (thrown) {
      if (!isPythonFailure(thrown) || options.python) throw thrown;
      failure ??= thrown;
      refused.add(interpreter.path);
      tellRefused(options.progress, thrown);
    }
  }
}

function isPythonFailure(thrown: unknown): thrown is ToolkitError {
  const codes = ["python-not-found", "python-not-exact", "python-unusable"];
  return thrown instanceof ToolkitError && codes.includes(thrown.code);
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

function tellInterpreter(
  progress: Progress,
  interpreter: ChosenInterpreter,
  scripts: number,
  library: boolean,
): void {
  const counted = plural(scripts, library ? "library module" : "script");
  const wanted = formatMinor(interpreter.wanted);
  const { path, version, exact } = interpreter;
  progress({
    code: exact ? "validate.interpreter" : "validate.inexact-interpreter",
    level: exact ? "info" : "warning",
    message: exact
      ? `Python ${version} (${path}) checks ${counted}`
      : `Python ${wanted} was not found; Python ${version} (${path}) checks ${counted} in its place. Add actions/setup-python with python-version "${wanted}" before this step; python-strict: true makes this an error`,
    data: { path, version, wanted, exact, scripts },
  });
}

function notExact({ wanted, version, path }: ChosenInterpreter): ToolkitError {
  const name = formatMinor(wanted);
  return new ToolkitError({
    code: "python-not-exact",
    message: `the job's own Python ${name} was not found; the nearest is Python ${version} (${path})`,
    remedy: `Add actions/setup-python with python-version "${name}" before this step, or set python-strict: false.`,
    source: "user",
  });
}

function tellKnown(progress: Progress, known: number, scripts: number): void {
  const message = `An earlier run's answers hold for ${known} of ${plural(scripts, "script")}`;
  progress({ code: "validate.known", level: "info", message, data: { known, scripts } });
}

function tellRefused(progress: Progress, { message }: ToolkitError): void {
  progress({
    code: "validate.refused-interpreter",
    level: "warning",
    message: `${message}; trying the next`,
  });
}
