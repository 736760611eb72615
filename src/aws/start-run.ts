import { type GlueClient, StartJobRunCommand } from "@aws-sdk/client-glue";
import { within } from "../base/deadline.ts";
import { ToolkitError } from "../base/errors.ts";
import { retry } from "../base/retry.ts";
import { asToolkitError, isAwsError } from "./errors.ts";
import { type AwsCall, awsFacts } from "./facts.ts";
import type { Patience } from "./read-again.ts";
import { newestRuns, type RunView } from "./runs.ts";

export interface StartRunOptions extends Patience {
  readonly glue: GlueClient;
  /** A client that sends each call once. */
  readonly glueOnce: GlueClient;
  readonly job: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** Awaited before anything is sent, with the id of the job's newest run; null when it has none. */
  readonly beforeStart?: (newest: string | null) => Promise<void>;
  /** Until when a start is tried again that is refused for want of capacity. */
  readonly deadline: number;
  /** Told why the start is tried again. */
  readonly onRetry?: (reason: string) => void;
}

/** Refusals that end when other runs do. */
export const concurrencyRefusal = "ConcurrentRunsExceededException";
export const capacityRefusal = "ResourceNumberLimitExceededException";

/** Refusals: the service answered that it started nothing, so the start may be sent again. */
const refusals = [
  concurrencyRefusal,
  capacityRefusal,
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
];

const pauses = { attempts: Number.POSITIVE_INFINITY, firstMilliseconds: 1_000, maxMilliseconds: 20_000 };
/** How long a start is tried again after any other refusal, in milliseconds. */
const otherRefusals = 120_000;
/** How long the fate of a start whose answer got lost is looked into, in milliseconds. */
const reconciling = 60_000;

/** Pauses between looks: a start whose answer got lost shows among the newest runs within this time. */
const looks = [500, 1_500, 3_000, 5_000, 8_000, 12_000];
/** Pauses between looks for what an earlier process started: it may have been killed a moment ago, and Glue's reads can be late. */
const laterLooks = [500, 1_500, 3_000];
/** Nobody waits that long for a run that is cancelled. */
const hastyLooks = 3;

const notStarted = "start-not-seen";

/**
 * Starts a run exactly once and returns its id. StartJobRun has no idempotency token (service model), so it is sent
 * again only after a refusal; after a lost or broken answer the job's newest runs tell whether it worked.
 * @throws ToolkitError, `start-unknown` when the answer was lost and no run can be told to be ours
 */
export async function startRun(options: StartRunOptions): Promise<string> {
  const before = await newestRuns(options.glue, options.job, options);
  const known = new Set(before.map(({ id }) => id));
  await options.beforeStart?.(before[0]?.id ?? null);
  options.signal.throwIfAborted();
  const begun = options.clock.now();
  try {
    return await retry(() => send(options, known), {
      clock: options.clock,
      signal: options.signal,
      ...pauses,
      totalMilliseconds: options.deadline - begun,
      retryable: (thrown) =>
        isAwsError(thrown, concurrencyRefusal, capacityRefusal) ||
        (isWorthAnotherStart(thrown) && options.clock.now() - begun < otherRefusals),
      onRetry: (thrown) => options.onRetry?.(awsFacts(thrown).name),
    });
  } catch (thrown) {
    throw asToolkitError(thrown, callOn(options.job));
  }
}

async function send(options: StartRunOptions, known: ReadonlySet<string>): Promise<string> {
  let lost: unknown;
  try {
    // Not cancellable: whether a run was started must be known, so that it can be stopped.
    const answer = await options.glueOnce.send(
      new StartJobRunCommand({ JobName: options.job, Arguments: { ...options.arguments } }),
    );
    if (answer.JobRunId !== undefined && answer.JobRunId !== "") return answer.JobRunId;
  } catch (thrown) {
    if (isAwsError(thrown, ...refusals) || !isOutcomeUnknown(thrown)) throw thrown;
    lost = thrown;
  }
  const limit = { what: `the look for a run of ${options.job}`, milliseconds: reconciling };
  return within(options.clock, limit, (signal) => reconcile(options, known, lost, signal));
}

function isOutcomeUnknown(thrown: unknown): boolean {
  const { status, name } = awsFacts(thrown);
  return status === undefined || status >= 500 || name === "OperationTimeoutException";
}

/**
 * The id of the run that an earlier process started after it had seen `newestBefore`; undefined when it started none.
 * @throws ToolkitError `start-unknown` when several runs may be it
 */
export async function findStarted(
  options: Pick<StartRunOptions, "glue" | "job" | "arguments" | "clock" | "signal">,
  newestBefore: string | null,
): Promise<string | undefined> {
  for (const pause of [0, ...laterLooks]) {
    if (pause > 0) await options.clock.sleep(pause, options.signal);
    const runs = await newestRuns(options.glue, options.job, options);
    const end = runs.findIndex(({ id }) => id === newestBefore);
    const ours = theOne(options, end === -1 ? runs : runs.slice(0, end), undefined);
    if (ours !== undefined) return ours;
  }
  return undefined;
}

/** The id of the run that a start with an unknown outcome made. */
async function reconcile(
  options: StartRunOptions,
  known: ReadonlySet<string>,
  cause: unknown,
  signal: AbortSignal,
): Promise<string> {
  const patience = { clock: options.clock, signal };
  for (const [look, pause] of looks.entries()) {
    if (options.signal.aborted && look >= hastyLooks) break;
    await options.clock.sleep(pause, signal);
    const runs = await newestRuns(options.glue, options.job, patience);
    const ours = theOne(
      options,
      runs.filter(({ id }) => !known.has(id)),
      cause,
    );
    if (ours !== undefined) return ours;
  }
  // An answer with a status says that the service is done with the call; a cut connection doesn't.
  const code = awsFacts(cause).status === undefined ? "start-unknown" : notStarted;
  throw outcomeError(code, options.job, "no new run was seen", cause);
}

/** The only run among new ones that has our arguments; undefined for none. */
function theOne(
  { job, arguments: sent }: Pick<StartRunOptions, "job" | "arguments">,
  runs: readonly RunView[],
  cause: unknown,
): string | undefined {
  const ours = runs.filter(
    (run) =>
      run.attempt === 0 && Object.entries(sent).every(([name, value]) => run.arguments[name] === value),
  );
  if (ours.length > 1) throw outcomeError("start-unknown", job, `${ours.length} runs began meanwhile`, cause);
  return ours[0]?.id;
}

function isWorthAnotherStart(thrown: unknown): boolean {
  if (thrown instanceof ToolkitError) return thrown.code === notStarted;
  return isAwsError(thrown, ...refusals);
}

function outcomeError(code: string, job: string, seen: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    code,
    message: `the answer to starting ${job} was lost, and ${seen}: whether a run was started can't be told`,
    remedy: "Look at the job's runs in the Glue console, stop what should not run, and start again.",
    source: "aws",
    cause,
  });
}

function callOn(job: string): AwsCall {
  return { service: "glue", operation: "StartJobRun", resource: `job ${job}` };
}
