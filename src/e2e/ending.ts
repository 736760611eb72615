/** A frame of a Python traceback. */
export interface Frame {
  readonly path: string;
  readonly line: number;
  /** Whether the file belongs to the script's author, be it the script or a library of it. */
  readonly isOwn: boolean;
}

/** One exception, as Python, Java or Glue names it. */
export interface Thrown {
  /** As it was named, with its module or package where that was told. */
  readonly type?: string;
  readonly message: string;
}

/** How a run ended. */
export interface Ending extends Thrown {
  /** Glue's own category in ErrorMessage, such as OUT_OF_MEMORY_ERROR (Glue developer guide, monitor-observability). */
  readonly category?: string;
  /** Frames of the traceback that ended it, the outermost first. */
  readonly frames: readonly Frame[];
  /** Java exceptions below it, the innermost last. */
  readonly java: readonly Thrown[];
  /** The log lines that tell it. */
  readonly lines: readonly string[];
}

const frame = /^\s*File "([^"]+)", line (\d+)/;
const traceback = /Traceback \(most recent call last\)/;
/** `User: arn:… is not authorized` is a sentence of AWS and no exception. */
const named = /^(?!User: )((?:[A-Za-z_$][\w$]*\.)*[A-Z](?=[\w$]*[a-z])[\w$]*)(?::\s+|:?$)(.*)$/s;
const javaException =
  /^(?:Exception in thread "[^"]*" )?((?:[a-z_][\w$]*\.)+[A-Z][\w$]*(?:Exception|Error))(?:: (.*))?$/;
const causedBy = /^\s*Caused by: ((?:[\w$]+\.)*[A-Z][\w$]*)(?:: (.*))?$/;
/** What only says that something failed. */
const vague = /^(?:$|Command failed with exit code (?!137)|Job run failed|no error message)/i;
const calling = /^An error occurred while calling [\w.:$]+\.?\s*:?\s*/;
/** Files of Python, Spark and Glue themselves. */
const foreign =
  /^<|\/(?:site|dist)-packages\/|\/usr\/|\/opt\/|\/lib\/python|pyspark(?:\.zip)?\/|py4j|\/glue_sandbox\/|run_job\.py$|\/runpy\.py$/;

/** How a run ended: by its last exception; the log's last traceback where the error itself names none. */
export function endingOf(error: string, log: readonly string[]): Ending {
  const told = readError(error);
  const last = lastTraceback(log);
  const isVague = told.type === undefined && vague.test(told.message);
  if (last !== undefined && (isVague || isSame(told, last))) {
    const more = told.category === undefined ? {} : { category: told.category };
    // A service's own message is whole; Python's exception line in the log may be cut.
    return isVague ? { ...last, ...more } : { ...last, ...more, message: longer(told.message, last.message) };
  }
  if (isVague) {
    const java = lastJava(log);
    if (java !== undefined) return { ...told, ...java };
  }
  return told;
}

/** `AnalysisException` of `pyspark.errors.AnalysisException`. */
export function shortType(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

/** The exception as one line: its type and its message. */
export function textOf({ type, message }: Thrown): string {
  if (type === undefined) return message;
  return message === "" ? shortType(type) : `${shortType(type)}: ${message}`;
}

function readError(error: string): Ending {
  const category = /^Error Category: ?(\w+);/.exec(error)?.[1];
  const rest = error
    .replace(/^(?:(?:Error Category|Failed Line Number|Spark Error Class): ?[^;]*; ?)+/, "")
    .trim();
  const more = category === undefined ? {} : { category };
  return { ...thrownBy(rest), ...more, frames: [], java: [], lines: [] };
}

function thrownBy(text: string): Thrown {
  const match = named.exec(text);
  const type = match?.[1];
  const message = (type === undefined ? text : (match?.[2] ?? "")).trim();
  const called = message.replace(calling, "");
  if (called !== message || type?.endsWith("Py4JJavaError")) {
    const inner = named.exec(called.replace(/^o\d+\s*[.:]?\s*/, ""));
    if (inner?.[1] !== undefined) return { type: inner[1], message: (inner[2] ?? "").trim() };
    return { ...(type === undefined ? {} : { type }), message: called };
  }
  return type === undefined ? { message } : { type, message };
}

function isSame(told: Thrown, last: Ending): boolean {
  if (told.type !== undefined && last.type !== undefined) {
    if (shortType(told.type) === shortType(last.type)) return true;
    return last.java.some(({ type }) => type !== undefined && shortType(type) === shortType(told.type ?? ""));
  }
  if (told.type !== undefined) return false;
  return (
    told.message !== "" &&
    [last, ...last.java].some(({ message }) => message.startsWith(told.message.slice(0, 80)))
  );
}

/** Where the indented lines before a frame begin. */
function firstIndented(log: readonly string[], index: number): number {
  return log.slice(0, index).findLastIndex((line) => !/^\s/.test(line)) + 1;
}

function longer(told: string, logged: string): string {
  return told.length >= logged.length ? told : logged;
}

/** The exception of the last traceback: of a chain of them that is the one that was raised last. */
function lastTraceback(log: readonly string[]): Ending | undefined {
  const head = log.findLastIndex((line) => traceback.test(line));
  const bare = log.findLastIndex((line) => frame.test(line));
  if (bare === -1) return undefined;
  // A script that does not compile has a frame and no head.
  const start = head !== -1 && head < bare ? head + 1 : firstIndented(log, bare);
  const end = log.findIndex((line, index) => index >= Math.max(start, bare) && !/^\s|^$/.test(line));
  if (end === -1) return undefined;
  const frames = log.slice(start, end).flatMap((line) => {
    const match = frame.exec(line);
    if (match?.[1] === undefined) return [];
    return [{ path: match[1], line: Number(match[2]), isOwn: !foreign.test(match[1]) }];
  });
  const thrown = thrownBy((log[end] ?? "").trim());
  // Py4J puts the Java exception on the next line: ": java.lang.ArithmeticException: / by zero".
  const below = /^: ?((?:[\w$]+\.)+[\w$]+)(?:: (.*))?$/.exec(log[end + 1] ?? "");
  const first = below?.[1] === undefined ? [] : [{ type: below[1], message: below[2] ?? "" }];
  const stack = log.slice(end + 1);
  const over = stack.findIndex((line, index) => index > 0 && !/^(?:\s|$|:|Caused by:)/.test(line));
  const causes = (over === -1 ? stack : stack.slice(0, over)).flatMap((line) => {
    const match = causedBy.exec(line);
    return match?.[1] === undefined ? [] : [{ type: match[1], message: match[2] ?? "" }];
  });
  const lines = log.slice(start, end + 1);
  return { ...thrown, frames, java: [...first, ...causes], lines };
}

/** A Java exception that stands at the beginning of a line and is not told by a warning. */
function lastJava(log: readonly string[]): Pick<Ending, "type" | "message" | "java"> | undefined {
  for (let index = log.length - 1; index >= 0; index -= 1) {
    const match = javaException.exec(log[index] ?? "");
    if (match?.[1] === undefined || /\b(?:WARN(?:ING)?|INFO|DEBUG)\b/.test(log[index - 1] ?? "")) continue;
    const java = log.slice(index + 1).flatMap((line) => {
      const cause = causedBy.exec(line);
      return cause?.[1] === undefined ? [] : [{ type: cause[1], message: cause[2] ?? "" }];
    });
    return { type: match[1], message: match[2] ?? "", java };
  }
  return undefined;
}
