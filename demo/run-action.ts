import { join } from "node:path";
import { execa } from "execa";
import type { Stage } from "./stage.ts";

export interface ActionRun {
  readonly action: "validate-glue" | "deploy-glue" | "run-e2e";
  readonly inputs: Readonly<Record<string, string>>;
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/** Runs an action's built dist as a workflow would, showing its output; gives the exit code. */
export async function runAction(stage: Stage, run: ActionRun): Promise<number> {
  const dist = join(import.meta.dirname, "..", "actions", run.action, "dist", "index.js");
  const inputs = Object.fromEntries(
    Object.entries(run.inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  stage.say(
    `$ ${run.action} ${Object.entries(run.inputs)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ")}`,
  );
  const child = execa(process.execPath, [dist], {
    cwd: run.workspace,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...run.environment, ...inputs },
    extendEnv: false,
    all: true,
    reject: false,
    cancelSignal: run.signal,
    gracefulCancel: false,
  });
  for await (const line of child.iterable({ from: "all" })) stage.quote(line);
  const { exitCode } = await child;
  run.signal.throwIfAborted();
  return exitCode ?? 1;
}
