import { CommanderError, type Command as Program } from "commander";
import type { Clock } from "../base/clock.ts";
import { ToolkitError } from "../base/errors.ts";
import { logJson } from "../base/log-text.ts";
import type { CommandOutcome } from "../entries/command.ts";
import type { Command } from "./command.ts";
import { addCompletion } from "./completion.ts";
import { confirmOn } from "./confirm.ts";
import { errorsDocument, errorsText } from "./errors.ts";
import { exitCodeOf, exitCodes } from "./exit-codes.ts";
import { buildProgram, type GlobalOptions, programName } from "./program.ts";
import { progressView } from "./progress-view.ts";
import { runCommand } from "./run-command.ts";
import { stopOnSignals } from "./signals.ts";
import { type Output, paintFor, printable } from "./terminal.ts";

export interface MainOptions {
  readonly commands: readonly Command[];
  readonly args: readonly string[];
  readonly stdout: Output;
  readonly stderr: Output;
  /** Where a question can be answered; without it none is asked. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly environment: NodeJS.ProcessEnv;
  readonly currentFolder: string;
  readonly checkerFolder: string;
  readonly clock: Clock;
}

/** The command line from its arguments to its exit code; the one place where results and errors are printed. */
export async function main(options: MainOptions): Promise<number> {
  const { args, stdout, stderr, environment } = options;
  let exitCode: number = exitCodes.success;
  const program = buildProgram(options.commands, async (command, inputs, given) => {
    exitCode = await execute(command, inputs, given, options);
  });
  addCompletion(program, options);
  quieten(program, options);
  if (args.length === 0) {
    stderr.write(program.helpInformation());
    return exitCodes.usage;
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return exitCode;
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.success;
    if (thrown instanceof CommanderError && thrown.code === "commander.help") return exitCodes.usage;
    const error = thrown instanceof CommanderError ? usageError(thrown) : thrown;
    if (args.includes("--json")) stdout.write(logJson(`${JSON.stringify(errorsDocument(error), null, 2)}\n`));
    stderr.write(printable(`${errorsText(error, paintFor(stderr, environment))}\n`));
    return exitCodeOf(error);
  }
}

async function execute(
  command: Command,
  inputs: Readonly<Record<string, string>>,
  given: GlobalOptions,
  options: MainOptions,
): Promise<number> {
  const { stdout, stderr, environment } = options;
  const errorPaint = paintFor(stderr, environment);
  const view = progressView({
    stderr,
    paint: errorPaint,
    verbose: given.verbose,
    quiet: given.quiet,
    moving: stderr.isTTY === true && environment["TERM"] !== "dumb" && !environment["CI"],
  });
  const stopping = stopOnSignals((text) => stderr.write(`${errorPaint.yellow(text)}\n`));
  try {
    const confirm = given.json ? undefined : confirmOn(options.stdin, stderr, environment, view.stop);
    const surroundings = { ...options, progress: view.progress, signal: stopping.signal, confirm };
    const outcome = await runCommand(command, inputs, given.directory, surroundings);
    view.stop();
    print(outcome, given, options);
    return outcome.failure === undefined ? exitCodes.success : (stopping.exitCode() ?? exitCodes.failed);
  } catch (thrown) {
    view.stop();
    if (given.json) stdout.write(logJson(`${JSON.stringify(errorsDocument(thrown), null, 2)}\n`));
    stderr.write(printable(`${errorsText(thrown, errorPaint)}\n`));
    return stopping.exitCode() ?? exitCodeOf(thrown);
  } finally {
    stopping.end();
  }
}

function print(
  { views, failure }: CommandOutcome,
  { json }: GlobalOptions,
  { stdout, stderr, environment }: MainOptions,
): void {
  stdout.write(json ? logJson(views.json()) : printable(`${views.text(paintFor(stdout, environment))}\n`));
  if (failure !== undefined)
    stderr.write(printable(`${paintFor(stderr, environment).red("failed:")} ${failure}\n`));
}

/** Commander's own words go where ours go, and its errors are printed as ours are. */
function quieten(program: Program, { stdout, stderr }: MainOptions): void {
  const settings = {
    writeOut: (text: string) => void stdout.write(text),
    writeErr: (text: string) => void stderr.write(text),
    outputError: () => undefined,
  };
  const visit = (command: Program): void => {
    command.configureOutput(settings).exitOverride();
    command.commands.forEach(visit);
  };
  visit(program);
}

function usageError(thrown: CommanderError): ToolkitError {
  const [first = "", ...others] = thrown.message.replace(/^error: /, "").split("\n");
  const suggestion = others.join(" ").replace(/^\((.*)\)$/, " $1");
  return new ToolkitError({
    code: "usage",
    message: `${first}.${suggestion}`.replace("..", "."),
    remedy: `See ${programName} --help, or ${programName} help COMMAND.`,
    source: "user",
  });
}
