import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterAll, describe, expect, it } from "vitest";
import { serveGlue } from "../sandbox/glue/served.ts";

/** Terraform runs offline only: from a folder of provider plugins in its mirror layout. */
const pluginFolder = process.env["GLUE_TOOLKIT_TF_PLUGIN_DIR"];
const hasTerraform = spawnSync("terraform", ["version"]).status === 0;
const reason = hasTerraform
  ? "GLUE_TOOLKIT_TF_PLUGIN_DIR names no plugin folder"
  : "terraform is not on the PATH";
const runs = hasTerraform && pluginFolder !== undefined;
if (!runs) process.stdout.write(`Terraform's test is left out: ${reason}\n`);

describe.runIf(runs)(`Terraform's AWS provider${runs ? "" : ` (left out: ${reason})`}`, () => {
  it("applies, and plans no change; changes, and plans no change; destroys", {
    timeout: 180_000,
  }, async () => {
    const served = await serveGlue();
    const terraform = await terraformIn(served.endpoint, served.processEnvironment);
    await terraform("init", `-plugin-dir=${pluginFolder}`);
    expect(await terraform("apply", "-auto-approve")).toContain("Resources: 7 added, 0 changed, 0 destroyed");
    expect(await terraform("plan", "-detailed-exitcode")).toContain("No changes.");
    const changed = ["-var", "retries=2"];
    expect(await terraform("apply", "-auto-approve", ...changed)).toContain(
      "0 added, 2 changed, 0 destroyed",
    );
    expect(await terraform("plan", "-detailed-exitcode", ...changed)).toContain("No changes.");
    expect(await terraform("destroy", "-auto-approve", ...changed)).toContain("Resources: 7 destroyed");
  });
});

/** A runner of terraform in a folder of its own; a drift is an exit code, so it throws. */
async function terraformIn(url: string, environment: Readonly<Record<string, string | undefined>>) {
  const folder = await mkdtemp(join(tmpdir(), "glue-terraform-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, "main.tf"), configuration(url));
  const env = { ...environment, HOME: folder, CHECKPOINT_DISABLE: "1" };
  return async (command: string, ...args: string[]): Promise<string> => {
    const options = { cwd: folder, env, extendEnv: false } as const;
    return (await execa("terraform", [command, "-no-color", "-input=false", ...args], options)).stdout;
  };
}

function configuration(url: string): string {
  return `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  endpoints {
    glue = "${url}"
    iam  = "${url}"
    sts  = "${url}"
  }
}
variable "retries" { default = 1 }
resource "aws_glue_catalog_database" "db" { name = "by_terraform" }
resource "aws_glue_job" "etl" {
  name              = "tf-etl"
  role_arn          = "arn:aws:iam::000000000000:role/glue"
  description       = "retried \${var.retries} times"
  glue_version      = "5.0"
  worker_type       = "G.1X"
  number_of_workers = 2
  max_retries       = var.retries
  execution_class   = "FLEX"
  default_arguments = { "--job-bookmark-option" = "job-bookmark-enable" }
  command { script_location = "s3://scripts/etl.py" }
  execution_property { max_concurrent_runs = 2 }
  notification_property { notify_delay_after = 3 }
  tags = { team = "data" }
}
resource "aws_glue_job" "plain" {
  name     = "tf-plain"
  role_arn = "arn:aws:iam::000000000000:role/glue"
  command { script_location = "s3://scripts/plain.py" }
}
resource "aws_glue_job" "stream" {
  name               = "tf-stream"
  role_arn           = "arn:aws:iam::000000000000:role/glue"
  glue_version       = "4.0"
  maintenance_window = "Sun:10"
  command {
    name            = "gluestreaming"
    script_location = "s3://scripts/stream.py"
  }
}
resource "aws_glue_job" "shell" {
  name         = "tf-shell"
  role_arn     = "arn:aws:iam::000000000000:role/glue"
  max_capacity = 0.0625
  command {
    name            = "pythonshell"
    python_version  = "3.9"
    script_location = "s3://scripts/shell.py"
  }
}
resource "aws_glue_crawler" "full" {
  name          = "tf-full"
  role          = "arn:aws:iam::000000000000:role/glue"
  database_name = aws_glue_catalog_database.db.name
  description   = "retried \${var.retries} times"
  schedule      = "cron(0 6 * * ? *)"
  table_prefix  = "p_"
  s3_target {
    path       = "s3://bucket/data"
    exclusions = ["**.tmp"]
  }
  schema_change_policy { delete_behavior = "LOG" }
  tags = { team = "data" }
}
resource "aws_glue_crawler" "plain" {
  name          = "tf-plain"
  role          = "glue"
  database_name = aws_glue_catalog_database.db.name
  s3_target { path = "s3://bucket/data" }
}
`;
}
