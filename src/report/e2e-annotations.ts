import { sentence } from "../base/errors.ts";
import type { E2eResult, Problem } from "../e2e/result.ts";

/** A note at a place of the repository, as GitHub and other hosts show it. */
export interface ProblemAnnotation {
  readonly level: "error" | "warning";
  readonly title?: string;
  readonly message: string;
  readonly path?: string;
  readonly startLine?: number;
}

/** GitHub shows ten warnings of a step. */
const mostWarnings = 10;

/**
 * What a host shows of a run: its one error, at the line that failed where that is known, and the other problems that
 * have a place as warnings.
 */
export function e2eAnnotations(result: E2eResult): {
  readonly failure: ProblemAnnotation | undefined;
  readonly others: readonly ProblemAnnotation[];
} {
  const cause = result.problems.find(({ severity }) => severity === "error");
  const others = result.problems
    .filter((problem) => problem !== cause && problem.location !== undefined)
    .toSorted((a, b) => Number(a.severity === "warning") - Number(b.severity === "warning"))
    .slice(0, mostWarnings)
    .map(
      (problem): ProblemAnnotation => ({
        level: "warning",
        title: problem.step === undefined ? problem.code : `${problem.step}: ${problem.code}`,
        message: textOf(problem),
        ...placeOf(problem),
      }),
    );
  if (result.result === "passed") return { failure: undefined, others };
  return { failure: { level: "error", message: failureOf(result, cause), ...placeOf(cause) }, others };
}

function failureOf({ result, failedStep }: E2eResult, cause: Problem | undefined): string {
  const where = failedStep === undefined ? "" : ` at step ${failedStep}`;
  return `run-e2e ${result}${where}${cause === undefined ? "" : `: ${textOf(cause)}`}`;
}

function textOf({ message, remedy }: Problem): string {
  return `${sentence(message)} ${remedy}`;
}

function placeOf(problem: Problem | undefined): Pick<ProblemAnnotation, "path" | "startLine"> {
  const location = problem?.location;
  if (location === undefined) return {};
  return { path: location.path, ...(location.line === undefined ? {} : { startLine: location.line }) };
}
