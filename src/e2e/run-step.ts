import { orAborted, startLimit } from "../base/deadline.ts";
import { formatDuration } from "../base/duration.ts";
import { plainText } from "../base/plain-text.ts";
import type { Step, StepKind } from "../manifest/manifest.ts";
import { endedBy, type Outcome, type RunContext, type StepRun } from "./context.ts";
import { momentOf, type Problem, type StepResult } from "./result.ts";
import { say, showStep } from "./show.ts";
import { isRetried, retryPause, type StepDetails, withEarlierUse } from "./step-retries.ts";
import { crawlerStep } from "./steps/crawler.ts";
import { expectStep } from "./steps/expect.ts";
import { queryStep } from "./steps/query.ts";
import { runStep as jobStep } from "./steps/run.ts";
import { uploadStep } from "./steps/upload.ts";

export interface StepEnd {
  readonly result: StepResult;
  readonly problems: readonly Problem[];
}

const longestState = 500;

/** Milliseconds a step may take when the manifest doesn't say. */
export const defaultLimits: Readonly<Record<StepKind, number>> = {
  upload: 5 * 60_000,
  expect: 5 * 60_000,
  crawler: 30 * 60_000,
  run: 60 * 60_000,
  query: 15 * 60_000,
};

type StepOutcome = Omit<Outcome<unknown>, "details"> & { readonly what: StepDetails };

/** Runs one step to its end, whatever its kind; never rejects. */
export async function runStep(
  step: Step,
  context: RunContext,
  before: readonly StepResult[],
): Promise<StepEnd> {
  const { clock, memory } = context;
  const earlier = memory.of(step.key);
  if (earlier?.result !== undefined) return kept(step, earlier.result, context);
  const now = clock.now();
  const reattached = earlier?.note !== undefined;
  const { tries, startedAt } = reattached ? earlier : memory.begin(step.key, now);
  const timeline: StepResult["timeline"] = [];
  const tell = (line: string): void => say(context, `${step.key}: ${line}`);
  const limit = Math.min(step.timeout ?? defaultLimits[step.kind], context.deadline - now);
  const timer = startLimit(clock, { what: `step ${step.key}`, milliseconds: limit }, context.signal);
  const run: StepRun = {
    ...context,
    signal: timer.signal,
    runSignal: context.signal,
    before,
    limit,
    deadline: now + limit,
    earlier: earlier?.note,
    tries,
    note: (note) => orAborted(memory.note(step.key, note), timer.signal),
    noteLater: (note) => memory.noteLater(step.key, note),
    report: (told) => {
      // A service's words may hold anything, a line that the log takes for a command among it.
      const state = plainText(told, longestState).replaceAll(/\s+/g, " ").trim();
      timeline.push({ at: momentOf(clock.now()), state });
      tell(state);
    },
    tell,
  };
  context.underWay.count += 1;
  const end = await untilDone(step, run);
  timer.release();
  context.underWay.count -= 1;
  const ended = clock.now();
  const result: StepResult = {
    key: step.key,
    needs: [...step.needs],
    state: end.state,
    blockedBy: [],
    startedAt,
    endedAt: momentOf(ended),
    milliseconds: Math.round(ended - Date.parse(startedAt)),
    ...(reattached ? { pickedUp: "reattached" } : {}),
    timeline,
    ...end.what,
  };
  memory.finish(step.key, result);
  showStep(context, result, end.problems);
  return { result, problems: end.problems.map((problem) => ({ ...problem, step: step.key })) };
}

/** Runs a step, and again after failures of the kinds that it names, as long as its time allows. */
async function untilDone(step: Step, first: StepRun): Promise<StepOutcome> {
  const { clock, memory, signal } = first;
  let run = first;
  let used: StepDetails | undefined;
  for (let done = 1; ; done += 1) {
    const end = await runKind(step, run).catch((thrown: unknown) => unforeseen(thrown, step, run));
    used = used === undefined ? end.what : withEarlierUse(used, end.what);
    const pause = retryPause(done);
    if (!isRetried(step, end, done) || clock.now() + pause >= run.deadline) return { ...end, what: used };
    const codes = end.problems.map(({ code }) => code).join(", ");
    run.report(`FAILED (${codes}), done again in ${formatDuration(pause)}`);
    try {
      await clock.sleep(pause, signal);
    } catch {
      return { ...end, what: used };
    }
    run = { ...run, earlier: undefined, tries: memory.begin(step.key, clock.now()).tries };
  }
}

/** A step that passed in an earlier attempt of the workflow run. */
function kept(step: Step, result: StepResult, context: RunContext): StepEnd {
  say(context, `${step.key}: kept, it passed in an earlier attempt`);
  return { result: { ...result, needs: [...step.needs], pickedUp: "kept" }, problems: [] };
}

/** The result of a step that was not run. */
export function notRun(
  step: Step,
  state: "skipped" | "not-selected",
  blockedBy: readonly string[] = [],
  skippedFor?: StepResult["skippedFor"],
): StepResult {
  return {
    key: step.key,
    kind: step.kind,
    needs: [...step.needs],
    state,
    blockedBy: [...blockedBy],
    ...(skippedFor === undefined ? {} : { skippedFor }),
    timeline: [],
  };
}

async function runKind(step: Step, run: StepRun): Promise<StepOutcome> {
  switch (step.kind) {
    case "upload": {
      const { details, ...end } = await uploadStep(step, run);
      return { ...end, what: { kind: "upload", details } };
    }
    case "expect": {
      const { details, ...end } = await expectStep(step, run);
      return { ...end, what: { kind: "expect", details } };
    }
    case "crawler": {
      const { details, ...end } = await crawlerStep(step, run);
      return { ...end, what: { kind: "crawler", details } };
    }
    case "run": {
      const { details, ...end } = await jobStep(step, run);
      return { ...end, what: { kind: "run", details } };
    }
    case "query": {
      const { details, ...end } = await queryStep(step, run);
      return { ...end, what: { kind: "query", details } };
    }
  }
}

/** A step kind answers for its own failures; what it throws is a defect, and still red. */
function unforeseen(thrown: unknown, step: Step, run: StepRun): StepOutcome {
  const { state, problems } = endedBy(thrown, undefined, run);
  return { state, problems, what: { kind: step.kind } };
}
