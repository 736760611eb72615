import { spawnSync } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchContext } from "./bench.ts";
import type { DeployWorld } from "./deploy-world.ts";
import { measure } from "./measure.ts";

/** The same jobs and scripts as the world's, under names of their own, kept by Terraform. */
export interface TerraformProject {
  /** Seconds of a command; `version` goes into each script's object, so that another one changes every job. */
  seconds(command: "plan" | "apply", version: number): Promise<number>;
}

/** Where Terraform's provider plugins lie, in its mirror layout: it can't be run from the network here. */
const pluginVariable = "GLUE_TOOLKIT_TF_PLUGIN_DIR";

/**
 * Makes the jobs and applies them once. Undefined, and said, where there is no Terraform.
 * @throws Error when Terraform fails
 */
export async function terraformProject(
  context: BenchContext,
  world: DeployWorld,
): Promise<TerraformProject | undefined> {
  const plugins = process.env[pluginVariable];
  if (plugins === undefined || spawnSync("terraform", ["version"]).status !== 0) {
    console.log(
      `Terraform is left out: ${plugins === undefined ? `${pluginVariable} is not set` : "it is not on the PATH"}`,
    );
    return undefined;
  }
  const folder = join(context.home, "terraform");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "main.tf"), configuration(world));
  const run = async (...args: string[]): Promise<number> => {
    const { seconds, exitCode, output } = await measure(context.python, ["terraform", ...args], {
      cwd: folder,
      env: { ...context.env, ...world.environment, CHECKPOINT_DISABLE: "1" },
    });
    if (exitCode !== 0) throw new Error(`terraform ${args.join(" ")} failed:\n${output.slice(-2_000)}`);
    return seconds;
  };
  await run("init", "-input=false", `-plugin-dir=${plugins}`);
  const seconds = async (command: "plan" | "apply", version: number): Promise<number> =>
    run(
      command,
      "-input=false",
      "-var",
      `version_of_scripts=${version}`,
      ...(command === "apply" ? ["-auto-approve"] : []),
    );
  await seconds("apply", 1);
  return { seconds };
}

function configuration({ environment, bucket, folder, jobs }: DeployWorld): string {
  const url = environment["AWS_ENDPOINT_URL"] ?? "";
  return `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
  endpoints {
    glue = "${url}"
    iam  = "${url}"
    s3   = "${url}"
    sts  = "${url}"
  }
}
variable "version_of_scripts" { type = number }
resource "aws_s3_object" "script" {
  count  = ${jobs.length}
  bucket = "${bucket}"
  key    = "by-terraform/\${var.version_of_scripts}/job_\${count.index}.py"
  source = "${folder}/glue_jobs/job_\${count.index}.py"
}
resource "aws_glue_job" "job" {
  count             = ${jobs.length}
  name              = "terraform-job-\${count.index}"
  role_arn          = "arn:aws:iam::000000000000:role/glue"
  glue_version      = "5.0"
  worker_type       = "G.1X"
  number_of_workers = 2
  default_arguments = { "--job-language" = "python", "--enable-metrics" = "true" }
  command {
    script_location = "s3://${bucket}/\${aws_s3_object.script[count.index].key}"
  }
}
`;
}
