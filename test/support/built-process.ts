import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { ActionName } from "./action.ts";
import { actionEntry, coverageEnvironment } from "./processes.ts";

/** A built action as a process that can be signalled while it runs. */
export interface BuiltProcess {
  readonly child: ChildProcess;
  /** Exit code or signal, and all it wrote. */
  readonly ended: Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly log: string;
  }>;
}

/** Starts a built action with nothing in its environment but what is given. */
export function startBuilt(
  action: ActionName,
  workspace: string,
  environment: Readonly<Record<string, string>>,
): BuiltProcess {
  const child = spawn(process.execPath, [actionEntry(action)], {
    cwd: workspace,
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      GITHUB_WORKSPACE: workspace,
      ...coverageEnvironment,
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const ended = once(child, "close").then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as string | null,
    log,
  }));
  return { child, ended };
}
