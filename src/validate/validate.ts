import type { Clock } from "../base/clock.ts";
import type { ToolkitError } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import type { RuleLevels } from "../manifest/validate-schema.ts";
import type { ScriptFacts } from "./checker-answer.ts";
import { composeFindings, makeFinding } from "./compose.ts";
import { endOfLifeFindings } from "./end-of-life.ts";
import { compareFindings, type Finding, fails, type PythonUsed, type ScriptResult } from "./findings.ts";
import { type JudgeOptions, judgeScripts } from "./judge.ts";
import { type JudgedAnswer, nameNewerSyntax } from "./newer-syntax.ts";
import { neverCompiles, type RuleId } from "./rules.ts";
import { isScala, type ScriptToCheck, type UnavailableScript } from "./scripts-to-check.ts";
import { appliesToJobs, weighFindings } from "./severities.ts";
import { applySuppressions } from "./suppress.ts";
import type { UnmanagedScript } from "./unmanaged.ts";

export interface ValidateOptions extends JudgeOptions {
  readonly scripts: readonly ScriptToCheck[];
  /** Scripts that couldn't be had; they are not read again. */
  readonly unavailable?: readonly UnavailableScript[];
  /** Glue scripts that no job names. */
  readonly unmanaged?: readonly UnmanagedScript[];
  /** Severities that the manifest sets. */
  readonly ruleLevels?: RuleLevels | undefined;
  readonly failOn: "error" | "warning" | "never";
  readonly clock: Clock;
}

export interface ValidationResult {
  readonly result: "passed" | "failed";
  /** Most useful first; suppressed ones are not among them. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Finding[];
  readonly scripts: readonly ScriptResult[];
  readonly python: readonly PythonUsed[];
  readonly counts: FindingCounts;
  /** Facts of the scripts that compile, by path, where they were asked for. */
  readonly facts?: ReadonlyMap<string, ScriptFacts>;
  /** Why some scripts were not judged; their status is `failed`, whatever `failOn` says. */
  readonly failures?: readonly ToolkitError[];
}

export interface FindingCounts {
  /** Scripts checked; skipped ones are not among them. */
  readonly scripts: number;
  /** Modules of libraries checked, where there are any. */
  readonly modules?: number;
  readonly skipped: number;
  readonly errors: number;
  readonly warnings: number;
  readonly notices: number;
  readonly suppressed: number;
}

/**
 * Checks scripts for the Pythons of their jobs, without running a line of them. Every script is reported, whatever the
 * others hold.
 * @throws ToolkitError `python-not-found` or `python-unusable` when no interpreter can judge.
 */
export async function validateScripts(options: ValidateOptions): Promise<ValidationResult> {
  const { unavailable = [], clock, failOn, ruleLevels = {} } = options;
  const given = options.scripts.filter(({ path }) => !unavailable.some((problem) => problem.path === path));
  const readable = given.filter((script) => !isScala(script));
  tellFixedLevels(ruleLevels, options.progress);
  const { answers, python, failures } = await judgeScripts(readable, options);
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const unjudged = new Set(failures.flatMap((failure) => failure.scripts));
  const outcomes = [
    ...readable.map((script, index) => {
      const outcome = outcomeOf(script, answers[index] ?? [], today, ruleLevels);
      return unjudged.has(index)
        ? { ...outcome, script: { ...outcome.script, status: "failed" as const } }
        : outcome;
    }),
    ...unavailable.map((script) => unavailableOutcome(script, ruleLevels)),
    ...given.filter(isScala).map(skippedOutcome),
  ].sort((a, b) => (a.script.path < b.script.path ? -1 : 1));
  const { unmanaged = [] } = options;
  const forgotten = (ignored: boolean): Finding[] =>
    weighFindings(unmanaged.filter((script) => script.ignored === ignored).map(unmanagedFinding), ruleLevels);
  const findings = [...outcomes.flatMap(({ kept }) => kept), ...forgotten(false)].sort(compareFindings);
  const suppressed = [...outcomes.flatMap((outcome) => outcome.suppressed), ...forgotten(true)];
  const scripts = outcomes.map(({ script }) => script);
  return {
    result:
      failures.length > 0 || findings.some(({ severity }) => fails(severity, failOn)) ? "failed" : "passed",
    findings,
    suppressed,
    scripts,
    python,
    counts: countFindings(findings, scripts, suppressed.length),
    failures: failures.map(({ error }) => error),
    ...(options.facts ? { facts: factsOf(readable, answers) } : {}),
  };
}

function factsOf(
  scripts: readonly ScriptToCheck[],
  answers: readonly (readonly JudgedAnswer[])[],
): ReadonlyMap<string, ScriptFacts> {
  return new Map(
    scripts.flatMap(({ path }, index) => {
      const facts = answers[index]?.[0]?.facts;
      return facts === undefined ? [] : [[path, facts] as const];
    }),
  );
}

function tellFixedLevels(levels: RuleLevels, progress: Progress): void {
  for (const [rule, level] of Object.entries(levels)) {
    if (level === "error" || !neverCompiles(rule as RuleId)) continue;
    const message = `${rule} stays an error, whatever validate.rules says: Python can't run such a script`;
    progress({ code: "validate.fixed-level", level: "warning", message });
  }
}

interface Outcome {
  readonly script: ScriptResult;
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Finding[];
}

function outcomeOf(
  script: ScriptToCheck,
  answers: readonly JudgedAnswer[],
  today: string,
  levels: RuleLevels,
): Outcome {
  const found = distinct(
    answers.flatMap((answer) =>
      composeFindings(script.path, answer).map((finding) => nameNewerSyntax(finding, answer)),
    ),
  );
  const relevant = found.filter((finding) => appliesToJobs(finding, script.jobs));
  const { kept, suppressed } = applySuppressions(
    weighFindings(
      script.library === undefined
        ? [...relevant, ...endOfLifeFindings(script, today)]
        : relevant.map((finding) => ofLibrary(finding, script.library)),
      levels,
    ),
    answers.flatMap((answer) => answer.suppressions),
  );
  const status = kept.some(({ severity }) => severity === "error") ? "failed" : "passed";
  return { script: scriptResult(script, status, answers[0]?.sha256 ?? null), kept, suppressed };
}

function unavailableOutcome(problem: UnavailableScript, levels: RuleLevels): Outcome {
  const { rule, path, jobs, message, remedy } = problem;
  const script: ScriptResult = { path, jobs: [...jobs], sha256: null, status: "failed" };
  const kept = weighFindings([makeFinding(rule, path, message, { remedy })], levels);
  return { script, kept, suppressed: [] };
}

function unmanagedFinding({ path }: UnmanagedScript): Finding {
  return makeFinding("unmanaged-script", path, `${path} uses awsglue, but no job of the manifest runs it`);
}

function skippedOutcome(script: ScriptToCheck): Outcome {
  return { script: scriptResult(script, "skipped", null), kept: [], suppressed: [] };
}

function scriptResult(
  script: ScriptToCheck,
  status: ScriptResult["status"],
  sha256: string | null,
): ScriptResult {
  const jobs = script.jobs.map(({ job }) => job);
  return {
    path: script.path,
    jobs,
    sha256,
    status,
    ...(script.library === undefined ? {} : { library: true }),
  };
}

/** What is wrong with a module of an archive, which somebody else may have built, only matters where it is imported. */
function ofLibrary(finding: Finding, library: ScriptToCheck["library"]): Finding {
  if (library?.bytes === undefined) return finding;
  const remedy =
    "Build the archive anew from sources that compile, or leave the module out if nothing imports it.";
  return { ...finding, severity: "warning", remedy };
}

/** Two Pythons mostly say the same of a script: the same rule at the same lines is told once. */
function distinct(findings: readonly Finding[]): Finding[] {
  const told = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule}:${finding.startLine}:${finding.endLine}`;
    if (!told.has(key)) told.set(key, finding);
  }
  return [...told.values()];
}

function countFindings(
  findings: readonly Finding[],
  scripts: readonly ScriptResult[],
  suppressed: number,
): FindingCounts {
  const of = (severity: Finding["severity"]): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const skipped = scripts.filter(({ status }) => status === "skipped").length;
  const modules = scripts.filter(({ library }) => library === true).length;
  return {
    scripts: scripts.length - skipped - modules,
    ...(modules > 0 ? { modules } : {}),
    skipped,
    errors: of("error"),
    warnings: of("warning"),
    notices: of("notice"),
    suppressed,
  };
}
