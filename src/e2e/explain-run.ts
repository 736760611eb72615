import type { JobFacts } from "../aws/job-facts.ts";
import { tailRunLogs } from "../aws/logs.ts";
import { getObject, parseS3Uri } from "../aws/objects.ts";
import type { RunView } from "../aws/runs.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import { knownProblem } from "./causes.ts";
import { ownBucket, type RunContext } from "./context.ts";
import { diagnoseRun } from "./diagnose.ts";
import { headlineOf } from "./headline.ts";
import { linesOf } from "./lines.ts";
import { readLog } from "./read-log.ts";
import type { Problem } from "./result.ts";
import { placeInRepository } from "./source-lines.ts";

/** Scripts larger than this are not looked into. */
const largestScript = 2_000_000;
/** A service's message may hold megabytes; its cause stands at its beginning. */
const longestError = 20_000;

/** Why a run failed, from its error, its log and the script that the job points at; never throws. */
export async function explainRun(
  last: RunView,
  job: ResolvedJob,
  facts: JobFacts,
  context: RunContext,
): Promise<Problem> {
  const [log, text] = await Promise.all([
    readLog(context, last.id, () => tailRunLogs(context.clients.logs, whereLogged(last, facts), context)),
    readScript(facts, context),
  ]);
  const lines = text === undefined ? undefined : linesOf(text);
  const found = diagnoseRun({
    job: job.job,
    script: job.script,
    state: last.state,
    error: (last.error ?? "").slice(0, longestError),
    log: log.lines,
    location: facts.scriptLocation,
    lines,
  });
  const place =
    found.line === undefined || lines === undefined
      ? {}
      : await placeInRepository(context, job, { location: facts.scriptLocation, lines, line: found.line });
  const headline = { text: headlineOf(found.exception, place) };
  return knownProblem(found.code, found.facts, { ...log.shown, ...place, headline });
}

function whereLogged(last: RunView, facts: JobFacts): Parameters<typeof tailRunLogs>[1] {
  const { command, securityConfiguration, role } = facts;
  return {
    runId: last.id,
    command,
    glueVersion: last.glueVersion ?? facts.glueVersion,
    arguments: facts.arguments,
    securityConfiguration,
    role,
    startedOn: last.startedOn,
    completedOn: last.completedOn,
  };
}

async function readScript(facts: JobFacts, context: RunContext): Promise<string | undefined> {
  const address = parseS3Uri(facts.scriptLocation ?? "");
  if (address === undefined) return undefined;
  try {
    const bucket = ownBucket(context, address.bucket);
    const range = `bytes=0-${largestScript}`;
    const stored = await getObject(context.clients.s3, bucket, address.key, {
      range,
      clock: context.clock,
      signal: context.signal,
    });
    if (stored === undefined || stored.bytes.byteLength > largestScript) return undefined;
    return new TextDecoder().decode(stored.bytes);
  } catch {
    // A diagnosis without the script's text is less telling, but still one.
    return undefined;
  }
}
