import { ToolkitError } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import type { Step, StepKind } from "../manifest/manifest.ts";
import { causes } from "./causes.ts";
import type { Problem, StepResult } from "./result.ts";

/** Failures of AWS itself that are worth another try, beside the causes of failed runs, queries and crawls. */
const ofAws = ["aws-answer-unreadable", "aws-error", "aws-throttled", "aws-unreachable"];

/** What says that the data or the code is wrong: done again it would at best hide that. */
const never: ReadonlySet<string> = new Set([
  "expectation-failed",
  "object-not-found",
  "tables-differ",
  "crawl-made-nothing",
  "crawl-split-folder",
  "not-readable",
  "object-elsewhere",
  "lambda-failed",
  "code-altered",
  "code-changed",
  "left-running",
]);

/** What is wrong with the codes that steps name under `retries.on`. */
export function retryErrors(steps: readonly Step[], path: string): ToolkitError[] {
  const known = [...Object.keys(causes), ...ofAws].filter((code) => !never.has(code));
  return steps.flatMap(({ key, line, retries }) =>
    (retries?.on ?? [])
      .filter((code) => !known.includes(code))
      .map((code) => {
        const why = never.has(code)
          ? "which is never done again"
          : `which is no failure.${didYouMean(code, known)}`;
        return new ToolkitError({
          code: "manifest-invalid",
          message: `step ${key} is to be done again after ${code}, ${why}`,
          remedy: "Name codes of failures as docs/troubleshooting.md and the JSON report have them.",
          source: "user",
          location: { path, ...(line === undefined ? {} : { line }), key: `e2e.steps.${key}.retries.on` },
        });
      }),
  );
}

/** Whether a step that ended so is to be done again, after so many times. */
export function isRetried(
  { retries }: Step,
  end: { readonly state: StepResult["state"]; readonly problems: readonly Problem[] },
  done: number,
): boolean {
  const errors = end.problems.filter(({ severity }) => severity === "error");
  if (retries === undefined || end.state !== "failed" || done > retries.times || errors.length === 0)
    return false;
  return errors.every(({ code }) => retries.on.includes(code) && !never.has(code));
}

/** Milliseconds before a step is done again for the `done`th time. */
export function retryPause(done: number): number {
  return Math.min(60_000, 5_000 * 2 ** (done - 1));
}

/** What a step of its kind has to tell. */
export type StepDetails = {
  [K in StepKind]: Pick<Extract<StepResult, { kind: K }>, "kind" | "details">;
}[StepKind];

/** The outcome of a step with what its earlier tries used: runs and scanned bytes count, whatever became of them. */
export function withEarlierUse(earlier: StepDetails, now: StepDetails): StepDetails {
  if (earlier.kind === "run" && now.kind === "run" && earlier.details && now.details) {
    const attempts = [...earlier.details.attempts, ...now.details.attempts];
    return { ...now, details: { ...now.details, attempts } };
  }
  if (earlier.kind === "query" && now.kind === "query" && earlier.details?.scannedBytes && now.details) {
    const scannedBytes = earlier.details.scannedBytes + (now.details.scannedBytes ?? 0);
    return { ...now, details: { ...now.details, scannedBytes } };
  }
  return now;
}
