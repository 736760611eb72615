import { posix } from "node:path";

/** A line of a script, as an error or a traceback names it. */
export interface ScriptPlace {
  /** Base name, as tracebacks show it. */
  readonly file: string;
  readonly line: number;
  /** The line's text as the traceback quotes it. */
  readonly text?: string | undefined;
}

interface Sources {
  readonly error: string;
  readonly log: readonly string[];
  /** URI or path of the script that the job points at. */
  readonly script: string;
}

/** Where in the script it failed: what the error says, else the traceback's last frame in that script. */
export function findPlace({ error, log, script }: Sources): ScriptPlace | undefined {
  const current = posix.basename(script);
  const told = /\(([^(),/]+\.py), line (\d+)\)/.exec(error);
  if (told !== null) {
    const place = { file: told[1] ?? "", line: Number(told[2]) };
    return { ...place, text: quotedText(log, place) };
  }
  for (const [index, entry] of [...log.entries()].toReversed()) {
    const frame = framePattern.exec(entry);
    if (frame === null || stemOf(frame[1] ?? "") !== stemOf(current)) continue;
    return { file: frame[1] ?? "", line: Number(frame[2]), text: quoted(log[index + 1]) };
  }
  // Glue's own words in ErrorMessage: "Error Category: QUERY_ERROR; Failed Line Number: 33; AnalysisException: …"
  const numbered = /Failed Line Number: ?(\d+)/.exec(error);
  return numbered === null ? undefined : { file: current, line: Number(numbered[1]) };
}

/** `silver_job` of `silver_job-3f2a9c81b0de.py`. */
export function stemOf(file: string): string {
  return file.replace(/\.py$/, "").replace(/-[0-9a-f]{12}$/, "");
}

/** Whether the run executed another text than these lines of that file. */
export function isStale(
  place: ScriptPlace,
  current: { readonly file: string; readonly lines: readonly string[] | undefined },
): boolean {
  if (stemOf(place.file) !== stemOf(current.file)) return false;
  if (place.file !== current.file) return true;
  if (current.lines === undefined) return false;
  if (place.line > current.lines.length) return true;
  // Python quotes the line from the file that it ran.
  const here = (current.lines[place.line - 1] ?? "").trim();
  return place.text !== undefined && !here.startsWith(place.text.slice(0, comparedLength));
}

/** Lines of a log are cut, so no more than this is compared. */
const comparedLength = 120;
const framePattern = /File "(?:[^"]*[/\\])?([^"/\\]+\.py)", line (\d+)/;

function quotedText(log: readonly string[], place: ScriptPlace): string | undefined {
  const index = log.findLastIndex((entry) => {
    const frame = framePattern.exec(entry);
    return frame?.[1] === place.file && Number(frame[2]) === place.line;
  });
  return index === -1 ? undefined : quoted(log[index + 1]);
}

/** A quoted line is indented below its frame; carets and anything else are no text. */
function quoted(entry: string | undefined): string | undefined {
  if (entry === undefined || !/^\s{2,}\S/.test(entry) || framePattern.test(entry)) return undefined;
  const text = entry.trim();
  return /^[\^~]+$/.test(text) || /^at /.test(text) ? undefined : text;
}
