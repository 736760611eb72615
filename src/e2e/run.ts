import type { AwsClients } from "../aws/clients.ts";
import type { Clock } from "../base/clock.ts";
import { within } from "../base/deadline.ts";
import { ToolkitError, throwAll } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import type { PollPace } from "../base/wait.ts";
import type { E2eManifest, Manifest } from "../manifest/manifest.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import type { Budget } from "./budget.ts";
import type { Intent } from "./check.ts";
import { ownBucket, type RunContext } from "./context.ts";
import { graphErrors, selectSteps } from "./graph.ts";
import { compareWithLastGreen } from "./last-green.ts";
import { freshState, type PickedUp, pickUp } from "./pick-up.ts";
import { problemsOf } from "./problem.ts";
import { openReleases } from "./releases.ts";
import type { E2eResult, Problem, RunInfo } from "./result.ts";
import { withArguments } from "./run-arguments.ts";
import type { RunBase } from "./run-base.ts";
import { runFolder } from "./run-folder.ts";
import { openMemory } from "./run-memory.ts";
import { runPhases } from "./run-phases.ts";
import { retryErrors } from "./step-retries.ts";

export interface E2eOptions {
  readonly manifest: Manifest;
  readonly jobs: readonly ResolvedJob[];
  /** Absolute path of the repository. */
  readonly workspace: string;
  /** Must equal the environment's name, or nothing is cleaned and nothing run. */
  readonly confirmClean?: string | undefined;
  readonly fromStep?: string | undefined;
  readonly untilStep?: string | undefined;
  /** The one step to run; nothing is cleaned then. */
  readonly onlyStep?: string | undefined;
  /** `--name=value`, or `step: --name=value`. */
  readonly arguments?: readonly string[] | undefined;
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
  /** Whether to go on with what an earlier attempt of the workflow run left; `never` by default. */
  readonly resume?: "auto" | "never";
  /** How often to look at what is waited for. */
  readonly pace?: PollPace;
}

const defaultTimeout = 2 * 60 * 60_000;

/**
 * Runs the manifest's pipeline: preflight, clean, steps. Whatever happens from the preflight on is a result, never an
 * exception; only what passed completely is `passed`.
 * @throws ToolkitError for a manifest without e2e steps, a graph that can't be run, or an unknown step
 */
export async function runE2e(options: E2eOptions): Promise<E2eResult> {
  const milliseconds = options.timeout ?? defaultTimeout;
  const limit = { what: "the run", milliseconds };
  return within(options.clock, limit, (signal) => runWithin({ ...options, signal }), options.signal);
}

async function runWithin(options: E2eOptions): Promise<E2eResult> {
  const base = openRun(options);
  const intent = intentOf(options, base);
  const { state, from, problems } = await stateOf(base, intent, options);
  const memory = openMemory(base, state);
  const context: RunContext = { ...base, memory, storageAhead: () => Promise.resolve(0) };
  const result = await runPhases({ context, intent, runInfo: options.runInfo, pickedUpFrom: from }, problems);
  return compareWithLastGreen(context, result);
}

/** A state that can't be read stops the run in its preflight: what is still alive would be started a second time. */
async function stateOf(
  base: RunBase,
  intent: Intent,
  { resume = "never", runInfo }: E2eOptions,
): Promise<PickedUp & { readonly problems: readonly Problem[] }> {
  const fresh = { state: freshState(base, intent, runInfo), from: undefined };
  if (resume === "never") return { ...fresh, problems: [] };
  try {
    return { ...(await pickUp(base, intent, runInfo)), problems: [] };
  } catch (thrown) {
    return { ...fresh, problems: problemsOf(thrown) };
  }
}

function openRun(options: E2eOptions): RunBase {
  const { manifest, clock, signal, runInfo } = options;
  const described = e2eOf(manifest);
  const e2e = { ...described, steps: withArguments(described.steps, options.arguments ?? []) };
  throwAll(manifest.path, [
    ...graphErrors(e2e.steps, manifest.path),
    ...retryErrors(e2e.steps, manifest.path),
  ]);
  const startedAt = clock.now();
  const { bucket: name, encryption } = manifest.scripts;
  const bucket = { ...ownBucket({ manifest }, name), encryption };
  const place = { prefix: manifest.scripts.prefix, environment: manifest.environment.name };
  return {
    manifest,
    e2e,
    jobs: new Map(options.jobs.map((job) => [job.key, job])),
    workspace: options.workspace,
    clients: options.clients,
    clock,
    signal,
    progress: options.progress,
    releases: openReleases({ clients: options.clients, clock, signal, bucket, ...place }),
    folder: runFolder(bucket, place),
    startedAt,
    deadline: startedAt + (options.timeout ?? defaultTimeout),
    runId: runInfo.runId,
    pace: options.pace,
    underWay: { count: 0 },
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

function intentOf(options: E2eOptions, context: RunBase): Intent {
  const { fromStep, untilStep, onlyStep, confirmClean, expectRelease, budget = {} } = options;
  const selected = selectSteps(context.e2e.steps, { fromStep, untilStep, onlyStep });
  // What a single step needs was made before, and must not be taken away from it.
  const skipClean = options.skipClean || onlyStep !== undefined;
  return { selected, skipClean, confirmClean, expectRelease, budget };
}
