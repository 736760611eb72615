import { exitCodes } from "./exit-codes.ts";
import { cancelled } from "./run-command.ts";

export interface Stopping {
  readonly signal: AbortSignal;
  /** The exit code of the signal that came; undefined while none did. */
  readonly exitCode: () => number | undefined;
  readonly end: () => void;
}

const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/** The first signal asks the command to stop in order, as a cancelled workflow run does; a second one ends it at once. */
export function stopOnSignals(tell: (text: string) => void): Stopping {
  const abort = new AbortController();
  let exitCode: number | undefined;
  const onSignal = (name: "SIGINT" | "SIGTERM"): void => {
    if (exitCode !== undefined) process.exit(exitCode);
    exitCode = codes[name];
    tell("Stopping: what was begun is undone or stopped first. Once more ends it at once.");
    abort.abort(cancelled(name));
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    signal: abort.signal,
    exitCode: () => exitCode,
    end: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}
