import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { actionEntry, coverageEnvironment } from "./processes.ts";
import { workspaceWith } from "./workspace.ts";

export type ActionName = "validate-glue" | "deploy-glue" | "run-e2e";

export interface ActionResult {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** All that the action wrote to its log. */
  readonly log: string;
  /** The `::error …::` commands of the log, messages alone. */
  readonly errors: readonly string[];
}

/** Runs the built action as a runner does: inputs as variables, outputs and summary as files, a clean environment. */
export async function runBuiltAction(
  action: ActionName,
  workspace: string,
  inputs: Readonly<Record<string, string>> = {},
  environment: Readonly<Record<string, string | undefined>> = {},
  node: string = process.execPath,
): Promise<ActionResult> {
  const files = await workspaceWith({ output: "", summary: "" });
  const given = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const result = await execa(node, [actionEntry(action, node)], {
    cwd: workspace,
    extendEnv: false,
    env: {
      PATH: process.env["PATH"],
      HOME: process.env["HOME"],
      GITHUB_ACTIONS: "true",
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: join(files, "output"),
      GITHUB_STEP_SUMMARY: join(files, "summary"),
      ...coverageEnvironment,
      ...environment,
      ...given,
    },
    all: true,
    reject: false,
  });
  return {
    exitCode: result.exitCode ?? -1,
    outputs: parseOutputs(await readFile(join(files, "output"), "utf8")),
    summary: await readFile(join(files, "summary"), "utf8"),
    log: result.all,
    errors: [...result.all.matchAll(/^::error[^:]*::(.*)$/gm)].map(([, message = ""]) =>
      decodeMessage(message),
    ),
  };
}

/** Reads `name<<delimiter` blocks. */
function parseOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n?\2$/gm)].map(([, name = "", , value = ""]) => [
      name,
      value,
    ]),
  );
}

function decodeMessage(message: string): string {
  return message.replaceAll("%0A", "\n").replaceAll("%0D", "\r").replaceAll("%25", "%");
}
