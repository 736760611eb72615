import type { AwsClients } from "../aws/clients.ts";
import type { Clock } from "../base/clock.ts";
import { ToolkitError, throwAll } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import type { PollPace } from "../base/wait.ts";
import type { E2eManifest, Manifest } from "../manifest/manifest.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import type { Budget } from "./budget.ts";
import type { Intent } from "./check.ts";
import { cleanEnvironment, untouched } from "./clean.ts";
import { ownBucket, type RunContext } from "./context.ts";
import { graphErrors, selectSteps } from "./graph.ts";
import { preflight } from "./preflight.ts";
import { problemsOf } from "./problem.ts";
import { openReleases } from "./releases.ts";
import type { CleanResult, E2eResult, Phase, Problem, RunInfo, StepResult } from "./result.ts";
import { momentOf } from "./result.ts";
import { runFolder } from "./run-folder.ts";
import { notRun } from "./run-step.ts";
import { runSteps } from "./run-steps.ts";
import { summarize } from "./summarize.ts";

export interface E2eOptions {
  readonly manifest: Manifest;
  readonly jobs: readonly ResolvedJob[];
  /** Absolute path of the repository. */
  readonly workspace: string;
  /** Must equal the environment's name, or nothing is cleaned and nothing run. */
  readonly confirmClean?: string | undefined;
  readonly fromStep?: string | undefined;
  readonly untilStep?: string | undefined;
  readonly skipClean: boolean;
  /** A release id or `current`. */
  readonly expectRelease?: string | undefined;
  /** Milliseconds for the whole run. */
  readonly timeout?: number | undefined;
  readonly budget?: Budget;
  readonly clients: AwsClients;
  readonly clock: Clock;
  /** Aborting it stops what this run has started; the result is still given. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly runInfo: RunInfo;
  /** How often to look at what is waited for. */
  readonly pace?: PollPace;
}

const defaultTimeout = 2 * 60 * 60_000;

/** What has been found out so far, phase by phase. */
interface Findings {
  readonly phases: readonly Phase[];
  readonly clean: CleanResult;
  readonly steps: readonly StepResult[];
  readonly problems: readonly Problem[];
}

/**
 * Runs the manifest's pipeline: preflight, clean, steps. Whatever happens from the preflight on is a result, never an
 * exception; only what passed completely is `passed`.
 * @throws ToolkitError for a manifest without e2e steps, a graph that can't be run, or an unknown step
 */
export async function runE2e(options: E2eOptions): Promise<E2eResult> {
  const context = openRun(options);
  const intent = intentOf(options, context);
  const findings = await runPhases(context, intent);
  return summarize({ ...findings, context, intent, runInfo: options.runInfo });
}

function openRun(options: E2eOptions): RunContext {
  const { manifest, clock, signal, runInfo } = options;
  const e2e = e2eOf(manifest);
  throwAll(manifest.path, graphErrors(e2e.steps, manifest.path));
  const startedAt = clock.now();
  const bucket = ownBucket({ manifest }, manifest.scripts.bucket);
  const { prefix } = manifest.scripts;
  return {
    manifest,
    e2e,
    jobs: new Map(options.jobs.map((job) => [job.key, job])),
    workspace: options.workspace,
    clients: options.clients,
    clock,
    signal,
    progress: options.progress,
    releases: openReleases({
      clients: options.clients,
      clock,
      signal,
      environment: manifest.environment.name,
      bucket,
      prefix,
    }),
    folder: runFolder(bucket, { prefix, environment: manifest.environment.name }),
    startedAt,
    deadline: startedAt + (options.timeout ?? defaultTimeout),
    token: `${runInfo.runId} ${startedAt}`,
    pace: options.pace,
  };
}

function e2eOf(manifest: Manifest): E2eManifest {
  if (manifest.e2e !== undefined && manifest.e2e.steps.length > 0) return manifest.e2e;
  throw new ToolkitError({
    code: "e2e-missing",
    message: `${manifest.path} has no e2e part with steps`,
    remedy: "Describe the end-to-end run under e2e.steps.",
    source: "user",
    location: { path: manifest.path },
  });
}

function intentOf(options: E2eOptions, context: RunContext): Intent {
  const { fromStep, untilStep, skipClean, confirmClean, expectRelease, budget = {} } = options;
  const selected = selectSteps(context.e2e.steps, { fromStep, untilStep });
  return { selected, skipClean, confirmClean, expectRelease, budget };
}

async function runPhases(context: RunContext, intent: Intent): Promise<Findings> {
  const { clock } = context;
  const nothingYet: Findings = {
    phases: [],
    clean: untouched(context),
    steps: context.e2e.steps.map((step) =>
      notRun(step, intent.selected.has(step.key) ? "skipped" : "not-selected"),
    ),
    problems: [],
  };
  const checkedAt = clock.now();
  tell(context, "preflight");
  const found = await preflight(context, intent);
  const checked = withPhase(nothingYet, phase(context, "preflight", checkedAt, found), found);
  if (!isClear(found) || context.signal.aborted) return checked;

  const cleaned = intent.skipClean ? checked : await clean(context, intent, checked);
  if (!isClear(cleaned.problems) || context.signal.aborted) return cleaned;

  tell(context, "steps");
  const { steps, problems } = await runSteps(context, intent);
  return { ...cleaned, steps, problems: [...cleaned.problems, ...problems] };
}

async function clean(context: RunContext, intent: Intent, before: Findings): Promise<Findings> {
  if (context.e2e.clean.length + context.e2e.bookmarks.length === 0) return before;
  const startedAt = context.clock.now();
  tell(context, "clean");
  try {
    const { clean: done, problems } = await cleanEnvironment(context, intent.confirmClean);
    return {
      ...withPhase(before, phase(context, "clean", startedAt, problems), problems),
      clean: done,
    };
  } catch (thrown) {
    const problems = problemsOf(thrown);
    return withPhase(before, phase(context, "clean", startedAt, problems), problems);
  }
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
  const state = context.signal.aborted ? "cancelled" : isClear(problems) ? "passed" : "failed";
  return { name, state, startedAt: momentOf(startedAt), endedAt: momentOf(context.clock.now()) };
}

function isClear(problems: readonly Problem[]): boolean {
  return problems.every(({ severity }) => severity === "warning");
}

function tell(context: RunContext, name: string): void {
  context.progress({ code: `e2e.${name}`, level: "info", message: `${context.manifest.name}: ${name}` });
}
