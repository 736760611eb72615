import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Clock } from "../base/clock.ts";
import { ToolkitError } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import { type Inputs, parseInputs } from "../contract/action.ts";
import type { CommandOutcome } from "../entries/command.ts";
import { readContext } from "../github/context.ts";
import type { Command } from "./command.ts";
import { optionWording } from "./contract-options.ts";
import { originRepository } from "./origin-repository.ts";

export interface Surroundings {
  readonly environment: NodeJS.ProcessEnv;
  readonly currentFolder: string;
  readonly checkerFolder: string;
  readonly clock: Clock;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Missing where nobody sits at a terminal. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined;
}

/**
 * Runs a command with the inputs' text. The folder it works in is the one that was named or the current one, inside a
 * workflow too.
 * @throws ToolkitError
 */
export function runCommand(
  command: Command,
  raw: Readonly<Record<string, string>>,
  directory: string | undefined,
  surroundings: Surroundings,
): Promise<CommandOutcome> {
  const { environment, clock, progress, signal, checkerFolder, confirm } = surroundings;
  const inputs = parseInputs(command.contract, raw, optionWording) as Inputs<never>;
  const workspace = resolve(surroundings.currentFolder, directory ?? ".");
  if (directory !== undefined) assertFolder(directory, workspace);
  const { GITHUB_WORKSPACE: _, ...others } = environment;
  const found = readContext(others, workspace);
  const context = { ...found, workspace, repository: found.repository ?? originRepository(workspace) };
  signal.throwIfAborted();
  return command.run({ inputs, context, environment, checkerFolder, signal, progress, clock, confirm });
}

function assertFolder(given: string, absolute: string): void {
  if (isFolder(absolute)) return;
  throw new ToolkitError({
    code: "folder-not-found",
    message: `-C ${given}: there is no such folder`,
    remedy: "Name the folder that holds the manifest, relative to the current one.",
    source: "user",
  });
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/** Where the checker's Python files lie: beside the bundle, or in the source tree. */
export function checkerFolderOf(moduleFolder: string, isBundle: boolean): string {
  return join(moduleFolder, isBundle ? "checker" : "validate/checker");
}

/** A run that a signal stopped. */
export function cancelled(signal: string): ToolkitError {
  return new ToolkitError({
    code: "cancelled",
    message: `the command was stopped (${signal})`,
    remedy: "Start it again when you are ready.",
    source: "user",
  });
}
