/** What made a Lambda function fail, as its log has it. */
export interface FunctionError {
  /** Exception and message. */
  readonly error: string;
  /** File and line of the function's own code. */
  readonly place: string | undefined;
}

/**
 * How a failed invocation stands in a log (Lambda developer guide: python-exceptions, nodejs-exceptions, and
 * troubleshooting-invocation for time and memory).
 */
const errors: readonly RegExp[] = [
  /^\[ERROR\]\s+(?:\S+Z\s+\S+\s+)?(?<error>[\w.]*(?:Error|Exception|Exit|Interrupt)\b.*)/,
  /\bInvoke Error\s+(?<json>\{.*\})/,
  /(?<json>\{.*"errorType".*\})/,
  /(?<error>Task timed out after [\d.]+ seconds)/,
  /(?<error>Runtime exited with error: .*|Runtime exited without providing a reason)/,
  /(?<error>Unable to import module .*)/,
];

/** The frame of the code that was deployed; a library's lie elsewhere or in a folder of their own. */
const frames = [
  /File "(?<file>\/var\/task\/[^"]+)", line (?<line>\d+)/,
  /(?<file>\/var\/task\/[^\s:()"]+):(?<line>\d+)(?::\d+)?/,
  /File "(?<file>[^"]+)", line (?<line>\d+)/,
];

/** Why a function failed, by the last failure in its log; undefined where no invocation failed. */
export function functionError(lines: readonly string[]): FunctionError | undefined {
  const start = lines.findLastIndex((line) => errors.some((known) => known.test(line)));
  if (start === -1) return undefined;
  const line = lines[start] ?? "";
  const found = errors.map((known) => known.exec(line)?.groups).find((groups) => groups !== undefined);
  const error = found?.["json"] === undefined ? found?.["error"] : nodeError(found["json"]);
  // The next invocation's lines are no part of this traceback.
  const end = lines.findIndex((other, index) => index > start && /^(?:END|REPORT) RequestId:/.test(other));
  return { error: (error ?? line).trim(), place: placeIn(lines.slice(start, end === -1 ? undefined : end)) };
}

function placeIn(lines: readonly string[]): string | undefined {
  for (const frame of frames) {
    // Python's innermost call stands last, JavaScript's first.
    const isPython = frame.source.startsWith("File");
    const all = lines.flatMap((line) => [...line.matchAll(new RegExp(frame, "g"))]);
    const own = all.filter(([text]) => !/node_modules|site-packages/.test(text));
    const found = isPython ? (own.at(-1) ?? all.at(-1)) : (own[0] ?? all[0]);
    if (found?.groups !== undefined) {
      return `${(found.groups["file"] ?? "").replace("/var/task/", "")}:${found.groups["line"]}`;
    }
  }
  return undefined;
}

function nodeError(json: string): string | undefined {
  const [, type] = /"errorType"\s*:\s*"([^"]*)"/.exec(json) ?? [];
  const [, message] = /"errorMessage"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(json) ?? [];
  return [type, message].filter(Boolean).join(": ") || undefined;
}
