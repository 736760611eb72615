import { posix } from "node:path";
import type { EndingCause } from "./causes/ending-cause.ts";
import { glueCauses } from "./causes/glue.ts";
import { pythonCauses } from "./causes/python.ts";
import { serviceCauses } from "./causes/services.ts";
import { sparkCauses } from "./causes/spark.ts";
import type { CauseCode, Facts } from "./causes.ts";
import { type Ending, endingOf, shortType, type Thrown, textOf } from "./ending.ts";
import { libraryPath, libraryPlace } from "./library-place.ts";
import { codeAfterCommit } from "./orphan-code.ts";
import { findPlace, isStale, type ScriptPlace, stemOf } from "./script-place.ts";

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
  /** The exception that ended the run, with the library's line where one raised it. */
  readonly exception: string;
}

const ofAws = { ...glueCauses, ...serviceCauses, ...sparkCauses };
const doesNotCompile = /^(?:SyntaxError|IndentationError|TabError)\b/;
/** Names without a module that Python and services raise alike: their message tells the cause. */
const shared =
  /^(?:ClientError|Py4J\w*|OutOfMemoryError|NoCredentialsError|CredentialRetrievalError|EndpointConnectionError|ConnectTimeoutError|GlueArgumentError|ArgumentError|NoClassDefFoundError|OSError|IOError|MemoryError|PicklingError|Connection\w*Error)$/;
/** Glue's message leaves modules out; there a name like these may be a service's. */
const ofServices = /Exception$|^(?:AccessDenied|NoSuch\w+)$/;
const causesOfStates: Readonly<Record<string, CauseCode>> = {
  TIMEOUT: "run-timed-out",
  STOPPED: "run-stopped",
};
/** Categories that say as much as a cause does (Glue developer guide, monitor-observability). */
const causesOfCategories: Readonly<Record<string, CauseCode>> = {
  OUT_OF_MEMORY_ERROR: "out-of-memory",
  DISK_NO_SPACE_ERROR: "disk-full",
};

/** The cause of a failed run: the exception that ended it decides, then Glue's category, then the state. */
export function diagnoseRun(evidence: RunEvidence): Diagnosis {
  const { error, log, location, script, state, job } = evidence;
  const ending = endingOf(error, log);
  const at = libraryPlace(ending, posix.basename(location ?? script));
  const place = at?.isOnly
    ? undefined
    : placeOf(ending, at === undefined ? evidence : { ...evidence, error: "" });
  const shown = textOf(ending) || "no error message";
  const where =
    at === undefined || shown.includes(`${posix.basename(at.file)}, line`)
      ? ""
      : ` (${at.file}, line ${at.line})`;
  const exception = `${shown}${where}`;
  const found =
    ofFiles({ ...evidence, error: exception }, ending, place) ??
    ofState(state) ??
    ofException(ending, exception) ??
    afterCommit({ ...evidence, error: exception }, place) ??
    ofScript(ending, exception, log) ??
    ofCategory(ending, exception);
  if (found === undefined) {
    return { code: "run-failed", facts: { job, state, error: exception }, line: place?.line, exception };
  }
  const [code, facts] = found;
  return {
    code,
    facts: { job, ...facts },
    line: code === "stale-script" ? undefined : place?.line,
    exception,
  };
}

type Found = readonly [CauseCode, Facts] | undefined;

function placeOf(ending: Ending, { error, location, script }: RunEvidence): ScriptPlace | undefined {
  return findPlace({ error, log: ending.lines, script: location ?? script });
}

/** What a file's own text tells: another version than the job's, or one that does not compile. */
function ofFiles(evidence: RunEvidence, ending: Ending, place: ScriptPlace | undefined): Found {
  const stale = staleScript(evidence, place);
  if (stale !== undefined) return ["stale-script", stale];
  if (!doesNotCompile.test(shortType(ending.type ?? ""))) return undefined;
  const file = /\(([^(),]+\.py), line \d+\)/.exec(evidence.error)?.[1];
  const current = posix.basename(evidence.location ?? evidence.script);
  const isLibrary = file !== undefined && stemOf(file) !== stemOf(current);
  if (isLibrary) return ["syntax-error", { error: evidence.error, script: libraryPath(ending, file) }];
  const orphan = place && evidence.lines && codeAfterCommit(evidence.lines, place.line);
  if (orphan) return ["orphan-code", { error: evidence.error, script: evidence.script, ...orphan }];
  return ["syntax-error", { error: evidence.error, script: evidence.script }];
}

function ofState(state: string): Found {
  const code = causesOfStates[state];
  return code === undefined ? undefined : [code, {}];
}

/** Causes by what a service, Spark or Glue reported; the innermost Java exception is asked first. */
function ofException(ending: Ending, error: string): Found {
  if (isOwn(ending)) return undefined;
  const chain: readonly Thrown[] = [...ending.java.toReversed(), ending];
  for (const thrown of chain) {
    const text = textOf(thrown);
    const code = causeIn(ofAws, text);
    if (code !== undefined) {
      const told = thrown === ending ? error : `${error}: ${text}`;
      return [code, { error: told, action: actionIn(text) }];
    }
  }
  return undefined;
}

/** Whether the script itself raised it, so that its message is the script's own text; a traceback names the module of any other. */
function isOwn({ type, lines }: Ending): boolean {
  if (type === undefined || type.includes(".") || shared.test(type)) return false;
  return lines.length > 0 || !ofServices.test(type);
}

/** Causes by the type of a Python exception, whose message is the script's own. */
function ofScript(ending: Ending, error: string, log: readonly string[]): Found {
  const text = textOf(ending);
  const refused = /^SystemExit: 2$/.test(text)
    ? log.findLast((line) => /: error: the following arguments are required: /.test(line))
    : undefined;
  const told = refused?.replace(/^.*?: error: /, "error: ") ?? text;
  const code = causeIn(pythonCauses, told);
  if (code === undefined) return undefined;
  const match = pythonCauses[code].ends.exec(told);
  const [first = "", second = ""] = [match?.[1]?.trim(), match?.[2]?.trim()];
  return [code, { error, module: first || second, arguments: first || second }];
}

function ofCategory({ category = "" }: Ending, error: string): Found {
  const code = causesOfCategories[category];
  return code === undefined ? undefined : [code, { error }];
}

function afterCommit({ error, lines, script }: RunEvidence, place: ScriptPlace | undefined): Found {
  const facts = lines && place && codeAfterCommit(lines, place.line);
  return facts ? ["code-after-commit", { error, script, ...facts }] : undefined;
}

function staleScript({ location, lines }: RunEvidence, place: ScriptPlace | undefined): Facts | undefined {
  if (place === undefined || location === undefined) return undefined;
  if (!isStale(place, { file: posix.basename(location), lines })) return undefined;
  return { file: place.file, line: String(place.line), location, lines: String(lines?.length ?? "?") };
}

/** The first cause of a table whose pattern fits. */
export function causeIn<Code extends string>(
  table: Readonly<Record<Code, EndingCause>>,
  text: string,
): Code | undefined {
  return (Object.entries(table) as [Code, EndingCause][]).find(([, { ends }]) => ends.test(text))?.[0];
}

/** The IAM action that an error names. */
export function actionIn(error: string): string {
  return /perform: ?([\w-]+:\w+)/.exec(error)?.[1] ?? "the call named in the error";
}
