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

/** Pages of one group that are read at most; a page may be empty, and holds up to 10,000 events (service model). */
const maxPages = 40;
const keptLines = 2_000;
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
 * The last lines that a run wrote, oldest first, from the groups that exist. At most 2,000 lines a group.
 * @throws ToolkitError, `aws-access-denied` without logs:FilterLogEvents
 */
export async function tailRunLogs(
  logs: CloudWatchLogsClient,
  run: RunLogs,
  patience: Patience,
): Promise<readonly string[]> {
  const tails: string[] = [];
  for (const group of logGroups(run)) tails.push(...(await tailGroup(logs, group, run, patience)));
  return tails;
}

async function tailGroup(
  logs: CloudWatchLogsClient,
  group: string,
  run: RunLogs,
  patience: Patience,
): Promise<readonly string[]> {
  const tail: string[] = [];
  const stream = `${run.arguments["--custom-logStream-prefix"] ?? ""}${run.runId}`;
  let token: string | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const command = new FilterLogEventsCommand({
      logGroupName: group,
      logStreamNamePrefix: stream,
      nextToken: token,
      ...timeWindow(run),
    });
    try {
      const answer = await awsCall(
        { service: "logs", operation: "FilterLogEvents", resource: `log group ${group}` },
        () => logs.send(command, { abortSignal: patience.signal }),
      );
      for (const { message = "", logStreamName = stream } of answer.events ?? []) {
        if (isStreamOf(stream, logStreamName)) tail.push(...message.trimEnd().split("\n"));
      }
      tail.splice(0, Math.max(0, tail.length - keptLines));
      token = answer.nextToken;
    } catch (thrown) {
      if (isAwsError(thrown, "ResourceNotFoundException")) return [];
      throw thrown;
    }
    if (token === undefined) break;
  }
  return tail;
}

/** A prefix finds `jr_1`, `jr_1-driver`, and those of the next attempt, `jr_1_attempt_1`. */
function isStreamOf(stream: string, name: string): boolean {
  return name === stream || name.startsWith(`${stream}-`);
}

function timeWindow(run: RunLogs): { startTime?: number; endTime?: number } {
  if (run.completedOn === undefined) return {};
  const end = run.completedOn.getTime();
  return {
    startTime: Math.max(run.startedOn?.getTime() ?? 0, end - beforeEnd),
    endTime: end + afterEnd,
  };
}

/** Where a Python traceback, or a script that does not compile, begins. */
const tracebackStart = /Traceback \(most recent call last\)|^\s*File "[^"]+", line \d+$/;

/** The lines around the last traceback, else the last ones. */
export function excerpt(lines: readonly string[], size = 40): readonly string[] {
  const traceback = lines.findLastIndex((line) => tracebackStart.test(line));
  if (traceback === -1) return lines.slice(-size);
  const before = lines.slice(0, traceback).findLastIndex((line) => line.includes("Traceback"));
  const start = lines[traceback]?.includes("Traceback") || before === -1 ? traceback : before;
  return lines.slice(Math.max(0, start - 2), start - 2 + size);
}
