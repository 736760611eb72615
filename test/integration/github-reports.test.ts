import { join } from "node:path";
import { CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../github/support/fake-github.ts";
import { runBuiltAction } from "../support/action.ts";
import { clientConfig, useSandbox } from "../support/sandbox.ts";
import { workspaceWith } from "../support/workspace.ts";

const sandbox = useSandbox();
let github: FakeGitHub;

beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(async () => {
  await github.stop();
  expect(github.problems).toEqual([]);
});

async function world(name: string, script = "print(1)\n") {
  const root = clientConfig(sandbox.current);
  await new S3Client(root).send(new CreateBucketCommand({ Bucket: name }));
  const Command = { Name: "glueetl", ScriptLocation: `s3://${name}/old.py`, PythonVersion: "3" };
  const Role = "arn:aws:iam::000000000000:role/glue";
  await new GlueClient(root).send(new CreateJobCommand({ Name: name, Role, GlueVersion: "5.0", Command }));
  const repo = { full_name: "acme/cars" };
  const pull_request = { number: 7, base: { sha: "b", repo }, head: { sha: "h", repo } };
  const workspace = await workspaceWith({
    "glue-pipeline.yml": `
version: 1
name: acme
environments: { dev: { region: us-east-1, account: "000000000000" } }
scripts: { bucket: ${name}, prefix: jobs/ }
jobs: { silver: { job: ${name}, script: silver.py, glue-version: "5.0" } }
`,
    "silver.py": script,
    "event.json": JSON.stringify({ pull_request }),
  });
  const environment = {
    ...sandbox.current.environment,
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: "acme/cars",
    GITHUB_RUN_ID: "55",
    GITHUB_SHA: "a".repeat(40),
    GITHUB_EVENT_NAME: "pull_request",
    GITHUB_EVENT_PATH: join(workspace, "event.json"),
  };
  return (inputs: Readonly<Record<string, string>>) =>
    runBuiltAction("deploy-glue", workspace, { "github-token": "t", ...inputs }, environment);
}

describe("deploy-glue and GitHub", () => {
  it("is as good a deploy when nothing can be written on GitHub, and says so", async () => {
    const run = await world("acme-refused");
    github.failAlways(/./, { status: 422, message: "no" });
    const result = await run({ "github-deployment": "true" });
    expect(result).toMatchObject({ exitCode: 0, errors: [], outputs: { result: "deployed" } });
    expect(result.summary).toContain("> ℹ️ No comment: GitHub refused it (422): no.");
    expect(result.summary).toContain("> ℹ️ No deployment record: GitHub refused it (422): no.");
    expect(result.log).toContain("::warning::No comment");
  });

  it("reports a failed deploy as a failed deployment, and replaces the plan that the comment shows", async () => {
    const run = await world("acme-broken", "def x(:\n");
    await run({ mode: "plan", validate: "false" });
    expect(github.comments[0]?.body).toContain("Planned: dev");
    const failed = await run({ "github-deployment": "true" });
    expect(failed.exitCode).toBe(1);
    expect(github.deployments).toMatchObject([
      { statuses: [{ state: "in_progress" }, { state: "failure" }] },
    ]);
    const unknown = { mode: "rollback", "rollback-to": "20990101T000000.000Z-c-1" };
    expect((await run(unknown)).exitCode).toBe(1);
    expect(github.comments).toHaveLength(1);
    expect(github.comments[0]?.body).toContain("Glue jobs: not deployed");
    expect(github.comments[0]?.body).not.toContain("Planned: dev");
  });

  it("neither comments nor asks for a token where it is told not to", async () => {
    const run = await world("acme-silent");
    const result = await run({ comment: "never", mode: "plan" });
    expect(result).toMatchObject({ exitCode: 0, outputs: { result: "planned" } });
    expect(github.requests).toEqual([]);
    expect(result.summary).not.toContain("ℹ️");
  });
});
