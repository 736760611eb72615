import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateJobCommand, GlueClient, StartJobRunCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { ToolkitError } from "../../src/base/errors.ts";
import { exitCodeOf, exitCodes } from "../../src/cli/exit-codes.ts";
import { initDocumentSchema } from "../../src/report/init-document.ts";
import { releaseDiffDocumentSchema, releasesDocumentSchema } from "../../src/report/releases-documents.ts";
import { useSandboxEnvironment } from "../support/aws-environment.ts";
import { runCli, startCli } from "../support/cli.ts";
import { clientConfig } from "../support/sandbox.ts";
import { workspaceWith } from "../support/workspace.ts";

const sandbox = useSandboxEnvironment();

const role = "arn:aws:iam::000000000000:role/glue";

/** Two live jobs of a team, their scripts in S3, and an empty repository that has one of the scripts. */
async function team(name: string) {
  const config = clientConfig(sandbox.current);
  const [glue, s3] = [new GlueClient(config), new S3Client(config)];
  const Bucket = `${name}-scripts-dev`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  for (const key of ["silver_job.py", "gold_job.py"]) {
    await s3.send(new PutObjectCommand({ Bucket, Key: `code/${key}`, Body: "print('live')\n" }));
    await glue.send(
      new CreateJobCommand({
        Name: `${name}-${key.replace("_job.py", "")}-dev`,
        Role: role,
        GlueVersion: "4.0",
        Command: { Name: "glueetl", ScriptLocation: `s3://${Bucket}/code/${key}`, PythonVersion: "3" },
        DefaultArguments: { "--job-bookmark-option": "job-bookmark-enable" },
      }),
    );
  }
  const workspace = await workspaceWith({ "etl/silver_job.py": "print('mine')\n" });
  const run = (...args: string[]) => runCli(workspace, args);
  return { workspace, run, glue, bucket: Bucket };
}

describe("glue-toolkit and live jobs", () => {
  it("goes from live jobs to a deploy, a second one, their diff and a rollback", async () => {
    const { workspace, run } = await team("story");
    const begun = await run("init", "--from", "jobs", "--jobs", "story-*", "--json");
    expect(begun).toMatchObject({ exitCode: 0 });
    expect(initDocumentSchema.parse(JSON.parse(begun.stdout)).written).toEqual([
      "glue_jobs/gold_job.py",
      "glue-pipeline.yml",
      ".github/workflows/glue.yml",
      ".github/workflows/glue-rollback.yml",
    ]);
    expect(parse(await readFile(join(workspace, "glue-pipeline.yml"), "utf8"))).toEqual({
      version: 1,
      name: "story",
      environments: { dev: { region: "us-east-1", account: "000000000000" } },
      scripts: { bucket: "story-scripts-${environment}", prefix: "glue_jobs/" },
      defaults: { "glue-version": "4.0" },
      jobs: {
        gold: { job: "story-gold-${environment}", script: "glue_jobs/gold_job.py", bookmarks: true },
        silver: { job: "story-silver-${environment}", script: "etl/silver_job.py", bookmarks: true },
      },
    });
    const planned = await run("plan", "silver");
    expect(planned).toMatchObject({ exitCode: 0 });
    expect(planned.stdout).toContain("~ story-silver-dev");
    expect(planned.stdout).toContain("1 to change, 0 unchanged, 0 blocked");
    expect(await run("deploy")).toMatchObject({ exitCode: 0 });
    await writeFile(join(workspace, "etl/silver_job.py"), "print('newer')\n");
    const deployed = await run("deploy", "--json");
    expect(JSON.parse(deployed.stdout)).toMatchObject({ version: 1, result: "deployed" });
    const listed = await run("releases", "list", "--json");
    const { releases } = releasesDocumentSchema.parse(JSON.parse(listed.stdout));
    expect(releases.map(({ changed }) => changed)).toEqual([
      ["story-silver-dev"],
      ["story-gold-dev", "story-silver-dev"],
    ]);
    const [newest, first] = releases.map(({ id }) => id) as [string, string];
    const diff = await run("releases", "diff", first, newest, "--json");
    expect(releaseDiffDocumentSchema.parse(JSON.parse(diff.stdout)).jobs).toMatchObject([
      { job: "story-silver-dev", scriptDiff: expect.stringContaining("+print('newer')") },
    ]);
    expect((await run("releases", "diff", first, newest)).stdout).toContain("| -print('mine')");
    const back = await run("rollback", first);
    expect(back.stdout).toContain("~ story-silver-dev");
    expect((await run("releases", "list")).stdout).toContain(`rollback to ${first}: 1 job changed`);
  });

  it("overwrites nothing with init, and writes nothing when one file is in the way", async () => {
    const { run, workspace } = await team("careful");
    expect(await run("init", "--from", "jobs", "--jobs", "careful-*")).toMatchObject({ exitCode: 0 });
    await writeFile(join(workspace, "glue-pipeline.yml"), "mine: true\n");
    const again = await run("init", "--from", "jobs", "--jobs", "careful-*");
    expect(again).toMatchObject({ exitCode: exitCodes.usage, stdout: "" });
    expect(again.stderr).toContain("glue-pipeline.yml is there already; nothing was written");
    expect(await readFile(join(workspace, "glue-pipeline.yml"), "utf8")).toBe("mine: true\n");
    expect(await run("init", "--from", "jobs", "--jobs", "nobody-*")).toMatchObject({
      exitCode: exitCodes.usage,
    });
  });

  it("prints policies as bare documents, and asks AWS for roles only", async () => {
    const { run } = await team("policed");
    await run("init", "--from", "jobs", "--jobs", "policed-*");
    const deploy = JSON.parse((await run("policy", "deploy")).stdout) as {
      Statement: { Action: string[] }[];
    };
    expect(deploy.Statement.find(({ Action }) => Action.includes("iam:PassRole"))).toMatchObject({
      Resource: [role],
    });
    const trust = await run("policy", "trust", "--repository", "acme/datalake");
    expect(trust.stdout).toContain("repo:acme/datalake:environment:dev");
    const nobody = await run("policy", "trust");
    expect(nobody).toMatchObject({ exitCode: exitCodes.usage });
    expect(nobody.stderr).toContain("--repository owner/name");
  });

  it("stops in order on Ctrl-C: exit code 130, and no job changed", async () => {
    const { run, workspace, glue } = await team("stopped");
    await run("init", "--from", "jobs", "--jobs", "stopped-*");
    const JobName = "stopped-silver-dev";
    const outcomes = [{ state: "SUCCEEDED", seconds: 600 }];
    await sandbox.current.control("plan-runs", { jobName: JobName, outcomes });
    await glue.send(new StartJobRunCommand({ JobName }));
    const waiting = startCli(workspace, ["deploy", "--on-running", "wait", "--json"], {
      ...sandbox.current.environment,
    });
    for await (const line of waiting.iterable({ from: "stderr" })) {
      if (line.includes("Waiting for the last run")) waiting.kill("SIGINT");
    }
    const stopped = await waiting;
    expect(stopped.exitCode).toBe(exitCodes.interrupted);
    expect(JSON.parse(stopped.stdout)).toMatchObject({ result: "failed", failure: { code: "cancelled" } });
    expect(stopped.stderr).toContain("Stopping: what was begun is undone or stopped first.");
    expect((await run("releases", "list")).stdout).toBe("dev has no release yet\n");
  });

  it("says in the exit code whose fault it is", async () => {
    const { run } = await team("refused");
    await run("init", "--from", "jobs", "--jobs", "refused-*", "--bucket", "no-such-bucket-anywhere");
    const listed = await run("releases", "list", "--json");
    expect(listed.exitCode).toBe(exitCodes.usage);
    expect(JSON.parse(listed.stdout)).toMatchObject({ errors: [{ code: "bucket-missing" }] });
    const throttled = { code: "aws-throttled", message: "m", remedy: "r", source: "aws" } as const;
    expect(exitCodeOf(new ToolkitError(throttled))).toBe(exitCodes.aws);
    expect(exitCodeOf(new TypeError("x"))).toBe(exitCodes.internal);
  });
});
