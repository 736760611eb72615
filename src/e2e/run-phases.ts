import { cleanEnvironment, untouched } from "./clean.ts";
import { previewClean } from "./clean-preview.ts";
import { interruptionOf, type RunContext } from "./context.ts";
import { preflight } from "./preflight.ts";
import { problemsOf } from "./problem.ts";
import type { CleanResult, E2eResult, Phase, Problem, StepResult } from "./result.ts";
import { momentOf } from "./result.ts";
import { lockEnvironment, type RunLock } from "./run-lock.ts";
import { notRun } from "./run-step.ts";
import { runSteps } from "./run-steps.ts";
import { inGroup } from "./show.ts";
import { summarize, type TheRun } from "./summarize.ts";

/** What has been found out so far, phase by phase. */
interface Findings {
  readonly phases: readonly Phase[];
  readonly clean: CleanResult;
  readonly steps: readonly StepResult[];
  readonly problems: readonly Problem[];
}

/**
 * Preflight, clean and steps, each only after a clear one before; the last two under the environment's lock.
 * @param known problems that were found before
 */
export async function runPhases(run: TheRun, known: readonly Problem[]): Promise<E2eResult> {
  const { context, intent, runInfo } = run;
  const startedAt = context.clock.now();
  const [problems, nothingYet] = await inGroup(context, "preflight", () =>
    Promise.all([preflight(context, intent), nothing(run)]),
  );
  const found = [...known, ...problems];
  const checked = withPhase(nothingYet, phase(context, "preflight", startedAt, found), found);
  if (!isClear(found) || context.signal.aborted) return summarize({ ...run, ...checked });

  let lock: RunLock;
  try {
    lock = await lockEnvironment(context, runInfo);
  } catch (thrown) {
    const problems = [...found, ...problemsOf(thrown)];
    const refused = withPhase(nothingYet, phase(context, "preflight", startedAt, problems), problems);
    return summarize({ ...run, ...refused });
  }
  try {
    const result = await runLocked(run, checked, lock);
    await context.memory.end(result.result);
    return result;
  } finally {
    await lock.release();
  }
}

async function runLocked(run: TheRun, checked: Findings, lock: RunLock): Promise<E2eResult> {
  const signal = AbortSignal.any([run.context.signal, lock.lost]);
  const locked = { ...run, context: { ...run.context, signal, storageAhead: lock.clockAhead } };
  const cleaned = await clean(locked, checked);
  const done = isClear(cleaned.problems) && !signal.aborted ? await steps(locked, cleaned) : cleaned;
  const lost = lock.lost.aborted ? problemsOf(lock.lost.reason) : [];
  return summarize({ ...run, ...done, problems: [...done.problems, ...lost] });
}

async function steps(run: TheRun, before: Findings): Promise<Findings> {
  const done = await runSteps(run.context, run.intent);
  return { ...before, steps: done.steps, problems: [...before.problems, ...done.problems] };
}

async function clean({ context, intent }: TheRun, before: Findings): Promise<Findings> {
  const { e2e, memory, clock } = context;
  if (intent.skipClean || e2e.clean.length + e2e.bookmarks.length === 0) return before;
  const startedAt = clock.now();
  if (memory.cleaned !== undefined) {
    // Cleaning again would take away what the steps of the earlier attempt have made.
    return { ...withPhase(before, phase(context, "clean", startedAt, []), []), clean: memory.cleaned };
  }
  try {
    const { clean: done, problems } = await inGroup(context, "clean", () =>
      cleanEnvironment(context, intent.confirmClean),
    );
    if (isClear(problems) && !context.signal.aborted) await memory.clean(done);
    return { ...withPhase(before, phase(context, "clean", startedAt, problems), problems), clean: done };
  } catch (thrown) {
    const problems = problemsOf(thrown);
    return withPhase(before, phase(context, "clean", startedAt, problems), problems);
  }
}

async function nothing({ context, intent }: TheRun): Promise<Findings> {
  const isConfirmed = intent.confirmClean === context.manifest.environment.name;
  return {
    phases: [],
    clean: intent.skipClean || isConfirmed ? untouched(context) : await previewClean(context),
    steps: context.e2e.steps.map((step) =>
      notRun(step, intent.selected.has(step.key) ? "skipped" : "not-selected"),
    ),
    problems: [],
  };
}

function withPhase(before: Findings, done: Phase, problems: readonly Problem[]): Findings {
  return { ...before, phases: [...before.phases, done], problems: [...before.problems, ...problems] };
}

function phase(
  context: RunContext,
  name: Phase["name"],
  startedAt: number,
  problems: readonly Problem[],
): Phase {
  const state = interruptionOf(context.signal) ?? (isClear(problems) ? "passed" : "failed");
  return { name, state, startedAt: momentOf(startedAt), endedAt: momentOf(context.clock.now()) };
}

function isClear(problems: readonly Problem[]): boolean {
  return problems.every(({ severity }) => severity === "warning");
}
