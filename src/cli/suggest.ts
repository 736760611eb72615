import type { Argument, Option, Command as Program } from "commander";

export interface Suggestions {
  readonly candidates: readonly { readonly value: string; readonly description: string }[];
  /** Whether files may stand there too. */
  readonly files: boolean;
}

type Words = Readonly<Record<string, readonly string[]>>;

/** What may stand in place of the last word, which may be empty. `names` holds values by option or argument. */
export function suggest(program: Program, words: readonly string[], names: Words): Suggestions {
  const current = words.at(-1) ?? "";
  const { command, place, pending } = walk(program, words.slice(0, -1));
  const [flag = "", inline] = current.split("=", 2);
  const taker = pending ?? (inline === undefined ? undefined : findOption(program, command, flag));
  if (taker !== undefined)
    return values(taker.argChoices, names[nameOf(taker)], inline ?? current, takesPath(taker));
  if (current.startsWith("-")) return { candidates: optionsOf(program, command, current), files: false };
  if (command.commands.length > 0) {
    const candidates = command
      .createHelp()
      .visibleCommands(command)
      .filter((sub) => sub.name().startsWith(current))
      .map((sub) => ({ value: sub.name(), description: sub.summary() || sub.description() }));
    return { candidates, files: false };
  }
  const argument = argumentAt(command, place);
  if (argument === undefined) return { candidates: [], files: false };
  return values(argument.argChoices, names[argument.name()], current, argument.name() === "paths");
}

interface Walked {
  readonly command: Program;
  /** Arguments before the word. */
  readonly place: number;
  /** The option whose value the word is. */
  readonly pending: Option | undefined;
}

function walk(program: Program, words: readonly string[]): Walked {
  let command = program;
  let place = 0;
  let pending: Option | undefined;
  for (const word of words) {
    if (pending !== undefined && !word.startsWith("-")) {
      if (!pending.variadic) pending = undefined;
      continue;
    }
    pending = undefined;
    if (word.startsWith("-")) {
      const option = findOption(program, command, word);
      if (option?.required === true) pending = option;
      continue;
    }
    const sub = command.commands.find((candidate) => candidate.name() === word);
    if (sub === undefined) place += 1;
    else command = sub;
  }
  return { command, place, pending };
}

function findOption(program: Program, command: Program, word: string): Option | undefined {
  return [...command.options, ...program.options].find(
    (option) => option.long === word || option.short === word,
  );
}

function optionsOf(program: Program, command: Program, start: string): Suggestions["candidates"] {
  const options = command === program ? program.options : [...command.options, ...program.options];
  return options.flatMap(({ long, description }) =>
    long?.startsWith(start) === true ? [{ value: long, description }] : [],
  );
}

function argumentAt(command: Program, place: number): Argument | undefined {
  const last = command.registeredArguments.at(-1);
  return command.registeredArguments[place] ?? (last?.variadic === true ? last : undefined);
}

function values(
  choices: readonly string[] | undefined,
  names: readonly string[] | undefined,
  start: string,
  files: boolean,
): Suggestions {
  const known = choices ?? names ?? [];
  return {
    candidates: known.filter((value) => value.startsWith(start)).map((value) => ({ value, description: "" })),
    files,
  };
}

function nameOf(option: Option): string {
  return option.long?.replace(/^--/, "") ?? "";
}

function takesPath(option: Option): boolean {
  return option.flags.includes("path") || option.long === "--scripts";
}
