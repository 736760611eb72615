import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateJobCommand, GetJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import type { Sandbox } from "../../../sandbox/start.ts";
import { commit, git, repository } from "../../support/git.ts";
import { medallion } from "../../support/medallion.ts";
import { clientConfig } from "../../support/sandbox.ts";

export const silver = "glue_jobs/silver_consolidation_job.py";
export const report = "glue_jobs/report.py";
const role = "arn:aws:iam::000000000000:role/glue";

/** The one file that a user pastes. */
const caller = `name: Glue
on:
  pull_request:
  push: { branches: [main] }
permissions: {}
jobs:
  pull-request:
    if: github.event_name == 'pull_request'
    uses: glue-deploy-toolkit/glue-deploy-toolkit/.github/workflows/glue-pull-request.yml@v1
    permissions: { contents: read, pull-requests: write, id-token: write }
    with:
      environment: dev
      plan-role: ${role}
  deploy:
    if: github.event_name == 'push'
    uses: glue-deploy-toolkit/glue-deploy-toolkit/.github/workflows/glue-deploy.yml@v1
    permissions: { contents: read, id-token: write, deployments: write }
    with:
      environment: dev
      deploy-role: ${role}
      e2e: true
      rollback-on-failure: true
`;

/** A user's repository and what is in AWS for it: a Spark job with the incident's script, and a job that runs in a second. */
export async function userPipeline(
  sandbox: Sandbox,
  name: string,
  workflows: Readonly<Record<string, string>> = {},
) {
  const [glue, s3] = [new GlueClient(clientConfig(sandbox)), new S3Client(clientConfig(sandbox))];
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  const create = (job: string, Command: { Name: string; PythonVersion: string }, more: object) =>
    glue.send(
      new CreateJobCommand({
        Name: `${name}-${job}`,
        Role: role,
        Command: { ...Command, ScriptLocation: `s3://${name}/${job}.py` },
        ...more,
      }),
    );
  await create("silver", { Name: "glueetl", PythonVersion: "3" }, { GlueVersion: "5.0" });
  await create("report", { Name: "pythonshell", PythonVersion: "3.9" }, { MaxCapacity: 0.0625 });
  const { workspace, base } = await repository({
    "glue-pipeline.yml": `version: 1
name: ${name}
environments: { dev: { region: us-east-1, account: "000000000000" } }
scripts: { bucket: ${name}, prefix: jobs/ }
jobs:
  silver: { job: ${name}-silver, script: ${silver}, glue-version: "5.0" }
  report: { job: ${name}-report, script: ${report}, python-version: "3.9" }
e2e:
  steps:
    report: { run: report, timeout: 1m }
`,
    [silver]: await readFile(join(medallion, silver), "utf8"),
    [report]: "print('the report')\n",
    ".github/workflows/glue.yml": caller,
    ...workflows,
  });
  await git(workspace, "remote", "add", "origin", "https://github.com/acme/cars");
  return {
    workspace,
    base,
    change: (files: Readonly<Record<string, string>>) => commit(workspace, files),
    location: async (job: string): Promise<string> => {
      const { Job } = await glue.send(new GetJobCommand({ JobName: `${name}-${job}` }));
      return Job?.Command?.ScriptLocation ?? "";
    },
  };
}

/** The incident's script, with its 230 orphan lines. */
export function brokenSilver(): Promise<string> {
  return readFile(join(medallion, "incident/silver_consolidation_job.py"), "utf8");
}
