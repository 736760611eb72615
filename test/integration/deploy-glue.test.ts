import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CreateJobCommand, GetJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { type ActionResult, runBuiltAction } from "../support/action.ts";
import { startBuilt } from "../support/built-process.ts";
import { clientConfig, useSandbox } from "../support/sandbox.ts";
import { workspaceWith } from "../support/workspace.ts";

const sandbox = useSandbox();

/** A job of its own, and a workspace with its script. */
async function world(name: string) {
  const root = clientConfig(sandbox.current);
  const glue = new GlueClient(root);
  await new S3Client(root).send(new CreateBucketCommand({ Bucket: name }));
  const Command = { Name: "glueetl", ScriptLocation: `s3://${name}/old.py`, PythonVersion: "3" };
  await glue.send(
    new CreateJobCommand({
      Name: name,
      Role: "arn:aws:iam::000000000000:role/glue",
      GlueVersion: "5.0",
      Command,
    }),
  );
  const manifest = `
version: 1
name: acme
environments: { dev: { region: us-east-1, account: "000000000000" } }
scripts: { bucket: ${name}, prefix: jobs/ }
jobs: { silver: { job: ${name}, script: silver.py, glue-version: "5.0" } }
`;
  const workspace = await workspaceWith({ "glue-pipeline.yml": manifest, "silver.py": "print(1)\n" });
  return {
    workspace,
    write: (text: string) => writeFile(join(workspace, "silver.py"), text),
    removeScript: () => rm(join(workspace, "silver.py")),
    location: async () =>
      (await glue.send(new GetJobCommand({ JobName: name }))).Job?.Command?.ScriptLocation,
    run: (inputs: Readonly<Record<string, string>>, node?: string): Promise<ActionResult> =>
      runBuiltAction("deploy-glue", workspace, inputs, sandbox.current.environment, node),
  };
}

describe("deploy-glue, built", () => {
  it("runs under the machine's own Node, from 20 up, outside of GitHub", async () => {
    const { run, location } = await world("acme-own-node");
    const { outputs, errors } = await run({}, process.env["npm_node_execpath"]);
    expect({ result: outputs["result"], errors }).toEqual({ result: "deployed", errors: [] });
    expect(await location()).toMatch(/jobs\/silver\/silver-[0-9a-f]{12}\.py$/);
  });

  it("goes on to the end when nobody reads its log any more", async () => {
    const { workspace, location } = await world("acme-closed-log");
    const { child, ended } = startBuilt("deploy-glue", workspace, sandbox.current.environment);
    child.stdout?.destroy();
    child.stderr?.destroy();
    expect((await ended).code).toBe(0);
    expect(await location()).toMatch(/jobs\/silver\/silver-[0-9a-f]{12}\.py$/);
  });

  it("applies the plan file that mode plan wrote, and refuses it once the script is another", async () => {
    const { run, write, location } = await world("acme-plan-file");
    const file = { "plan-file": "out/plan.json" };
    const planned = await run({ mode: "plan", ...file });
    expect(planned.outputs).toMatchObject({ result: "planned", "plan-file": "out/plan.json" });
    expect(planned.log).toContain("~ acme-plan-file");
    await write("print(2)\n");
    const stale = await run(file);
    expect(stale).toMatchObject({ exitCode: 1, outputs: { result: "failed" } });
    expect(stale.errors.join()).toContain("has another script or library in this checkout");
    expect(await location()).toBe("s3://acme-plan-file/old.py");
    await write("print(1)\n");
    expect((await run(file)).outputs).toMatchObject({ result: "deployed", "plan-file": "out/plan.json" });
    expect((await run(file)).outputs["result"]).toBe("unchanged");
  });

  it("rolls back in a workspace that has the manifest and no script", async () => {
    const { run, write, removeScript, location } = await world("acme-rollback");
    await run({});
    const first = await location();
    await write("print(2)\n");
    await run({});
    expect(await location()).not.toBe(first);
    await removeScript();
    expect((await run({ mode: "rollback" })).outputs["result"]).toBe("rolled-back");
    expect(await location()).toBe(first);
    const unknown = await run({ mode: "rollback", "rollback-to": "20990101T000000.000Z-c-1" });
    expect(unknown.errors.join()).toContain("The newest releases:");
  });

  it("keeps as many releases as it is told", async () => {
    const { run, write } = await world("acme-keep");
    for (const text of ["print(2)\n", "print(3)\n", "print(4)\n"]) {
      await write(text);
      expect((await run({})).outputs["result"]).toBe("deployed");
    }
    await write("print(5)\n");
    expect((await run({ "keep-releases": "2" })).summary).toContain("Pruned 2 releases");
    const refused = await run({ "keep-releases": "0" });
    expect(refused.errors.join()).toContain("must be a whole number, 1 or more");
  });
});
