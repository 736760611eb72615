import type { TestProject } from "vitest/node";
import { ensureEnvironment } from "../../sandbox/environment/ensure.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** Interpreter of the sandbox's virtual environment. */
    sandboxPython: string;
  }
}

/** The sandbox's Python environment is built once, before any test, where its progress can be seen. */
export async function setup(project: TestProject): Promise<void> {
  const { python } = await ensureEnvironment({
    environment: process.env,
    progress: (line) => process.stderr.write(`${line}\n`),
  });
  project.provide("sandboxPython", python);
}
