import type { AnyInputContract, Inputs } from "../contract/action.ts";
import type { CommandOutcome } from "../entries/command.ts";
import type { EntryHost } from "../entries/host.ts";

export interface Example {
  readonly command: string;
  /** What it does, as a phrase. */
  readonly what: string;
}

/** One command: its options come from the contract, so that they are the action's inputs. */
export interface Command {
  /** Words after the program's name: `releases list`. */
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly contract: AnyInputContract;
  /** Inputs whose values the command settles. */
  readonly preset?: Readonly<Record<string, string>>;
  /** Inputs that make no sense here. */
  readonly without?: readonly string[];
  /** Inputs that are given by place; `required` ones and a last one that takes several. */
  readonly positional?: readonly Positional[];
  /** Inputs that may be given empty, for that means something: an empty one is refused otherwise. */
  readonly mayBeEmpty?: readonly string[];
  readonly examples: readonly Example[];
  readonly run: (host: EntryHost<never>) => Promise<CommandOutcome>;
}

export interface Positional {
  readonly input: string;
  readonly shown: string;
  readonly required?: boolean;
  readonly many?: boolean;
  /** Whether it may be given as an option too. */
  readonly option?: boolean;
}

interface TypedCommand<C extends AnyInputContract> extends Omit<Command, "contract" | "run"> {
  readonly contract: C;
  readonly run: (host: EntryHost<Inputs<C>>) => Promise<CommandOutcome>;
}

/** Keeps a command's entry and contract of one type. */
export function defineCommand<C extends AnyInputContract>(command: TypedCommand<C>): Command {
  return command as Command;
}
