import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { serveGlue } from "./served.ts";
import { python } from "./support.ts";

const served = await serveGlue();
const hasCli = spawnSync("aws", ["--version"]).status === 0;

const options = { env: served.processEnvironment, extendEnv: false };

describe("boto3 can", () => {
  it("create, read, update, tag and delete a job and a crawler", async () => {
    const { stdout } = await execa(python, [join(import.meta.dirname, "client-session.py")], options);
    expect(stdout.split("\n").map((line) => JSON.parse(line) as object)).toEqual([
      { step: "read", dpu: 2, timeout: 480, created: expect.stringMatching(/^20\d\d-.*\.\d{3}/) },
      { step: "sent back", code: "InvalidInputException", message: expect.stringContaining("Max Capacity") },
      { step: "updated", retries: 2 },
      { step: "tagged", tags: { cost: "42" }, listed: ["by-boto3"] },
      { step: "crawler", state: "READY", prefix: "p_", version: 2 },
      { step: "gone", operation: "GetJob" },
      { step: "gone", operation: "GetCrawler" },
    ]);
  });
});

describe.runIf(hasCli)(`the AWS CLI can${hasCli ? "" : " (not on this machine's PATH: left out)"}`, () => {
  const aws = async (...args: string[]) => {
    const { stdout } = await execa("aws", ["--output", "json", "glue", ...args], options);
    return stdout === "" ? {} : (JSON.parse(stdout) as Record<string, unknown>);
  };

  it("create, read, update, tag and delete a job", async () => {
    const command = "Name=glueetl,ScriptLocation=s3://scripts/job.py";
    const name = ["--job-name", "by-cli"];
    await aws("create-job", "--name", "by-cli", "--role", "r", "--command", command, "--tags", "team=data");
    await aws("update-job", ...name, "--job-update", `Role=r,MaxRetries=1,Command={${command}}`);
    expect(await aws("get-job", ...name)).toMatchObject({ Job: { Name: "by-cli", MaxRetries: 1 } });
    const arn = ["--resource-arn", "arn:aws:glue:us-east-1:000000000000:job/by-cli"];
    expect(await aws("get-tags", ...arn)).toEqual({ Tags: { team: "data" } });
    await aws("delete-job", ...name);
    await expect(aws("get-job", ...name)).rejects.toThrow(/EntityNotFoundException.*Job not found/);
  });
});
