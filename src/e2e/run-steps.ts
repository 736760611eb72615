import type { Step } from "../manifest/manifest.ts";
import { isExceeded, usageOf } from "./budget.ts";
import type { Intent } from "./check.ts";
import type { RunContext } from "./context.ts";
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
        if (blockedBy.length > 0) say(context, `${step.key}: skipped, blocked by ${blockedBy.join(", ")}`);
        return { result: notRun(step, "skipped", blockedBy), problems: [] };
      },
      passed: ({ result }) => result.state === "passed",
      mayStart: () =>
        !context.signal.aborted &&
        context.clock.now() < context.deadline &&
        !isExceeded(usageOf(done, budget)),
    },
  );
  return {
    steps: steps.map((step) => ends.get(step.key)?.result ?? notRun(step, "not-selected")),
    problems: [...ends.values()].flatMap(({ problems }) => problems),
  };
}

function resultsBefore(
  steps: readonly Step[],
  key: string,
  finished: ReadonlyMap<string, StepEnd>,
): StepResult[] {
  return [...ancestorsOf(steps, key)].flatMap((before) => finished.get(before)?.result ?? []);
}
