import { Argument, Option, type Command as Program } from "commander";
import { ToolkitError } from "../base/errors.ts";
import type { InputWording, RawInputs } from "../contract/action.ts";
import type { Input } from "../contract/input.ts";
import type { Command } from "./command.ts";

/** What a command settles of the inputs that only a workflow run has a use for: nothing is written to GitHub. */
export const withoutGitHub: Readonly<Record<string, string>> = { comment: "never", "github-token": "" };

/** How errors name an option. */
export const optionWording: InputWording = {
  name: (input) => `--${input}`,
  remedy: (input) => `See --help for what --${input} takes.`,
};

/** The inputs that the command offers as options, in the contract's order. */
export function offeredInputs(command: Command): readonly (readonly [name: string, input: Input<unknown>])[] {
  const hidden = new Set([
    ...Object.keys(command.preset ?? {}),
    ...(command.without ?? []),
    ...(command.positional ?? []).filter(({ option }) => option !== true).map(({ input }) => input),
  ]);
  return Object.entries(command.contract.inputs).filter(([name]) => !hidden.has(name));
}

/** Gives a program the command's options and arguments. */
export function addContractOptions(program: Program, command: Command): void {
  for (const positional of command.positional ?? []) {
    const input = command.contract.inputs[positional.input];
    const name = `${positional.shown}${positional.many === true ? "..." : ""}`;
    const argument = new Argument(
      positional.required === true ? `<${name}>` : `[${name}]`,
      describe(input, positional.required === true),
    );
    if (input?.choices !== undefined) argument.choices(input.choices);
    program.addArgument(argument);
  }
  for (const [name, input] of offeredInputs(command)) program.addOption(optionOf(name, input));
}

/** An option as it is written: `--fail-on <value>`, or `--no-validate` for what is on by default. */
export function optionFlags(name: string, input: Input<unknown>): string {
  if (input.kind === "flag") return input.default === "true" ? `--no-${name}` : `--${name}`;
  const value = valueName(name, input.choices !== undefined);
  const short = name.endsWith("-step") ? `--${name.replace("-step", "")}, ` : "";
  return `${short}--${name} <${value}${input.kind === "list" ? "..." : ""}>`;
}

/** What an option is for, its default aside. */
export function optionDescription(input: Input<unknown>): string {
  if (input.kind === "list") return `${input.description}; may be repeated`;
  const isOn = input.kind === "flag" && input.default === "true";
  return isOn ? `${input.description} (on by default; this turns it off)` : input.description;
}

function optionOf(name: string, input: Input<unknown>): Option {
  const flags = optionFlags(name, input);
  const hasDefault = input.kind === undefined && input.default !== undefined;
  const fallback = hasDefault ? ` (default: ${input.default})` : "";
  const option = new Option(flags, `${optionDescription(input)}${fallback}`);
  return input.choices === undefined || input.kind === "flag" ? option : option.choices(input.choices);
}

function describe(input: Input<unknown> | undefined, required: boolean): string {
  if (input === undefined) return "";
  return input.default === undefined || required
    ? input.description
    : `${input.description} (default: ${input.default})`;
}

/** The word that stands for a value: `--manifest <path>`. */
function valueName(name: string, hasChoices = false): string {
  if (hasChoices) return "value";
  if (/file$|^manifest$|^report-dir$|^download-to$|^python$/.test(name)) return "path";
  if (/^keep-|^max-|^limit$/.test(name)) return "number";
  if (name === "timeout") return "duration";
  return name.split("-").at(-1) ?? "value";
}

/**
 * What was given on the command line as the inputs' text, as a workflow would give it.
 * @throws ToolkitError `invalid-input` for an empty argument or option: it is mostly a variable that is not set, and to
 *   leave it out may mean everything
 */
export function rawInputsOf(
  command: Command,
  args: readonly unknown[],
  options: Readonly<Record<string, unknown>>,
): RawInputs {
  const raw: Record<string, string> = { ...command.preset };
  for (const [index, { input }] of (command.positional ?? []).entries()) {
    assertFilled(command, input, args[index], `argument "${input}"`);
    const value = textOf(args[index]);
    if (value !== undefined) raw[input] = value;
  }
  for (const [name] of offeredInputs(command)) {
    assertFilled(command, name, options[attributeOf(name)], `option ${optionWording.name(name)}`);
    const value = textOf(options[attributeOf(name)]);
    if (value !== undefined) raw[name] = raw[name] === undefined ? value : `${raw[name]}\n${value}`;
  }
  return raw;
}

function assertFilled(command: Command, input: string, given: unknown, shown: string): void {
  const values = Array.isArray(given) ? given : [given];
  if (command.mayBeEmpty?.includes(input) === true || values.every((value) => value !== "")) return;
  throw new ToolkitError({
    code: "invalid-input",
    message: `The ${shown} is empty`,
    remedy: "Give it a value, or leave it out. A variable in the command may not be set.",
    source: "user",
  });
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return Array.isArray(value) ? value.join("\n") : String(value);
}

/** Commander's name of an option's value. */
function attributeOf(name: string): string {
  return new Option(`--${name}`).attributeName();
}
