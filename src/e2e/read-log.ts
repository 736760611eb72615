import { messageOf } from "../base/errors.ts";
import { plainText } from "../base/plain-text.ts";
import type { RunContext } from "./context.ts";
import { excerpt } from "./log-excerpt.ts";
import type { Problem } from "./result.ts";

const keptLines = 300;
const longestLine = 400;

export interface ReadLog {
  /** As the service has them. */
  readonly lines: readonly string[];
  /** What a problem shows of them, masked and cut. */
  readonly shown: Pick<Problem, "excerpt" | "log">;
}

/** The log of a thing that failed; none, and a warning, when it can't be read: it failed with or without its log. */
export async function readLog(
  context: Pick<RunContext, "signal" | "progress">,
  what: string,
  read: () => Promise<readonly string[]>,
): Promise<ReadLog> {
  try {
    const lines = await read();
    if (lines.length === 0) return { lines, shown: {} };
    return { lines, shown: { excerpt: plain(excerpt(lines)), log: plain(lines.slice(-keptLines)) } };
  } catch (thrown) {
    if (!context.signal.aborted) {
      const message = `the log of ${what} can't be read: ${messageOf(thrown)}`;
      context.progress({ code: "e2e.no-log", level: "warning", message: plainText(message) });
    }
    return { lines: [], shown: {} };
  }
}

function plain(lines: readonly string[]): string[] {
  return lines.map((line) => plainText(line, longestLine));
}
