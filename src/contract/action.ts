import type * as z from "zod";
import { ToolkitError, throwAll } from "../base/errors.ts";
import { didYouMean } from "../base/nearest.ts";
import { type Input, refusal } from "./input.ts";

export interface Output {
  readonly description: string;
  readonly schema: z.ZodType<string>;
}

/** What can be given to an action or a command. */
export interface InputContract<I extends Readonly<Record<string, Input<unknown>>>> {
  /** The action's folder under actions/, or the command's name. */
  readonly id: string;
  readonly inputs: I;
}

export type AnyInputContract = InputContract<Readonly<Record<string, Input<unknown>>>>;

/** Everything that is promised about one action: action.yml, README tables and parsing come from it. */
export interface ActionContract<
  I extends Readonly<Record<string, Input<unknown>>>,
  O extends Readonly<Record<string, Output>>,
> extends InputContract<I> {
  readonly name: string;
  readonly description: string;
  readonly branding: { readonly icon: string; readonly color: string };
  readonly outputs: O;
}

export type Inputs<C> =
  C extends InputContract<infer I>
    ? { readonly [K in keyof I]: I[K] extends Input<infer T> ? T : never }
    : never;

export type Outputs<C> =
  C extends ActionContract<infer _I, infer O> ? { readonly [K in keyof O]: z.infer<O[K]["schema"]> } : never;

/** Keeps the literal types of a contract. */
export function defineInputs<const I extends Readonly<Record<string, Input<unknown>>>>(
  contract: InputContract<I>,
): InputContract<I> {
  return contract;
}

/** The inputs of an action as text, by name; what is missing counts as empty. */
export type RawInputs = Readonly<Record<string, string>>;

/** Keeps the literal types of a contract. */
export function defineAction<
  const I extends Readonly<Record<string, Input<unknown>>>,
  const O extends Readonly<Record<string, Output>>,
>(contract: ActionContract<I, O>): ActionContract<I, O> {
  return contract;
}

/** How a host names an input to its user: `input fail-on` in a workflow, `--fail-on` on a command line. */
export interface InputWording {
  readonly name: (input: string) => string;
  /** What to do about a value that is not allowed. */
  readonly remedy: (input: string) => string;
}

const workflowWording: InputWording = {
  name: (input) => `input ${input}`,
  remedy: (input) => `Set ${input} in the workflow's "with:" block as its README says.`,
};

/**
 * Parses an action's inputs.
 * @throws ToolkitError `invalid-input` or `unknown-input`; several at once as ToolkitErrors.
 */
export function parseInputs<C extends AnyInputContract>(
  contract: C,
  raw: RawInputs,
  wording: InputWording = workflowWording,
): Inputs<C> {
  const known = Object.keys(contract.inputs);
  const errors = Object.keys(raw)
    .filter((name) => !known.includes(name))
    .map((name) => unknownInput(contract.id, name, known));
  const parsed = Object.entries(contract.inputs).map(([name, input]) => {
    const value = (raw[name] ?? "").trim();
    try {
      return [name, input.parse(value)];
    } catch (thrown) {
      errors.push(invalidInput(name, value, refusal(input, thrown), wording));
      return [name, undefined];
    }
  });
  throwAll(`inputs of ${contract.id}`, errors);
  return Object.fromEntries(parsed) as Inputs<C>;
}

function unknownInput(action: string, name: string, known: readonly string[]): ToolkitError {
  return new ToolkitError({
    code: "unknown-input",
    message: `${action} has no input "${name}".${didYouMean(name, known)}`,
    remedy: `Inputs of ${action}: ${known.join(", ")}.`,
    source: "user",
  });
}

function invalidInput(name: string, value: string, why: string, wording: InputWording): ToolkitError {
  return new ToolkitError({
    code: "invalid-input",
    message: `${wording.name(name)}: "${value}" ${why.startsWith("must") ? why : `is not allowed: ${why}`}`,
    remedy: wording.remedy(name),
    source: "user",
  });
}
