import type { Step } from "../manifest/manifest.ts";
import { type Budget, exceededBy, isExceeded, usageOf } from "./budget.ts";
import type { Intent } from "./check.ts";
import { interruptionOf, type RunContext } from "./context.ts";
import { ancestorsOf } from "./graph.ts";
import type { Problem, StepResult } from "./result.ts";
import { runGraph } from "./run-graph.ts";
import { notRun, runStep, type StepEnd } from "./run-step.ts";
import { say } from "./show.ts";

/** Runs the selected steps as a graph; gives the results of all steps, in the manifest's order, and all problems. */
export async function runSteps(
  context: RunContext,
  intent: Pick<Intent, "selected" | "budget">,
): Promise<{ readonly steps: readonly StepResult[]; readonly problems: readonly Problem[] }> {
  const { steps } = context.e2e;
  const { selected, budget } = intent;
  const done: StepResult[] = [];
  const ends = await runGraph<Step, StepEnd>(
    steps.filter(({ key }) => selected.has(key)),
    {
      execute: async (step, finished) => {
        const end = await runStep(step, context, resultsBefore(steps, step.key, finished));
        done.push(end.result);
        return end;
      },
      skip: (step, blockedBy) => {
        if (blockedBy.length > 0) {
          say(context, `${step.key}: skipped, blocked by ${blockedBy.join(", ")}`);
          return { result: notRun(step, "skipped", blockedBy), problems: [] };
        }
        const stop = stopOf(context, done, budget);
        if (stop?.why === "budget") say(context, `${step.key}: skipped, the budget is exceeded`);
        return { result: notRun(step, "skipped", stop?.by, stop?.why), problems: [] };
      },
      passed: ({ result }) => result.state === "passed",
      mayStart: () => stopOf(context, done, budget) === undefined,
    },
  );
  return {
    steps: steps.map((step) => ends.get(step.key)?.result ?? notRun(step, "not-selected")),
    problems: [...ends.values()].flatMap(({ problems }) => problems),
  };
}

/** Why no more steps are to be started, and the steps that brought it about; undefined while they may be. */
function stopOf(
  { signal, clock, deadline }: RunContext,
  done: readonly StepResult[],
  budget: Budget,
): { readonly why: NonNullable<StepResult["skippedFor"]>; readonly by: readonly string[] } | undefined {
  if (interruptionOf(signal) === "cancelled") return { why: "cancelled", by: [] };
  if (signal.aborted || clock.now() >= deadline) return { why: "time", by: [] };
  const usage = usageOf(done, budget);
  return isExceeded(usage) ? { why: "budget", by: exceededBy(done, usage) } : undefined;
}

function resultsBefore(
  steps: readonly Step[],
  key: string,
  finished: ReadonlyMap<string, StepEnd>,
): StepResult[] {
  return [...ancestorsOf(steps, key)].flatMap((before) => finished.get(before)?.result ?? []);
}
