import { formatDuration } from "../base/duration.ts";
import { sentence } from "../base/errors.ts";
import type { Paint } from "../base/paint.ts";
import { plainText } from "../base/plain-text.ts";
import type { E2eResult, StepResult } from "../e2e/result.ts";

type Shown = readonly [sign: string, color: keyof Paint];

const failed: Shown = ["✖", "red"];
const shown: Readonly<Record<StepResult["state"], Shown>> = {
  passed: ["✔", "green"],
  failed,
  "timed-out": failed,
  cancelled: ["■", "yellow"],
  skipped: ["-", "dim"],
  "not-selected": ["·", "dim"],
};

const reasons: Readonly<Record<NonNullable<StepResult["skippedFor"]>, string>> = {
  budget: "the budget is exceeded",
  time: "the run's time is up",
  cancelled: "the run was cancelled",
};

/** A run for a terminal: a line a step, every problem with its remedy, the verdict last. */
export function e2eText(result: E2eResult, paint: Paint): string {
  const problems = result.problems.map(({ severity, step, message, remedy }) => {
    const where = step === undefined ? "" : `${step}: `;
    return `${paint[severity === "error" ? "red" : "yellow"](severity)} ${where}${plainText(sentence(message))}\n    ${paint.cyan("mend:")} ${plainText(remedy)}`;
  });
  const { done, total } = result.progress;
  const verdict = `${result.pipeline} on ${result.environment.name}: ${result.result}, ${done} of ${total} parts done in ${formatDuration(result.milliseconds)}`;
  return [
    ...result.steps.map((step) => stepLine(step, paint)),
    ...problems,
    result.result === "passed" ? paint.green(`✔ ${verdict}`) : paint.red(`✖ ${verdict}`),
  ].join("\n");
}

function stepLine(
  { key, kind, state, milliseconds, blockedBy, skippedFor }: StepResult,
  paint: Paint,
): string {
  const [sign, color] = shown[state];
  const time = milliseconds === undefined ? "" : ` ${formatDuration(milliseconds)}`;
  const why = [
    ...(skippedFor === undefined ? [] : [reasons[skippedFor]]),
    ...(blockedBy.length === 0 ? [] : [`blocked by ${blockedBy.join(", ")}`]),
  ];
  const blocked = why.length === 0 ? "" : ` (${why.join(", ")})`;
  return `${paint[color](`${sign} ${state.padEnd(9)}`)} ${key} ${paint.dim(`${kind}${time}${blocked}`)}`;
}
