import type { Command } from "../src/cli/command.ts";
import { offeredInputs, optionDescription, optionFlags } from "../src/cli/contract-options.ts";
import { exitCodeMeanings } from "../src/cli/exit-codes.ts";
import { programName } from "../src/cli/program.ts";

/** Sections of docs/cli.md, from the definitions of the commands. */
export function cliSections(commands: readonly Command[]): Readonly<Record<string, string>> {
  const codes = exitCodeMeanings.map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return {
    commands: commands.map(commandSection).join("\n\n"),
    "exit-codes": ["| code | meaning |", "|---|---|", ...codes].join("\n"),
  };
}

function commandSection(command: Command): string {
  const places = (command.positional ?? []).map(({ shown, required, many }) => {
    const name = `${shown}${many === true ? "..." : ""}`;
    return required === true ? `<${name}>` : `[${name}]`;
  });
  const usage = [programName, command.name, ...places, "[options]"].join(" ");
  const examples = command.examples.map(({ command: line, what }) => `# ${what}\n${programName} ${line}`);
  return [
    `### ${command.name}`,
    command.description,
    `\`\`\`text\n${usage}\n\`\`\``,
    [...(places.length > 0 ? positionalTable(command) : []), ...optionTable(command)].join("\n"),
    `\`\`\`sh example\n${examples.join("\n")}\n\`\`\``,
  ].join("\n\n");
}

function positionalTable(command: Command): string[] {
  const rows = (command.positional ?? []).map(({ input, shown }) => {
    const { description = "", choices, default: fallback } = command.contract.inputs[input] ?? {};
    return `| \`${shown}\` | ${escaped(description)} | ${code(choices)} | ${code(fallback === undefined ? [] : [fallback])} |`;
  });
  return ["| argument | what | values | default |", "|---|---|---|---|", ...rows, ""];
}

function optionTable(command: Command): string[] {
  const rows = offeredInputs(command).map(([name, input]) => {
    const isFlag = input.kind === "flag";
    const values = isFlag ? "" : code(input.choices);
    const fallback = isFlag ? "" : code(input.default === undefined ? [] : [input.default]);
    return `| \`${optionFlags(name, input)}\` | ${escaped(optionDescription(input))} | ${values} | ${fallback} |`;
  });
  return ["| option | what | values | default |", "|---|---|---|---|", ...rows];
}

function code(values: readonly string[] | undefined): string {
  return (values ?? []).map((value) => `\`${value}\``).join(", ");
}

function escaped(text: string): string {
  return text.replaceAll("<", "\\<").replaceAll("|", "\\|");
}
