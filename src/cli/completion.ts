import { script } from "@bomb.sh/tab";
import { Argument, type Command as Program } from "commander";
import { manifestWords } from "./manifest-words.ts";
import { programName } from "./program.ts";
import { suggest } from "./suggest.ts";
import type { Output } from "./terminal.ts";

const shells = ["bash", "zsh", "fish", "powershell"] as const;

const help = `
Examples:
  # this shell only
  source <(${programName} completion bash)
  # every new shell
  echo 'source <(${programName} completion bash)' >> ~/.bashrc
  echo 'source <(${programName} completion zsh)' >> ~/.zshrc
  ${programName} completion fish > ~/.config/fish/completions/${programName}.fish`;

/** The command that prints a shell's completion script, and the hidden one which that script asks for suggestions. */
export function addCompletion(
  program: Program,
  options: { readonly stdout: Output; readonly currentFolder: string },
): void {
  program
    .command("completion")
    .summary("print the completion script of a shell")
    .description("Prints a script that makes the shell complete commands, options and your manifest's names.")
    .addArgument(new Argument("<shell>", "The shell").choices(shells))
    .addHelpText("after", help)
    .action((shell: string) => script(shell, programName, programName));
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action(async (words: readonly string[]) => {
      const names = await manifestWords(options.currentFolder);
      const { candidates, files } = suggest(program, words, names);
      const lines = candidates.map(({ value, description }) => `${value}\t${description}`);
      // the protocol's last line: 0 lets the shell add files, 4 doesn't
      options.stdout.write(`${[...lines, files ? ":0" : ":4"].join("\n")}\n`);
    });
}
