import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { onTestFinished } from "vitest";

/** Terraform runs offline only: from a folder of provider plugins in its mirror layout. */
const pluginFolder = process.env["GLUE_TOOLKIT_TF_PLUGIN_DIR"];

/** Why tests with Terraform can't run here; undefined where they can. */
export const terraformMissing =
  spawnSync("terraform", ["version"]).status !== 0
    ? "terraform is not on the PATH"
    : pluginFolder === undefined
      ? "GLUE_TOOLKIT_TF_PLUGIN_DIR names no plugin folder"
      : undefined;

export interface Terraform {
  /** Runs a command and gives what it prints. @throws Error for any other exit code than 0, of a drift among them */
  run(command: string, ...args: string[]): Promise<string>;
  /** Replaces the configuration. */
  configure(configuration: string): Promise<void>;
}

/** Terraform in a folder of its own, initialised, until the test ends. */
export async function terraformOf(
  configuration: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Terraform> {
  const folder = await mkdtemp(join(tmpdir(), "glue-terraform-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const configure = (text: string): Promise<void> => writeFile(join(folder, "main.tf"), text);
  const env = { ...environment, HOME: folder, CHECKPOINT_DISABLE: "1" };
  const run = async (command: string, ...args: string[]): Promise<string> => {
    const options = { cwd: folder, env, extendEnv: false } as const;
    return (await execa("terraform", [command, "-no-color", "-input=false", ...args], options)).stdout;
  };
  await configure(configuration);
  await run("init", `-plugin-dir=${pluginFolder}`);
  return { run, configure };
}
