import { knownProblem } from "./causes.ts";
import type { Problem, StepResult, Usage } from "./result.ts";

/** What a run may use at most; undefined for no limit. */
export interface Budget {
  readonly dpuSeconds?: number | undefined;
  readonly scannedBytes?: number | undefined;
}

/** What these steps have used, all attempts of their jobs included. */
export function usageOf(steps: readonly StepResult[], budget: Budget): Usage {
  const dpuSeconds = steps.reduce((sum, step) => sum + dpuSecondsOf(step), 0);
  const scannedBytes = steps.reduce((sum, step) => sum + scannedBytesOf(step), 0);
  return {
    dpuSeconds: { used: dpuSeconds, ...(budget.dpuSeconds === undefined ? {} : { max: budget.dpuSeconds }) },
    scannedBytes: {
      used: scannedBytes,
      ...(budget.scannedBytes === undefined ? {} : { max: budget.scannedBytes }),
    },
  };
}

/** Whether more was used than the budget has. */
export function isExceeded({ dpuSeconds, scannedBytes }: Usage): boolean {
  return [dpuSeconds, scannedBytes].some(isOver);
}

/** The steps that used what was exceeded, those that used most first. */
export function exceededBy(steps: readonly StepResult[], usage: Usage): readonly string[] {
  const useOf = (step: StepResult): number =>
    (isOver(usage.dpuSeconds) ? dpuSecondsOf(step) : 0) +
    (isOver(usage.scannedBytes) ? scannedBytesOf(step) : 0);
  return steps
    .filter((step) => useOf(step) > 0)
    .sort((a, b) => useOf(b) - useOf(a))
    .map(({ key }) => key);
}

type Quantity = Usage["dpuSeconds"];

function isOver(quantity: Quantity): quantity is Quantity & { max: number } {
  return quantity.used > (quantity.max ?? Number.POSITIVE_INFINITY);
}

/** Budgets that were exceeded, and runs whose use of one can't be told. */
export function budgetProblems(steps: readonly StepResult[], usage: Usage): readonly Problem[] {
  const { dpuSeconds, scannedBytes } = usage;
  const problems: Problem[] = [];
  if (isOver(dpuSeconds)) {
    const facts = { used: show(dpuSeconds.used), max: show(dpuSeconds.max) };
    problems.push(knownProblem("dpu-budget-exceeded", facts));
  }
  if (isOver(scannedBytes)) {
    const facts = { used: megabytes(scannedBytes.used), max: megabytes(scannedBytes.max) };
    problems.push(knownProblem("scan-budget-exceeded", facts));
  }
  if (dpuSeconds.max === undefined) return problems;
  const untold = steps.filter((step) => step.kind === "run" && !isToldOf(step)).map(({ key }) => key);
  return untold.length === 0
    ? problems
    : [...problems, knownProblem("usage-unknown", { steps: untold.join(", ") }, { severity: "warning" })];
}

function isToldOf(step: Extract<StepResult, { kind: "run" }>): boolean {
  return (step.details?.attempts ?? []).every(({ dpuSeconds }) => dpuSeconds !== undefined);
}

function dpuSecondsOf(step: StepResult): number {
  if (step.kind !== "run") return 0;
  return (step.details?.attempts ?? []).reduce((sum, { dpuSeconds = 0 }) => sum + dpuSeconds, 0);
}

function scannedBytesOf(step: StepResult): number {
  return step.kind === "query" ? (step.details?.scannedBytes ?? 0) : 0;
}

/** Athena's own limits count 1,000,000 bytes as a megabyte (user guide, BytesScannedCutoffPerQuery). */
export const bytesOfMegabyte = 1_000_000;

function megabytes(bytes: number): string {
  return show(bytes / bytesOfMegabyte);
}

function show(value: number): string {
  return String(Number(value.toFixed(3)));
}
