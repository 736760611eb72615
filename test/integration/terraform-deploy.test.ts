import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { runBuiltAction } from "../support/action.ts";
import { clientConfig, useSandbox } from "../support/sandbox.ts";
import { terraformMissing, terraformOf } from "../support/terraform.ts";
import { workspaceWith } from "../support/workspace.ts";

if (terraformMissing !== undefined)
  process.stdout.write(`Terraform's view of a deploy is left out: ${terraformMissing}\n`);

const sandbox = useSandbox();
const bucket = "acme-terraform-scripts";

describe.runIf(terraformMissing === undefined)("Terraform, after a deploy of its jobs", () => {
  it("sees another script_location and nothing else, and with ignore_changes nothing", {
    timeout: 300_000,
  }, async () => {
    const s3 = new S3Client(clientConfig(sandbox.current));
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "bootstrap.py", Body: "print(0)\n" }));
    const environment = { ...sandbox.current.environment, PATH: process.env["PATH"] };
    const terraform = await terraformOf(configuration(""), environment);
    await terraform.run("apply", "-auto-approve");
    const workspace = await workspaceWith({
      "glue-pipeline.yml": manifest,
      "etl.py": "print(1)\n",
      "shell.py": "print(2)\n",
    });
    const inputs = { validate: "false" };
    const deployed = await runBuiltAction("deploy-glue", workspace, inputs, sandbox.current.environment);
    expect(deployed.outputs["result"]).toBe("deployed");

    const drift = await terraform.run("plan");
    const changed = [...drift.matchAll(/^\s+[~+-] (\w+)\s+= /gm)].map(([, attribute]) => attribute);
    expect(changed).toEqual(["script_location", "script_location"]);
    expect(drift).toContain("0 to add, 2 to change, 0 to destroy");

    await terraform.configure(configuration("ignore_changes = [command[0].script_location]"));
    expect(await terraform.run("plan", "-detailed-exitcode")).toContain("No changes.");
  });
});

const manifest = `
version: 1
name: acme
environments: { dev: { region: us-east-1, account: "000000000000" } }
scripts: { bucket: ${bucket}, prefix: jobs/ }
jobs:
  etl: { job: tf-etl, script: etl.py, glue-version: "5.0" }
  shell: { job: tf-shell, script: shell.py }
`;

function configuration(lifecycle: string): string {
  return `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  skip_credentials_validation = true
  skip_metadata_api_check     = true
}
resource "aws_glue_job" "etl" {
  name                   = "tf-etl"
  role_arn               = "arn:aws:iam::000000000000:role/glue"
  description            = "cars"
  glue_version           = "5.0"
  worker_type            = "G.1X"
  number_of_workers      = 3
  max_retries            = 1
  timeout                = 90
  execution_class        = "FLEX"
  connections            = ["warehouse"]
  security_configuration = "sec"
  default_arguments      = { "--job-bookmark-option" = "job-bookmark-enable", "--db" = "x" }
  command { script_location = "s3://${bucket}/bootstrap.py" }
  execution_property { max_concurrent_runs = 2 }
  notification_property { notify_delay_after = 3 }
  tags = { team = "data" }
  lifecycle {
    ${lifecycle}
  }
}
resource "aws_glue_job" "shell" {
  name         = "tf-shell"
  role_arn     = "arn:aws:iam::000000000000:role/glue"
  max_capacity = 0.0625
  command {
    name            = "pythonshell"
    python_version  = "3.9"
    script_location = "s3://${bucket}/bootstrap.py"
  }
  lifecycle {
    ${lifecycle}
  }
}
`;
}
