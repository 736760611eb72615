import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import type { LogTarget } from "./log-groups.ts";

const FLUSH_AFTER_MS = 250;
/** PutLogEvents takes 10,000 events and 1 MiB a call; lines are cut so that a batch stays below. */
const BATCH_EVENTS = 500;
const MAX_LINE = 1500;

/** Writes lines to CloudWatch Logs in batches. Delivery is best effort, as it is in Glue. */
export interface LogWriter {
  write(target: LogTarget, line: string): void;
  /** Writes what is left. */
  close(): Promise<void>;
}

interface Line {
  readonly target: LogTarget;
  readonly timestamp: number;
  readonly message: string;
}

export function createLogWriter(logs: CloudWatchLogsClient, now: () => number): LogWriter {
  const created = new Set<string>();
  let waiting: Line[] = [];
  let timer: NodeJS.Timeout | undefined;
  let flushed = Promise.resolve();
  const flush = () => {
    timer = undefined;
    const lines = waiting;
    waiting = [];
    flushed = flushed.then(() => deliver(logs, created, lines)).catch(() => undefined);
  };
  return {
    write(target, line) {
      waiting.push({ target, timestamp: now(), message: line.slice(0, MAX_LINE) });
      timer ??= setTimeout(flush, FLUSH_AFTER_MS);
    },
    async close() {
      clearTimeout(timer);
      flush();
      await flushed;
    },
  };
}

async function deliver(
  logs: CloudWatchLogsClient,
  created: Set<string>,
  lines: readonly Line[],
): Promise<void> {
  const byTarget = Map.groupBy(lines, ({ target }) => `${target.group}\n${target.stream}`);
  for (const [key, group] of byTarget) {
    const target = group[0]?.target;
    if (!target) continue;
    if (!created.has(key)) await ensureStream(logs, target);
    created.add(key);
    for (let start = 0; start < group.length; start += BATCH_EVENTS) {
      const logEvents = group
        .slice(start, start + BATCH_EVENTS)
        .map(({ timestamp, message }) => ({ timestamp, message: message === "" ? " " : message }));
      await logs.send(
        new PutLogEventsCommand({ logGroupName: target.group, logStreamName: target.stream, logEvents }),
      );
    }
  }
}

async function ensureStream(logs: CloudWatchLogsClient, { group, stream }: LogTarget): Promise<void> {
  await unlessThere(logs.send(new CreateLogGroupCommand({ logGroupName: group })));
  await unlessThere(logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: stream })));
}

async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof ResourceAlreadyExistsException)) throw error;
  }
}
