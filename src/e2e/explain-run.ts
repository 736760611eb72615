import { readFile } from "node:fs/promises";
import type { JobFacts } from "../aws/job-facts.ts";
import { excerpt, tailRunLogs } from "../aws/logs.ts";
import { getObject, parseS3Uri } from "../aws/objects.ts";
import type { RunView } from "../aws/runs.ts";
import { plainText } from "../base/plain-text.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import { inspectPath } from "../scripts/safe-path.ts";
import { knownProblem } from "./causes.ts";
import { ownBucket, type RunContext } from "./context.ts";
import { diagnoseRun } from "./diagnose.ts";
import type { Problem } from "./result.ts";

/** Scripts larger than this are not looked into. */
const largestScript = 2_000_000;
const lineLimit = 400;

/** Why a run failed, from its error, its log and the script that the job points at; never throws. */
export async function explainRun(
  last: RunView,
  job: ResolvedJob,
  facts: JobFacts,
  context: RunContext,
): Promise<Problem> {
  const [log, text] = await Promise.all([readLog(last, facts, context), readScript(facts, context)]);
  const found = diagnoseRun({
    job: job.job,
    script: job.script,
    state: last.state,
    error: last.error ?? "",
    log,
    location: facts.scriptLocation,
    lines: text === undefined ? undefined : linesOf(text),
  });
  const shown = excerpt(log).map((line) => plainText(line, lineLimit));
  const inRepository =
    found.line !== undefined && (await isInRepository(text, job.script, context.workspace));
  return knownProblem(found.code, found.facts, {
    ...(shown.length === 0 ? {} : { excerpt: shown }),
    ...(inRepository && found.line !== undefined ? { location: { path: job.script, line: found.line } } : {}),
  });
}

async function readLog(last: RunView, facts: JobFacts, context: RunContext): Promise<readonly string[]> {
  const { command, securityConfiguration, role } = facts;
  try {
    return await tailRunLogs(
      context.clients.logs,
      {
        runId: last.id,
        command,
        glueVersion: last.glueVersion ?? facts.glueVersion,
        arguments: facts.arguments,
        securityConfiguration,
        role,
        startedOn: last.startedOn,
        completedOn: last.completedOn,
      },
      context,
    );
  } catch (thrown) {
    if (context.signal.aborted) return [];
    // The run failed with or without its log.
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    context.progress({
      code: "e2e.no-log",
      level: "warning",
      message: `the log of ${last.id} can't be read: ${why}`,
    });
    return [];
  }
}

async function readScript(facts: JobFacts, context: RunContext): Promise<string | undefined> {
  const address = parseS3Uri(facts.scriptLocation ?? "");
  if (address === undefined) return undefined;
  try {
    const bucket = ownBucket(context, address.bucket);
    const range = `bytes=0-${largestScript}`;
    const stored = await getObject(context.clients.s3, bucket, address.key, {
      range,
      signal: context.signal,
    });
    if (stored === undefined || stored.bytes.byteLength > largestScript) return undefined;
    return new TextDecoder().decode(stored.bytes);
  } catch {
    // A diagnosis without the script's text is less telling, but still one.
    return undefined;
  }
}

async function isInRepository(text: string | undefined, script: string, workspace: string): Promise<boolean> {
  const verdict = await inspectPath(workspace, script);
  if (text === undefined || verdict.kind !== "file") return false;
  const here = await readFile(verdict.absolute, "utf8");
  return linesOf(here).join("\n") === linesOf(text).join("\n");
}

/** Lines as an editor counts them. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
