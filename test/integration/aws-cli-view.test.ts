import { spawnSync } from "node:child_process";
import { execa } from "execa";
import { describe, expect, it, onTestFinished } from "vitest";
import { differingPaths, type ExactObject, parseExact } from "../../src/aws/exact-json.ts";
import { useSandboxEnvironment } from "../support/aws-environment.ts";
import { openLane } from "../support/kill-points/lane.ts";
import { runThrough } from "../support/run-through.ts";

const sandbox = useSandboxEnvironment();
const runs = spawnSync("aws", ["--version"]).status === 0;
if (!runs) process.stdout.write("The AWS CLI's view of a deploy is left out: aws is not on the PATH\n");

describe.runIf(runs)("the AWS CLI, before and after a deploy", () => {
  it("sees another ScriptLocation in each job and nothing else", { timeout: 120_000 }, async () => {
    const lane = await openLane(sandbox.current, "cli", 5);
    onTestFinished(() => lane.close());
    await lane.write(lane.names.map((name) => `print("${name}")\n`));
    const before = await seen();
    expect((await runThrough(lane, "1")).code).toBe(0);
    const differences = differingPaths(before, await seen()).map((path) => path.replace(/^Jobs\[\d\]\./, ""));
    expect(new Set(differences)).toEqual(new Set(["Command.ScriptLocation", "LastModifiedOn"]));
    expect(differences).toHaveLength(2 * lane.names.length);
  });
});

async function seen(): Promise<ExactObject> {
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], ...sandbox.current.environment };
  const { stdout } = await execa("aws", ["glue", "get-jobs", "--output", "json"], { env, extendEnv: false });
  return parseExact(stdout) as ExactObject;
}
