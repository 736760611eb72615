import { formatDuration } from "../base/duration.ts";
import { budgetProblems, usageOf } from "./budget.ts";
import { knownProblem } from "./causes.ts";
import type { Intent } from "./check.ts";
import { interruptionOf, type RunContext } from "./context.ts";
import { withLink } from "./headline.ts";
import {
  type CleanResult,
  type E2eResult,
  momentOf,
  type Phase,
  type Problem,
  type RunInfo,
  type StepResult,
} from "./result.ts";

/** What a run is, before anything is known of how it ends. */
export interface TheRun {
  readonly context: RunContext;
  readonly intent: Intent;
  readonly runInfo: RunInfo;
  readonly pickedUpFrom: E2eResult["pickedUpFrom"];
}

export interface Summarized extends TheRun {
  readonly phases: readonly Phase[];
  readonly clean: CleanResult;
  readonly steps: readonly StepResult[];
  readonly problems: readonly Problem[];
}

/** One result of all that was found; `passed` needs every selected step passed and no error. */
export function summarize(found: Summarized): E2eResult {
  const { context, intent, steps } = found;
  const usage = usageOf(steps, intent.budget);
  const problems = [...found.problems, ...budgetProblems(steps, usage), ...timeProblems(found)];
  const all = { ...found, problems };
  const { environment } = context.manifest;
  const endedAt = context.clock.now();
  const result = verdict(all);
  const failedStep = steps.find(({ state }) => state === "failed" || state === "timed-out")?.key;
  const { expectRelease } = intent;
  return {
    version: 1,
    pipeline: context.manifest.name,
    environment: {
      name: environment.name,
      region: environment.region,
      ...(environment.account === undefined ? {} : { account: environment.account }),
    },
    run: all.runInfo,
    result,
    ...(failedStep === undefined ? {} : { failedStep }),
    startedAt: momentOf(context.startedAt),
    endedAt: momentOf(endedAt),
    milliseconds: Math.round(endedAt - context.startedAt),
    ...(expectRelease === undefined || expectRelease === "" ? {} : { expectedRelease: expectRelease }),
    ...(all.pickedUpFrom === undefined ? {} : { pickedUpFrom: all.pickedUpFrom }),
    usage,
    phases: [...all.phases, ...stepPhases(all)],
    clean: intent.skipClean ? { locations: [], bookmarks: [] } : all.clean,
    steps: [...steps],
    problems: problems.map((problem) => withLink(problem, all.runInfo)),
    progress: progressOf(all),
  };
}

/** That the run's own time is up, where something was left undone for it. */
function timeProblems({ context, steps, phases }: Summarized): readonly Problem[] {
  const undone =
    steps.some(({ skippedFor }) => skippedFor === "time") ||
    phases.some(({ state }) => state === "timed-out");
  if (!undone) return [];
  const limit = formatDuration(context.deadline - context.startedAt);
  return [knownProblem("time-is-up", { limit })];
}

function verdict({ context, steps, problems, phases }: Summarized): E2eResult["result"] {
  const selected = steps.filter(({ state }) => state !== "not-selected");
  const whole =
    selected.every(({ state }) => state === "passed") &&
    phases.every(({ state }) => state === "passed") &&
    problems.every(({ severity }) => severity === "warning");
  if (whole) return "passed";
  const interrupted = interruptionOf(context.signal);
  if (interrupted !== undefined) return interrupted;
  if (context.clock.now() >= context.deadline) return "timed-out";
  const onlyLate =
    selected.some(({ state }) => state === "timed-out") &&
    selected.every(({ state }) => state !== "failed") &&
    phases.every(({ state }) => state === "passed");
  return onlyLate ? "timed-out" : "failed";
}

/** Phase 2 is all that moves data, phase 3 the queries. */
function stepPhases({ steps }: Summarized): Phase[] {
  const selected = steps.filter(({ state }) => state !== "not-selected");
  const parts = [
    { name: "run", steps: selected.filter(({ kind }) => kind !== "query") },
    { name: "validate", steps: selected.filter(({ kind }) => kind === "query") },
  ] as const;
  return parts.flatMap((part) => (part.steps.length === 0 ? [] : [stepPhase(part.name, part.steps)]));
}

function stepPhase(name: Phase["name"], steps: readonly StepResult[]): Phase {
  const worst = (["failed", "timed-out", "cancelled"] as const).find((state) =>
    steps.some((step) => step.state === state),
  );
  const begun = steps.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ended = steps.flatMap(({ endedAt }) => endedAt ?? []).sort();
  const passed = steps.every(({ state }) => state === "passed");
  const [first, last] = [begun[0], ended.at(-1)];
  return {
    name,
    state: worst ?? (passed ? "passed" : "skipped"),
    ...(first === undefined ? {} : { startedAt: first }),
    ...(last === undefined ? {} : { endedAt: last }),
  };
}

function progressOf({ phases, clean, steps, intent }: Summarized): E2eResult["progress"] {
  const selected = steps.filter(({ state }) => state !== "not-selected");
  const cleans = !intent.skipClean && clean.locations.length + clean.bookmarks.length > 0;
  const cleaned = phases.some(({ name, state }) => name === "clean" && state === "passed");
  const total = selected.length + (cleans ? 1 : 0);
  const done = selected.filter(({ state }) => state === "passed").length + (cleaned ? 1 : 0);
  return { done, total, percent: Math.floor((100 * done) / total) };
}
