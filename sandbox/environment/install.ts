import { join } from "node:path";
import { execa } from "execa";
import { SandboxError } from "../errors.ts";
import type { Python } from "./find-python.ts";

const requirements = join(import.meta.dirname, "..", "spark");

/** One call of pip, and the words for it. */
interface Step {
  readonly label: string;
  readonly arguments: readonly string[];
}

const steps: readonly Step[] = [
  { label: "build tools", arguments: ["-r", join(requirements, "requirements-build.txt")] },
  {
    label: "PySpark, MiniStack, DuckDB and Arrow (some 400 MB)",
    arguments: ["--no-build-isolation", "-r", join(requirements, "requirements.txt")],
  },
  {
    label: "awsglue's getResolvedOptions",
    arguments: [
      "--no-deps",
      "--ignore-requires-python",
      "-r",
      join(requirements, "requirements-awsglue.txt"),
    ],
  },
];

const javaStep: Step = {
  label: "Java 17, since this machine has none that Spark runs on",
  arguments: ["-r", join(requirements, "requirements-java.txt")],
};

/** The files whose content decides whether an environment is still the right one. */
export const requirementFiles: readonly string[] = ["-build", "", "-awsglue", "-java"].map((part) =>
  join(requirements, `requirements${part}.txt`),
);

export interface InstallOptions {
  readonly folder: string;
  readonly python: Python;
  readonly withJava: boolean;
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes a virtual environment and installs the pinned, hashed requirements into it.
 * @throws SandboxError with pip's last lines
 */
export async function install(options: InstallOptions): Promise<void> {
  const { folder, python, progress } = options;
  progress(`Python ${python.version} (${python.executable})`);
  await run(options, python.executable, ["-m", "venv", "--clear", folder], "a virtual environment");
  const pip = ["-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--require-hashes"];
  for (const step of options.withJava ? [...steps, javaStep] : steps) {
    progress(`installing ${step.label}`);
    await run(options, join(folder, "bin", "python"), [...pip, ...step.arguments], step.label);
  }
}

async function run(
  options: InstallOptions,
  command: string,
  args: readonly string[],
  label: string,
): Promise<void> {
  const child = execa(command, args, {
    env: { ...options.environment, PYTHONDONTWRITEBYTECODE: "", PIP_PROGRESS_BAR: "off" },
    extendEnv: false,
    all: true,
    reject: false,
    ...(options.signal ? { cancelSignal: options.signal } : {}),
  });
  const tail: string[] = [];
  for await (const line of child.iterable({ from: "all" })) {
    tail.push(line);
    if (tail.length > 12) tail.shift();
    if (/^\s*(Downloading|Building wheel|Installing collected)/.test(line))
      options.progress(`  ${line.trim().slice(0, 100)}`);
  }
  const result = await child;
  options.signal?.throwIfAborted();
  if (result.exitCode === 0) return;
  throw new SandboxError(
    `installing ${label} failed (${result.shortMessage}):\n${tail.map((line) => `  ${line}`).join("\n")}\n`,
    "Look at pip's last lines above: the package index must be reachable, and the disk needs 1 GB of room; then run it again.",
  );
}
