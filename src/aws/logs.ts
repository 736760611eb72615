import { type CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { awsCall, isAwsError } from "./errors.ts";
import type { Patience } from "./read-again.ts";

/** What decides where a run writes its logs. */
export interface RunLogs {
  readonly runId: string;
  /** `glueetl`, `gluestreaming` or `pythonshell`. */
  readonly command: string;
  readonly glueVersion: string | undefined;
  /** The run's arguments and the job's, merged. */
  readonly arguments: Readonly<Record<string, string>>;
  readonly securityConfiguration: string | undefined;
  /** Last part of the job's role ARN, part of the groups' names with a security configuration. */
  readonly role: string | undefined;
  readonly startedOn: Date | undefined;
  readonly completedOn: Date | undefined;
}

/** Some streams of a log group, within a time. */
interface LogSlice {
  readonly group: string;
  /** What the streams' names begin with; all streams without it. */
  readonly stream?: string;
  readonly isWanted: (stream: string) => boolean;
  readonly startTime?: number;
  readonly endTime?: number;
}

/** Pages of one group that are read at most; a page may be empty, and holds up to 10,000 events (service model). */
const maxPages = 40;
const keptLines = 2_000;
/** An event holds up to 1 MB (CloudWatch Logs quotas): far more than a line anybody reads. */
const longestLine = 4_000;
/** A traceback stands at the end of a log, so only the last minutes are asked for. */
const beforeEnd = 10 * 60_000;
const afterEnd = 5 * 60_000;

/**
 * The log groups of a run, the one with the script's own output first. Glue developer guide:
 * monitor-continuous-logging (Spark), add-job-python (Python shell).
 */
export function logGroups(run: RunLogs): readonly string[] {
  if (run.command === "pythonshell") return ["/aws-glue/python-jobs/error", "/aws-glue/python-jobs/output"];
  const prefix = run.arguments["--custom-logGroup-prefix"] ?? "/aws-glue/jobs";
  const secured =
    run.securityConfiguration === undefined || run.role === undefined
      ? prefix
      : `${prefix}/${run.securityConfiguration}-role/${run.role}`;
  const groups = [`${secured}/output`, `${secured}/error`];
  if (Number(run.glueVersion ?? "0") >= 5) return groups;
  return [run.arguments["--continuous-log-logGroup"] ?? `${prefix}/logs-v2`, ...groups.toReversed()];
}

/**
 * What the names of a run's streams begin with: its id, or a prefix of the job's own in its place (Glue developer
 * guide, monitor-continuous-logging and monitor-continuous-logging-enable). With such a prefix all runs share them.
 */
export function logStream(run: RunLogs): string {
  if (run.command === "pythonshell") return run.runId;
  const isNew = Number(run.glueVersion ?? "0") >= 5;
  const name = isNew ? "--custom-logStream-prefix" : "--continuous-log-logStreamPrefix";
  return run.arguments[name] ?? run.runId;
}

/**
 * The last lines that a run wrote, oldest first, from the groups that exist. At most 2,000 lines a group.
 * @throws ToolkitError, `aws-access-denied` without logs:FilterLogEvents
 */
export async function tailRunLogs(
  logs: CloudWatchLogsClient,
  run: RunLogs,
  patience: Patience,
): Promise<readonly string[]> {
  const own = logStream(run);
  // The system's lines stand under the run's id whatever the prefix.
  const streams = [...new Set([own, run.runId])];
  const tails: string[] = [];
  for (const group of logGroups(run)) {
    for (const stream of streams) {
      const slice = { group, stream, isWanted: isStreamOf(stream), ...timeWindow(run) };
      tails.push(...(await tail(logs, slice, patience)));
    }
  }
  return tails;
}

/**
 * The last lines of one crawl, oldest first; none where the group is missing. A crawler has one stream for all its
 * crawls (Glue developer guide, monitor-crawler), so the time tells them apart.
 * @throws ToolkitError, `aws-access-denied` without logs:FilterLogEvents
 */
export function tailCrawlLog(
  logs: CloudWatchLogsClient,
  crawl: { readonly group: string; readonly stream: string; readonly startedOn: Date | undefined },
  patience: Patience,
): Promise<readonly string[]> {
  const { group, stream, startedOn } = crawl;
  const since = startedOn === undefined ? {} : { startTime: startedOn.getTime() - 1_000 };
  return tail(logs, { group, stream, isWanted: (name) => name === stream, ...since }, patience);
}

/**
 * The last lines that a Lambda function wrote since a time, oldest first; none where it never wrote any. Python's
 * runtime keeps the lines of a traceback in one event with carriage returns between them.
 * @throws ToolkitError, `aws-access-denied` without logs:FilterLogEvents
 */
export function tailFunctionLog(
  logs: CloudWatchLogsClient,
  { group, since }: { readonly group: string; readonly since: number },
  patience: Patience,
): Promise<readonly string[]> {
  return tail(logs, { group, isWanted: () => true, startTime: since }, patience);
}

async function tail(
  logs: CloudWatchLogsClient,
  { group, stream, isWanted, ...times }: LogSlice,
  patience: Patience,
): Promise<readonly string[]> {
  const lines: string[] = [];
  let token: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const command = new FilterLogEventsCommand({
      logGroupName: group,
      ...(stream === undefined ? {} : { logStreamNamePrefix: stream }),
      nextToken: token,
      ...times,
    });
    try {
      const answer = await awsCall(
        { service: "logs", operation: "FilterLogEvents", resource: `log group ${group}` },
        () => logs.send(command, { abortSignal: patience.signal }),
      );
      for (const { message = "", logStreamName = stream ?? "" } of answer.events ?? []) {
        if (isWanted(logStreamName)) lines.push(...linesOf(message));
      }
      lines.splice(0, Math.max(0, lines.length - keptLines));
      token = answer.nextToken;
    } catch (thrown) {
      if (isAwsError(thrown, "ResourceNotFoundException")) return [];
      throw thrown;
    }
    if (token === undefined) break;
  }
  return lines;
}

function linesOf(message: string): string[] {
  return message
    .trimEnd()
    .split(/\r\n|\n|\r/, keptLines)
    .map((line) => line.slice(0, longestLine));
}

/** A prefix finds `jr_1`, `jr_1-driver`, and those of the next attempt, `jr_1_attempt_1`. */
function isStreamOf(stream: string): (name: string) => boolean {
  return (name) => name === stream || name.startsWith(`${stream}-`);
}

function timeWindow(run: RunLogs): { startTime?: number; endTime?: number } {
  if (run.completedOn === undefined) return {};
  const end = run.completedOn.getTime();
  return {
    startTime: Math.max(run.startedOn?.getTime() ?? 0, end - beforeEnd),
    endTime: end + afterEnd,
  };
}
