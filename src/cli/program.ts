import { Command as Program } from "commander";
import { documentation, version } from "../entries/version.ts";
import type { Command } from "./command.ts";
import { addContractOptions, rawInputsOf } from "./contract-options.ts";
import { exitCodeMeanings } from "./exit-codes.ts";

export const programName = "glue-toolkit";

/** The options of every command. */
export interface GlobalOptions {
  readonly json: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly directory: string | undefined;
}

export type Invocation = (
  command: Command,
  inputs: Readonly<Record<string, string>>,
  options: GlobalOptions,
) => Promise<void>;

const groups: Readonly<Record<string, string>> = { releases: "look at the releases of an environment" };

/** The whole command line; `invoke` is called with what was given to the command that was named. */
export function buildProgram(commands: readonly Command[], invoke: Invocation): Program {
  const program = new Program(programName)
    .description("Validates, deploys and tests AWS Glue jobs from glue-pipeline.yml.")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "explain a command, with examples")
    .option("--json", "print the result as one JSON document, and nothing else, on stdout")
    .option("-v, --verbose", "log every step on stderr, calls to AWS included")
    .option("-q, --quiet", "log warnings alone")
    .option("-C, --directory <path>", "work in this folder instead of the current one")
    .configureHelp({ showGlobalOptions: true })
    .addHelpText("after", `\n${programHelp()}`)
    .showSuggestionAfterError(true)
    .exitOverride();
  for (const command of commands) addCommand(program, command, invoke);
  return program;
}

function addCommand(program: Program, command: Command, invoke: Invocation): void {
  const words = command.name.split(" ");
  const name = words.pop() ?? command.name;
  const sub = groupOf(program, words[0])
    .command(name)
    .summary(command.summary)
    .description(command.description)
    .addHelpText("after", `\n${commandHelp(command)}`);
  addContractOptions(sub, command);
  sub.action(async (...given: unknown[]) => {
    const args = given.slice(0, -2);
    await invoke(command, rawInputsOf(command, args, sub.opts()), globalOptionsOf(program));
  });
}

function groupOf(program: Program, name: string | undefined): Program {
  if (name === undefined) return program;
  const known = program.commands.find((command) => command.name() === name);
  return known ?? program.command(name).description(groups[name] ?? "");
}

/** What the options before and after the command say together. */
export function globalOptionsOf(program: Program): GlobalOptions {
  const { json, verbose, quiet, directory } = program.opts();
  return { json: json === true, verbose: verbose === true, quiet: quiet === true, directory };
}

function commandHelp(command: Command): string {
  const examples = command.examples.map(({ command: line, what }) => `  # ${what}\n  ${programName} ${line}`);
  return `Examples:\n${examples.join("\n")}\n\nMore: ${documentation}/docs/cli.md`;
}

function programHelp(): string {
  const codes = exitCodeMeanings.map(([code, meaning]) => `  ${String(code).padEnd(4)} ${meaning}`);
  return [
    "Start here:",
    `  ${programName} init --scripts glue_jobs   # writes glue-pipeline.yml and the workflows`,
    `  ${programName} validate                   # checks the scripts; needs no AWS`,
    `  ${programName} plan --environment dev     # shows what a deploy would change`,
    `  ${programName} help deploy                # explains a command`,
    "",
    "Exit codes:",
    ...codes,
    "",
    "AWS credentials, region endpoints and profiles are found as the AWS CLI finds them.",
    "Colours follow NO_COLOR and FORCE_COLOR; in a pipe there are none.",
    `More: ${documentation}/docs/cli.md`,
  ].join("\n");
}
