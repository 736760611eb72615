import { spawn } from "node:child_process";
import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { GlueClient, StartJobRunCommand } from "@aws-sdk/client-glue";
import { describe, expect, it, onTestFinished } from "vitest";
import { workspaceWith } from "../support/workspace.ts";

const cli = join(import.meta.dirname, "../../sandbox/cli.ts");
const script = `import os, sys, time
open(sys.argv[sys.argv.index("--note") + 1], "w").write(str(os.getpid()))
time.sleep(120)
`;

function plan(note: string): string {
  return `version: 1
buckets: [scripts-of-orphan]
objects: [{ from: job.py, to: "s3://scripts-of-orphan/job.py" }]
roles: [{ name: glue-role, trust: glue.amazonaws.com }]
jobs:
  - Name: sleeper
    Role: glue-role
    Command: { Name: pythonshell, PythonVersion: "3.9", ScriptLocation: "s3://scripts-of-orphan/job.py" }
    MaxCapacity: 0.0625
    DefaultArguments: { "--note": "${note}" }
`;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function endpointOf(output: Readable): Promise<string> {
  let endpoint = "";
  for await (const line of createInterface({ input: output })) {
    endpoint = /AWS_ENDPOINT_URL=(\S+)/.exec(line)?.[1] ?? endpoint;
    if (line === "ready") break;
  }
  return endpoint;
}

describe("a sandbox that is killed outright", () => {
  it("leaves neither its emulator nor a running job behind", { timeout: 60_000 }, async () => {
    const folder = await workspaceWith({ "job.py": script });
    const note = join(folder, "pid");
    const provisioned = await workspaceWith({ "job.py": script, "sandbox.yml": plan(note) });
    const child = spawn("node", [cli, "--port", "0", "--provision", provisioned], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    const endpoint = await endpointOf(child.stdout);
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const glue = new GlueClient({ endpoint, region: "us-east-1", credentials });
    await glue.send(new StartJobRunCommand({ JobName: "sleeper" }));
    await expect
      .poll(
        () =>
          access(note).then(
            () => true,
            () => false,
          ),
        { timeout: 20_000 },
      )
      .toBe(true);
    await expect.poll(() => readFile(note, "utf8"), { timeout: 5_000 }).toMatch(/^\d+$/);
    const pid = Number(await readFile(note, "utf8"));
    expect(isAlive(pid)).toBe(true);
    child.kill("SIGKILL");
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
  });
});
