import { posix } from "node:path";
import type { CauseCode, Facts } from "./causes.ts";

/** What is known about a run that failed. */
export interface RunEvidence {
  readonly job: string;
  /** Workspace path of the script. */
  readonly script: string;
  /** Final state of the last attempt. */
  readonly state: string;
  readonly error: string;
  /** Lines of its log, oldest first. */
  readonly log: readonly string[];
  /** Where the job takes its script from. */
  readonly location: string | undefined;
  /** The script that is there, line by line. */
  readonly lines: readonly string[] | undefined;
}

export interface Diagnosis {
  readonly code: CauseCode;
  readonly facts: Facts;
  /** 1-based line of the script that failed, where it is known. */
  readonly line: number | undefined;
}

interface Place {
  /** Base name, as tracebacks show it. */
  readonly file: string;
  readonly line: number;
}

type Finder = (evidence: RunEvidence, place: Place | undefined) => Facts | undefined;

const doesNotCompile = /\b(SyntaxError|IndentationError|TabError)\b/;
const finalCommit = /^\s*[\w.]+\.commit\(\s*\)/;

/** Facts of a cause that shows in the error or in the log; `show` turns a match into them. */
function seen(pattern: RegExp, show: (match: RegExpExecArray, line: string) => Facts): Finder {
  return ({ error, log }) => {
    for (const line of [error, ...log.toReversed()]) {
      const match = pattern.exec(line);
      if (match) return show(match, line.trim());
    }
    return undefined;
  };
}

const errorLine = (_: RegExpExecArray, line: string): Facts => ({ error: line });

/** Known causes, the most telling first; the first that finds its facts is the diagnosis. */
const finders: readonly (readonly [CauseCode, Finder])[] = [
  ["stale-script", staleScript],
  ["orphan-code", orphanCode],
  ["syntax-error", ({ error, script }) => (doesNotCompile.test(error) ? { error, script } : undefined)],
  [
    "missing-argument",
    seen(/the following arguments are required: (.+)|GlueArgumentError: (.+)/, (match) => ({
      arguments: (match[1] ?? match[2] ?? "").trim(),
    })),
  ],
  ["missing-module", seen(/No module named '?([\w.]+)'?/, (match) => ({ module: match[1] ?? "" }))],
  [
    "access-denied",
    seen(/AccessDenied|is not authorized to perform|Access Denied|Status Code: 403/, (_, error) => ({
      error,
      action: /perform: ?([\w-]+:\w+)/.exec(error)?.[1] ?? "the call named in the error",
    })),
  ],
  ["no-such-bucket", seen(/NoSuchBucket|The specified bucket does not exist/, errorLine)],
  [
    "no-such-table",
    seen(
      /TABLE_OR_VIEW_NOT_FOUND|Table or view not found|SCHEMA_NOT_FOUND|Entity Not Found|NoSuchTableException/i,
      errorLine,
    ),
  ],
  ["no-such-path", seen(/PATH_NOT_FOUND|Path does not exist|NoSuchKey/, errorLine)],
  [
    "out-of-memory",
    seen(
      /OutOfMemoryError|exit (?:status|code):? 137|Container killed by YARN|No space left on device|^MemoryError/,
      errorLine,
    ),
  ],
  ["run-timed-out", ({ state }) => (state === "TIMEOUT" ? {} : undefined)],
  ["run-stopped", ({ state }) => (state === "STOPPED" ? {} : undefined)],
  ["concurrency", seen(/ConcurrentRunsExceeded|Concurrent runs exceeded/i, errorLine)],
];

/** The cause of a failed run, from a table of known ones; `run-failed` for any other. */
export function diagnoseRun(evidence: RunEvidence): Diagnosis {
  const place = findPlace(evidence);
  const line = place?.line;
  for (const [code, find] of finders) {
    const facts = find(evidence, place);
    if (facts)
      return {
        code,
        facts: { job: evidence.job, ...facts },
        line: code === "stale-script" ? undefined : line,
      };
  }
  const error = evidence.error === "" ? "no error message" : evidence.error;
  return { code: "run-failed", facts: { state: evidence.state, error }, line };
}

/** Where in the script it failed: what the error says, else the traceback's last frame in that script. */
function findPlace({ error, log, location, script }: RunEvidence): Place | undefined {
  const told = /\(([^(),/]+\.py), line (\d+)\)/.exec(error);
  if (told) return { file: told[1] ?? "", line: Number(told[2]) };
  const stem = stemOf(posix.basename(location ?? script));
  for (const text of log.toReversed()) {
    const frame = /File "(?:[^"]*\/)?([^"/]+\.py)", line (\d+)/.exec(text);
    if (frame && stemOf(frame[1] ?? "") === stem) return { file: frame[1] ?? "", line: Number(frame[2]) };
  }
  return undefined;
}

/** `silver_job` of `silver_job-3f2a9c81b0de.py`. */
function stemOf(file: string): string {
  return file.replace(/\.py$/, "").replace(/-[0-9a-f]{12}$/, "");
}

function staleScript({ location, lines }: RunEvidence, place: Place | undefined): Facts | undefined {
  if (place === undefined || location === undefined) return undefined;
  const current = posix.basename(location);
  if (stemOf(place.file) !== stemOf(current)) return undefined;
  const isBeyondEnd = lines !== undefined && place.line > lines.length;
  if (place.file === current && !isBeyondEnd) return undefined;
  return { file: place.file, line: String(place.line), location, lines: String(lines?.length ?? "?") };
}

function orphanCode({ error, lines, script }: RunEvidence, place: Place | undefined): Facts | undefined {
  if (lines === undefined || place === undefined || !doesNotCompile.test(error)) return undefined;
  const commit = lines.slice(0, place.line - 1).findLastIndex((text) => finalCommit.test(text));
  if (commit === -1) return undefined;
  const commitLine = commit + 1;
  return {
    error,
    script,
    line: String(place.line),
    commitLine: String(commitLine),
    from: String(commitLine + 1),
    to: String(lines.length),
  };
}
