import { join } from "node:path";
import { execa, type ResultPromise } from "execa";
import { systemClock } from "../../src/base/clock.ts";
import { commands } from "../../src/cli/commands.ts";
import { main } from "../../src/cli/main.ts";
import { coverageEnvironment } from "./processes.ts";

const entry = join(import.meta.dirname, "../../src/cli.ts");

type Environment = Readonly<Record<string, string | undefined>>;

const execution = (folder: string, environment: Environment) =>
  ({
    cwd: folder,
    extendEnv: false,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...coverageEnvironment, ...environment },
    reject: false,
  }) as const;

/** Runs the command line in this process, its outputs as those of a pipe. AWS is found by this process's environment. */
export async function runCli(
  folder: string,
  args: readonly string[],
  environment: Environment = {},
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const written = { stdout: "", stderr: "" };
  const pipe = (name: keyof typeof written) => ({ write: (text: string) => (written[name] += text) });
  const exitCode = await main({
    commands,
    args,
    stdout: pipe("stdout"),
    stderr: pipe("stderr"),
    environment: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
    currentFolder: folder,
    checkerFolder: join(import.meta.dirname, "../../src/validate/checker"),
    clock: systemClock,
  });
  return { exitCode, ...written };
}

/** Starts it as a process of its own, its outputs piped, to be talked to while it runs. */
export function startCli(
  folder: string,
  args: readonly string[],
  environment: Environment = {},
): ResultPromise<ReturnType<typeof execution>> {
  return execa(process.execPath, [entry, ...args], execution(folder, environment));
}

/** Runs it on a terminal of its own; gives all that the terminal was sent. */
export async function runOnTerminal(
  folder: string,
  args: readonly string[],
  environment: Environment = {},
): Promise<string> {
  const spawn = "import pty, sys; pty.spawn(sys.argv[1:])";
  const command = ["-c", spawn, process.execPath, entry, ...args];
  const result = await execa(
    "python3",
    command,
    execution(folder, { TERM: "xterm-256color", ...environment }),
  );
  return result.stdout;
}
