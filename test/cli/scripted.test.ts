import { describe, expect, it } from "vitest";
import { callerOf } from "../aws/answers.ts";
import { refused, type Script, scriptedAws } from "../aws/scripted.ts";
import { runCli } from "../support/cli.ts";
import { workspaceWith } from "../support/workspace.ts";

const manifest = `
version: 1
name: trial
environments: { dev: { region: us-east-1 } }
scripts: { bucket: b, prefix: p/ }
jobs: { silver: { job: silver-dev, script: jobs/silver.py } }
`;
const caller = callerOf("123456789012");

async function cli(
  script: Script,
  args: readonly string[],
  files: Record<string, string> = { "glue-pipeline.yml": manifest, "jobs/silver.py": "" },
) {
  await scriptedAws(script);
  return runCli(await workspaceWith(files), args);
}

describe("policy", () => {
  const withRole = (Role?: string) =>
    ({
      BatchGetJobs: [{ Jobs: [{ Name: "silver-dev", ...(Role === undefined ? {} : { Role }) }] }],
      POST: [caller],
    }) as const;

  it.each([
    ["service/glue", "arn:aws:iam::123456789012:role/service/glue"],
    ["/glue", "arn:aws:iam::123456789012:role/glue"],
    ["arn:aws:iam::1:role/other", "arn:aws:iam::1:role/other"],
  ])("passes the live job's role %s", async (role, arn) => {
    const { exitCode, stdout } = await cli(withRole(role), ["policy", "deploy"]);
    expect({ exitCode, passes: stdout.includes(`"${arn}"`) }).toEqual({ exitCode: 0, passes: true });
  });

  it.each([
    ["the jobs' roles aren't known", withRole(), ["policy", "deploy"], "no-job-roles"],
    ["the account is none", {}, ["policy", "plan", "--account", "12"], "must be twelve digits"],
    ["the repository isn't known", {}, ["policy", "trust", "--account", "123456789012"], "is not known"],
    ["the repository is none", {}, ["policy", "trust", "--repository", "acme"], '"acme" is not a repository'],
  ])("is refused where %s", async (_, script, args, says) => {
    const { exitCode, stderr } = await cli(script as Script, args);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(says);
  });

  it("asks AWS for the account that the manifest doesn't name", async () => {
    const { stdout } = await cli({ POST: [caller] }, ["policy", "trust", "--repository", "acme/lake"]);
    expect(stdout).toContain("arn:aws:iam::123456789012:oidc-provider");
  });
});

describe("init from live jobs", () => {
  const job = (name: string, more: object = {}) => ({
    Name: name,
    Command: { Name: "glueetl", ScriptLocation: `s3://scripts-dev/${name}.py` },
    GlueVersion: "5.0",
    ...more,
  });
  const from = ["init", "--from", "jobs", "--region", "us-east-1", "--json"];

  it("names the pipeline by the account where the jobs share no word", async () => {
    const script = {
      POST: [caller],
      GetJobs: [{ Jobs: [job("silver"), job("gold")] }],
      GET: [{ status: 200, headers: { etag: '"e"' }, body: "print(1)\n" }],
    } as const;
    const { exitCode, stdout } = await cli(script, from, {});
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ jobs: [{ key: "silver" }, { key: "gold" }] });
  });

  it.each([
    [
      "no job of that name",
      { POST: [caller], GetJobs: [{ Jobs: [job("silver")] }] },
      ["--jobs", "gold-*"],
      "no-live-jobs",
    ],
    [
      "a script that S3 hasn't got",
      { POST: [caller], GetJobs: [{ Jobs: [job("silver")] }], GET: [{ status: 404 }] },
      [],
      "live-script-missing",
    ],
    [
      "a script that lies nowhere",
      {
        POST: [caller],
        GetJobs: [{ Jobs: [job("silver", { Command: { Name: "glueetl", ScriptLocation: "silver.py" } })] }],
      },
      [],
      "live-script-missing",
    ],
    [
      "no right to see them",
      { POST: [caller], GetJobs: [refused("AccessDeniedException")] },
      [],
      "aws-access-denied",
    ],
  ])("is refused with %s", async (_, script, more, code) => {
    const { exitCode, stdout } = await cli(script as unknown as Script, [...from, ...more], {});
    expect(exitCode).not.toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ errors: [{ code }] });
  });
});

describe("init from scripts", () => {
  it("writes over what is there with --force, and no workflows where none are wanted", async () => {
    const workspace = await workspaceWith({
      "glue-pipeline.yml": "old",
      "jobs/silver_job.py": "import awsglue\n",
    });
    const init = ["init", "--name", "lake", "--region", "us-east-1", "--no-workflows", "--json"];
    expect((await runCli(workspace, init)).exitCode).not.toBe(0);
    const { exitCode, stdout } = await runCli(workspace, [...init, "--force"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      written: ["glue-pipeline.yml"],
      jobs: [{ key: "silver", job: "lake-silver-${environment}" }],
    });
  });
});

describe("a deploy", () => {
  const two = `${manifest.replace("jobs: {", "jobs: { gold: { job: gold-dev, script: jobs/gold.py },")}`;
  const files = {
    "glue-pipeline.yml": two,
    "jobs/silver.py": "x = 1\n",
    "jobs/gold.py": "x = = 1\n",
    "folder/x": "",
  };

  it("is refused by the scripts that it deploys alone", async () => {
    const all = await cli({}, ["deploy", "--json"], files);
    expect(JSON.parse(all.stdout)).toMatchObject({
      failure: { code: "validation-failed" },
      findings: { findings: [{ path: "jobs/gold.py" }] },
    });
    const some = await cli(
      { POST: [refused("ExpiredToken", "expired", 400)] },
      ["deploy", "silver", "--json"],
      files,
    );
    expect(some.stdout).not.toContain("validation-failed");
  });

  it("takes no plan from what is no file", async () => {
    const { exitCode, stderr } = await cli({}, ["deploy", "--plan-file", "folder"], files);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain("folder can't be read");
  });
});
