import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const GRACE_MS = 2000;

export interface PythonProcess {
  /** Resolves when the process is gone and its lines are delivered: its exit code, null when killed. */
  readonly exit: Promise<number | null>;
  /** Ends the whole process group: politely, then not. */
  kill(): void;
}

export interface PythonCommand {
  readonly python: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly onLine: (stream: "stdout" | "stderr", line: string) => void;
}

/** Runs Python in its own process group, so that a JVM it started goes with it. */
export function spawnPython(command: PythonCommand): PythonProcess {
  const child = spawn(command.python, command.args, {
    cwd: command.cwd,
    env: { ...inheritedEnvironment(), ...command.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const drained = [
    readLines(child.stdout, (line) => command.onLine("stdout", line)),
    readLines(child.stderr, (line) => command.onLine("stderr", line)),
  ];
  return { exit: exitOf(child, drained), kill: () => killGroup(child) };
}

async function exitOf(child: ChildProcess, drained: readonly Promise<void>[]): Promise<number | null> {
  const [code] = (await once(child, "exit")) as [number | null];
  signalGroup(child, "SIGKILL");
  await Promise.all(drained);
  return code;
}

async function readLines(stream: Readable, onLine: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY }))
    onLine(line);
}

function killGroup(child: ChildProcess): void {
  signalGroup(child, "SIGTERM");
  const timer = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS);
  child.once("exit", () => clearTimeout(timer));
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

/** What a job may see of this machine: no AWS settings but the sandbox's. */
function inheritedEnvironment(): Record<string, string> {
  const names = ["PATH", "HOME", "LANG", "TMPDIR", "JAVA_HOME"];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
