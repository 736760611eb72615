import { isAwsError } from "../../aws/errors.ts";
import { followRun, isUsable } from "../../aws/follow-run.ts";
import { type JobFacts, jobFacts } from "../../aws/job-facts.ts";
import { readJob } from "../../aws/jobs.ts";
import { type RunView, runStates, stopRun } from "../../aws/runs.ts";
import { capacityRefusal, concurrencyRefusal, findStarted, startRun } from "../../aws/start-run.ts";
import { internalError, messageOf, ToolkitError } from "../../base/errors.ts";
import { plainText } from "../../base/plain-text.ts";
import type { RunStep } from "../../manifest/manifest.ts";
import { parseContentKey } from "../../scripts/artifact.ts";
import type { ResolvedJob } from "../../scripts/resolve.ts";
import { stopStarted } from "../aftermath.ts";
import { blameCrawl } from "../blame-crawl.ts";
import { knownProblem } from "../causes.ts";
import { alteredCode, type CodeDigest, changedCode, codeDigests } from "../code-digest.ts";
import { endedBy, explaining, type Outcome, paceOf, type StepRun } from "../context.ts";
import { explainRun } from "../explain-run.ts";
import { type Attempt, momentOf, type Problem, type RunDetails } from "../result.ts";

/** Runs a Glue job, follows it to its last attempt, and explains a failure. */
export async function runStep(step: RunStep, run: StepRun): Promise<Outcome<RunDetails>> {
  const job = run.jobs.get(step.job);
  if (job === undefined) throw internalError(`step ${step.key} runs an unknown job ${step.job}`);
  const record: RunRecord = { job, attempts: new Map() };
  try {
    const facts = await factsOf(step, job, run);
    const code = await codeDigests(run, facts);
    record.libraries = code.filter(({ location }) => location !== facts.scriptLocation);
    record.script = await scriptOf(job, facts, code, run);
    if (record.script !== undefined) run.tell(describeScript(record.script));
    const altered = alteredCode(code);
    if (altered.length > 0) return failedBy(altered, detailsOf(record));
    record.started = (await earlierRun(step, job, facts, run)) ?? (await start(step, job, run));
    const last = await follow(record, record.started, facts, run);
    const changed = await explaining(run, async (unhurried) =>
      changedCode(code, await codeDigests(unhurried, facts)),
    );
    if (runStates[last.state]?.outcome === "succeeded") {
      const state = changed.length > 0 ? "failed" : "passed";
      return { details: detailsOf(record), state, problems: changed };
    }
    const cause = await explaining(run, (unhurried) => explainRun(last, job, facts, unhurried));
    const problem = blameCrawl(cause, run.before);
    return failedBy([problem, ...changed], detailsOf(record));
  } catch (thrown) {
    const refused = refusalOf(thrown, job.job);
    const ended =
      refused === undefined || run.runSignal.aborted
        ? endedBy(thrown, detailsOf(record), run)
        : failedBy([refused], detailsOf(record));
    const id = [...record.attempts.keys()].at(-1) ?? record.started;
    const stopped = id === undefined ? [] : await stopOwnRun(job.job, id, run);
    return { ...ended, problems: [...ended.problems, ...stopped] };
  }
}

/** What is known of a run so far, in success and failure alike. */
interface RunRecord {
  readonly job: ResolvedJob;
  script?: RunDetails["script"];
  libraries?: readonly CodeDigest[];
  started?: string;
  readonly attempts: Map<string, RunView>;
}

async function start(step: RunStep, job: ResolvedJob, run: StepRun): Promise<string> {
  let newestBefore: string | null = null;
  const runId = await startRun({
    ...startOptions(step, job, run),
    deadline: run.deadline,
    glueOnce: run.clients.glueOnce,
    beforeStart: (newest) => {
      newestBefore = newest;
      return run.note({ kind: "run", newestBefore });
    },
    onRetry: (reason) => run.report(`not started yet: ${reason}`),
  });
  run.noteLater({ kind: "run", newestBefore, runId });
  return runId;
}

/** The run that an earlier attempt of the workflow run started, unless it has failed meanwhile. */
async function earlierRun(
  step: RunStep,
  job: ResolvedJob,
  facts: JobFacts,
  run: StepRun,
): Promise<string | undefined> {
  if (run.earlier?.kind !== "run") return undefined;
  const { newestBefore, runId } = run.earlier;
  const id = runId ?? (await findStarted(startOptions(step, job, run), newestBefore));
  if (id === undefined) return undefined;
  const usable = await isUsable({
    ...startOptions(step, job, run),
    runId: id,
    maxRetries: facts.maxRetries,
    ...paceOf(run),
  });
  run.tell(usable ? `following ${id}, which an earlier attempt started` : `${id} has failed meanwhile`);
  if (usable) run.noteLater({ kind: "run", newestBefore, runId: id });
  return usable ? id : undefined;
}

function startOptions(step: RunStep, job: ResolvedJob, run: StepRun) {
  const { clock, signal } = run;
  return { glue: run.clients.glue, job: job.job, arguments: step.arguments, clock, signal };
}

async function follow(
  { job, attempts }: RunRecord,
  runId: string,
  facts: JobFacts,
  run: StepRun,
): Promise<RunView> {
  const last = await followRun({
    glue: run.clients.glue,
    job: job.job,
    runId,
    maxRetries: facts.maxRetries,
    timeout: run.deadline - run.clock.now(),
    clock: run.clock,
    signal: run.signal,
    ...paceOf(run),
    onState: (view) => {
      attempts.set(view.id, view);
      run.report(describe(view));
    },
  });
  attempts.set(last.id, last);
  return last;
}

function detailsOf({ job, script, libraries = [], attempts }: RunRecord): RunDetails {
  return {
    jobKey: job.key,
    job: job.job,
    ...(script === undefined ? {} : { script }),
    ...(libraries.length === 0
      ? {}
      : {
          libraries: libraries.map(({ location, sha256 }) => ({
            location,
            ...(sha256 === undefined ? {} : { sha256 }),
          })),
        }),
    attempts: [...attempts.values()].map(viewAttempt),
  };
}

/** Why a start was refused until the time was up, where it was for want of room. */
function refusalOf(thrown: unknown, job: string): Problem | undefined {
  const facts = { job, error: messageOf(thrown) };
  if (isAwsError(thrown, concurrencyRefusal)) return knownProblem("concurrency", facts);
  return isAwsError(thrown, capacityRefusal) ? knownProblem("no-capacity", facts) : undefined;
}

function stopOwnRun(job: string, id: string, run: StepRun): Promise<readonly Problem[]> {
  const command = `aws glue batch-stop-job-run --job-name ${job} --job-run-ids ${id}`;
  const started = { what: `run ${id} of job ${job}`, command };
  return stopStarted(run, started, (signal) => stopRun(run.clients.glue, job, id, signal));
}

function failedBy(problems: readonly Problem[], details: RunDetails): Outcome<RunDetails> {
  return { details, state: "failed", problems };
}

async function factsOf(step: RunStep, job: ResolvedJob, run: StepRun): Promise<JobFacts> {
  const definition = await readJob(run.clients.glue, job.job, run.signal);
  if (definition !== undefined) return jobFacts(definition, step.arguments);
  throw new ToolkitError({
    code: "job-missing",
    message: `there is no Glue job ${job.job}`,
    remedy: "Check the job's name in the manifest, and whether somebody deleted it during the run.",
    source: "user",
  });
}

async function scriptOf(
  job: ResolvedJob,
  facts: JobFacts,
  code: readonly CodeDigest[],
  run: StepRun,
): Promise<RunDetails["script"]> {
  const location = facts.scriptLocation;
  if (location === undefined) return undefined;
  const hash = parseContentKey(location)?.hash;
  const release = await run.releases.of(job.job, location);
  const sha256 = code.find((each) => each.location === location)?.sha256;
  return {
    location,
    ...(hash === undefined ? {} : { hash }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(release === undefined ? {} : { release }),
  };
}

function describeScript({ location, hash, sha256, release }: NonNullable<RunDetails["script"]>): string {
  const from = [hash && `hash ${hash}`, sha256 && `SHA-256 ${sha256}`, release && `release ${release}`]
    .filter(Boolean)
    .join(", ");
  return `script ${location}${from === "" ? "" : ` (${from})`}`;
}

function describe({ state, detail, id, attempt }: RunView): string {
  const which = attempt === 0 ? id : `attempt ${attempt + 1}, ${id}`;
  return detail === undefined || detail === "" ? `${state} (${which})` : `${state}: ${detail} (${which})`;
}

function viewAttempt(view: RunView): Attempt {
  return {
    id: view.id,
    state: view.state,
    executionSeconds: view.executionSeconds,
    ...(view.startedOn === undefined ? {} : { startedAt: momentOf(view.startedOn) }),
    ...(view.completedOn === undefined ? {} : { endedAt: momentOf(view.completedOn) }),
    ...(view.dpuSeconds === undefined ? {} : { dpuSeconds: view.dpuSeconds }),
    ...(view.error === undefined ? {} : { error: plainText(view.error) }),
  };
}
