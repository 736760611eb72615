import { describe, expect, it } from "vitest";
import { serveGlue } from "../sandbox/glue/served.ts";
import { terraformMissing, terraformOf } from "../support/terraform.ts";

const leftOut = terraformMissing === undefined ? "" : ` (left out: ${terraformMissing})`;
if (terraformMissing !== undefined)
  process.stdout.write(`Terraform's test is left out: ${terraformMissing}\n`);

describe.runIf(terraformMissing === undefined)(`Terraform's AWS provider${leftOut}`, () => {
  it("applies, and plans no change; changes, and plans no change; destroys", {
    timeout: 300_000,
  }, async () => {
    const served = await serveGlue();
    const { run } = await terraformOf(configuration(served.endpoint), served.processEnvironment);
    expect(await run("apply", "-auto-approve")).toContain("Resources: 7 added, 0 changed, 0 destroyed");
    expect(await run("plan", "-detailed-exitcode")).toContain("No changes.");
    const changed = ["-var", "retries=2"];
    expect(await run("apply", "-auto-approve", ...changed)).toContain("0 added, 2 changed, 0 destroyed");
    expect(await run("plan", "-detailed-exitcode", ...changed)).toContain("No changes.");
    expect(await run("destroy", "-auto-approve", ...changed)).toContain("Resources: 7 destroyed");
  });
});

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
