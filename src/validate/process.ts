import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { ToolkitError } from "../base/errors.ts";

/** How a process of the checker went; its lines were handed over while it ran. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly killedBy: string | null;
  /** Why we ended it ourselves, if we did. */
  readonly stopped: "idle" | "flooded" | undefined;
  readonly stderr: string;
}

export interface ProcessOptions {
  /** Absolute path of the interpreter itself, no shim. */
  readonly interpreter: string;
  readonly checkerFolder: string;
  readonly input: string;
  readonly onLine: (line: string) => void;
  /** Limit in milliseconds between two lines. */
  readonly idleMilliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

const outputLimit = 256 * 1024 * 1024;
const stderrLimit = 4_000;

/**
 * Runs the checker in a Python that sees nothing of the user's: no environment, no site packages, no working folder on
 * its path, no byte code written. Resolves however the process ends.
 * @throws ToolkitError `python-unusable` when the interpreter can't be started; the signal's reason when it is aborted.
 */
export function runChecker(options: ProcessOptions): Promise<ProcessEnd> {
  const { interpreter, checkerFolder, signal } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(interpreter, ["-I", "-S", "-B", "-W", "ignore", join(checkerFolder, "main.py")], {
      env: isolatedEnvironment(interpreter),
      cwd: checkerFolder,
      detached: true, // a group of its own, so that whatever an interpreter's wrapper starts ends with it
    });
    let stopped: ProcessEnd["stopped"];
    const stop = (why: ProcessEnd["stopped"]): void => {
      stopped ??= why;
      killTree(child);
    };
    const idle = setTimeout(() => stop("idle"), options.idleMilliseconds);
    const abort = (): void => killTree(child);
    signal?.addEventListener("abort", abort);
    const stderr = collectStart(child.stderr, stderrLimit);
    splitLines(
      child.stdout,
      () => stop("flooded"),
      (line) => {
        idle.refresh();
        options.onLine(line);
      },
    );
    child.stdin.on("error", () => undefined); // an interpreter that doesn't read its input is judged by its answers
    child.stdin.end(options.input);
    const finish = (): void => {
      clearTimeout(idle);
      signal?.removeEventListener("abort", abort);
    };
    child.once("error", (cause) => {
      finish();
      reject(unusable(interpreter, `can't be started: ${cause.message}`, cause));
    });
    child.once("exit", () => killTree(child)); // a helper that outlives its interpreter would hold our pipes open
    child.once("close", (exitCode, killedBy) => {
      finish();
      if (signal?.aborted) reject(signal.reason);
      else resolve({ exitCode, killedBy, stopped, stderr: stderr() });
    });
  });
}

/** Ends a process and all that it started; one that is gone already is left alone. */
function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // gone, or Windows, which has no groups
    child.kill("SIGKILL");
  }
}

/** The error for an interpreter that isn't one. */
export function unusable(interpreter: string, why: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    code: "python-unusable",
    message: `the Python interpreter ${interpreter} ${why}`,
    remedy: "Give a working CPython in the input `python`, or install one with actions/setup-python.",
    source: "user",
    cause,
  });
}

/**
 * Only what lets an interpreter find its own shared library, as those of the runner's tool cache need it, and what spares
 * glibc from giving the memory of each script's syntax tree back to the system before the next one asks for it.
 */
function isolatedEnvironment(interpreter: string): Record<string, string> {
  const library = join(dirname(dirname(interpreter)), "lib");
  return {
    LD_LIBRARY_PATH: library,
    DYLD_LIBRARY_PATH: library,
    MALLOC_TRIM_THRESHOLD_: String(32 * 1024 ** 2),
    MALLOC_TOP_PAD_: String(4 * 1024 ** 2),
  };
}

function collectStart(stream: NodeJS.ReadableStream, limit: number): () => string {
  let text = "";
  stream.on("data", (chunk: Buffer) => {
    text += chunk.toString("utf8").slice(0, limit - text.length);
  });
  return () => text;
}

function splitLines(
  stream: NodeJS.ReadableStream,
  flooded: () => void,
  onLine: (line: string) => void,
): void {
  let rest: Buffer[] = [];
  let total = 0;
  stream.on("data", (chunk: Buffer) => {
    total += chunk.length;
    if (total > outputLimit) return flooded();
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      onLine(Buffer.concat([...rest, chunk.subarray(start, end)]).toString("utf8"));
      rest = [];
      start = end + 1;
    }
    rest.push(chunk.subarray(start));
  });
}
