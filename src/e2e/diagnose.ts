import { posix } from "node:path";
import type { CauseCode, Facts } from "./causes.ts";
import { excerpt } from "./log-excerpt.ts";
import { codeAfterCommit } from "./orphan-code.ts";
import { findPlace, isStale, type ScriptPlace } from "./script-place.ts";

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

type Finder = (evidence: RunEvidence, place: ScriptPlace | undefined) => Facts | undefined;

const doesNotCompile = /\b(SyntaxError|IndentationError|TabError)\b/;

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
    "script-not-fetched",
    seen(/Error downloading from S3 for bucket|LAUNCH ERROR.*(?:NoSuchKey|S3)/, errorLine),
  ],
  [
    "role-not-assumable",
    seen(
      /(?:assume role permissions|Unable to assume role|not authorized to perform: ?sts:AssumeRole)/i,
      errorLine,
    ),
  ],
  [
    "missing-argument",
    seen(/the following arguments are required: (.+)|GlueArgumentError: (.+)/, (match) => ({
      arguments: (match[1] ?? match[2] ?? "").trim(),
    })),
  ],
  ["missing-module", seen(/No module named '?([\w.]+)'?/, (match) => ({ module: match[1] ?? "" }))],
  [
    "access-denied",
    seen(
      /AccessDenied|is not authorized to perform|Access Denied|Status Code: 403|Insufficient Lake Formation permission/,
      (_, error) => ({
        error,
        action: /perform: ?([\w-]+:\w+)/.exec(error)?.[1] ?? "the call named in the error",
      }),
    ),
  ],
  ["no-such-bucket", seen(/NoSuchBucket|The specified bucket does not exist/, errorLine)],
  [
    "no-such-table",
    seen(
      /TABLE_OR_VIEW_NOT_FOUND|Table or view not found|SCHEMA_NOT_FOUND|Entity ?Not ?Found|NoSuchTableException/i,
      errorLine,
    ),
  ],
  [
    "no-such-column",
    seen(/UNRESOLVED_COLUMN|FIELD_NOT_FOUND|cannot resolve '[^']*' given input columns/, errorLine),
  ],
  ["no-such-path", seen(/PATH_NOT_FOUND|Path does not exist|NoSuchKey/, errorLine)],
  ["disk-full", seen(/No space left on device/, errorLine)],
  [
    "out-of-memory",
    seen(
      /OutOfMemoryError|OUT_OF_MEMORY|exit (?:status|code):? 137|Container killed by YARN|^MemoryError/,
      errorLine,
    ),
  ],
  [
    "not-reachable",
    seen(
      /Communications link failure|Connect(?:ion)? (?:to \S+ failed|timed out|refused)|UnknownHostException/,
      errorLine,
    ),
  ],
  ["run-timed-out", ({ state }) => (state === "TIMEOUT" ? {} : undefined)],
  ["run-stopped", ({ state }) => (state === "STOPPED" ? {} : undefined)],
  [
    "concurrency",
    seen(/ConcurrentRunsExceeded|Concurrent runs exceeded|Max(?:imum)? concurrent runs/i, errorLine),
  ],
  [
    "no-capacity",
    seen(
      /ResourceNumberLimitExceeded|maximum concurrent capacity|concurrent compute|Resource unavailable/i,
      errorLine,
    ),
  ],
  ["code-after-commit", codeThatRanOn],
];

/** Errors that only say that something failed: what it was stands in the log alone. */
const vague = /^$|exit code|SystemExit|Py4JJavaError|An error occurred while calling|Command failed/i;

/** The cause of a failed run, from a table of known ones; `run-failed` for any other. */
export function diagnoseRun(evidence: RunEvidence): Diagnosis {
  const { error, log, location, script, state, job } = evidence;
  const place = findPlace({ error, log, script: location ?? script });
  // A script may log errors that it copes with, so what stands around the traceback comes first.
  const close = { ...evidence, log: excerpt(log) };
  const found = firstCause(close, place) ?? (vague.test(error) ? firstCause(evidence, place) : undefined);
  if (found === undefined) {
    const facts = { job, state, error: error === "" ? "no error message" : error };
    return { code: "run-failed", facts, line: place?.line };
  }
  const [code, facts] = found;
  return { code, facts: { job, ...facts }, line: code === "stale-script" ? undefined : place?.line };
}

function firstCause(
  evidence: RunEvidence,
  place: ScriptPlace | undefined,
): readonly [CauseCode, Facts] | undefined {
  for (const [code, find] of finders) {
    const facts = find(evidence, place);
    if (facts !== undefined) return [code, facts];
  }
  return undefined;
}

function staleScript({ location, lines }: RunEvidence, place: ScriptPlace | undefined): Facts | undefined {
  if (place === undefined || location === undefined) return undefined;
  if (!isStale(place, { file: posix.basename(location), lines })) return undefined;
  return { file: place.file, line: String(place.line), location, lines: String(lines?.length ?? "?") };
}

function orphanCode(evidence: RunEvidence, place: ScriptPlace | undefined): Facts | undefined {
  return doesNotCompile.test(evidence.error) ? afterCommit(evidence, place) : undefined;
}

/** What compiled and failed although the commit was over: left-over code, or what belongs before it. */
function codeThatRanOn(evidence: RunEvidence, place: ScriptPlace | undefined): Facts | undefined {
  return doesNotCompile.test(evidence.error) ? undefined : afterCommit(evidence, place);
}

function afterCommit(
  { error, lines, script }: RunEvidence,
  place: ScriptPlace | undefined,
): Facts | undefined {
  if (lines === undefined || place === undefined) return undefined;
  const facts = codeAfterCommit(lines, place.line);
  return facts === undefined ? undefined : { error, script, ...facts };
}
