import type { Clock } from "../base/clock.ts";
import type { CheckerAnswer } from "./checker-answer.ts";
import { composeFindings, makeFinding } from "./compose.ts";
import { endOfLifeFindings } from "./end-of-life.ts";
import { compareFindings, type Finding, fails, type PythonUsed, type ScriptResult } from "./findings.ts";
import { type JudgeOptions, judgeScripts } from "./judge.ts";
import { isScala, type ScriptToCheck, type UnavailableScript } from "./scripts-to-check.ts";
import { applySuppressions } from "./suppress.ts";

export interface ValidateOptions extends JudgeOptions {
  readonly scripts: readonly ScriptToCheck[];
  /** Scripts that couldn't be had; they are not read again. */
  readonly unavailable?: readonly UnavailableScript[];
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
}

export interface FindingCounts {
  /** Scripts checked; skipped ones are not among them. */
  readonly scripts: number;
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
  const { unavailable = [], clock, failOn } = options;
  const given = options.scripts.filter(({ path }) => !unavailable.some((problem) => problem.path === path));
  const readable = given.filter((script) => !isScala(script));
  const { answers, python } = await judgeScripts(readable, options);
  const today = new Date(clock.now()).toISOString().slice(0, 10);
  const outcomes = [
    ...readable.map((script, index) => outcomeOf(script, answers[index] ?? [], today)),
    ...unavailable.map(unavailableOutcome),
    ...given.filter(isScala).map(skippedOutcome),
  ].sort((a, b) => (a.script.path < b.script.path ? -1 : 1));
  const findings = outcomes.flatMap(({ kept }) => kept).sort(compareFindings);
  const suppressed = outcomes.flatMap((outcome) => outcome.suppressed);
  const scripts = outcomes.map(({ script }) => script);
  return {
    result: findings.some(({ severity }) => fails(severity, failOn)) ? "failed" : "passed",
    findings,
    suppressed,
    scripts,
    python,
    counts: countFindings(findings, scripts, suppressed.length),
  };
}

interface Outcome {
  readonly script: ScriptResult;
  readonly kept: readonly Finding[];
  readonly suppressed: readonly Finding[];
}

function outcomeOf(script: ScriptToCheck, answers: readonly CheckerAnswer[], today: string): Outcome {
  const found = distinct(answers.flatMap((answer) => composeFindings(script.path, answer)));
  const { kept, suppressed } = applySuppressions(
    [...found, ...endOfLifeFindings(script, today)],
    answers.flatMap((answer) => answer.suppressions),
  );
  const status = kept.some(({ severity }) => severity === "error") ? "failed" : "passed";
  return { script: scriptResult(script, status, answers[0]?.sha256 ?? null), kept, suppressed };
}

function unavailableOutcome({ rule, path, jobs, message, remedy }: UnavailableScript): Outcome {
  const script: ScriptResult = { path, jobs: [...jobs], sha256: null, status: "failed" };
  return { script, kept: [makeFinding(rule, path, message, { remedy })], suppressed: [] };
}

function skippedOutcome(script: ScriptToCheck): Outcome {
  return { script: scriptResult(script, "skipped", null), kept: [], suppressed: [] };
}

function scriptResult(
  script: ScriptToCheck,
  status: ScriptResult["status"],
  sha256: string | null,
): ScriptResult {
  return { path: script.path, jobs: script.jobs.map(({ job }) => job), sha256, status };
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
  return {
    scripts: scripts.length - skipped,
    skipped,
    errors: of("error"),
    warnings: of("warning"),
    notices: of("notice"),
    suppressed,
  };
}
