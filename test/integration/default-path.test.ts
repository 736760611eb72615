import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ActionName, runBuiltAction } from "../support/action.ts";
import { useSandbox } from "../support/sandbox.ts";
import { workspaceWith } from "../support/workspace.ts";
import { userPipeline } from "../workflows/support/pipeline.ts";

const sandbox = useSandbox();
const limit = 1.1e6;

/** What an action reads of its bundle on the way to its end. */
async function loadedBy(action: ActionName, workspace: string, inputs: Readonly<Record<string, string>>) {
  const file = join(await workspaceWith({}), "loaded");
  const NODE_OPTIONS = `--import ${join(import.meta.dirname, "../support/record-loads.ts")}`;
  const run = await runBuiltAction(action, workspace, inputs, {
    ...sandbox.current.environment,
    NODE_OPTIONS,
    LOADED: file,
  });
  const files = readFileSync(file, "utf8")
    .split("\n")
    .filter((path) => path.includes(`/actions/${action}/dist/`));
  const text = files.map((path) => readFileSync(path, "utf8")).join("\n");
  return { run, text, bytes: files.reduce((sum, path) => sum + statSync(path).size, 0) };
}

describe("what an action reads of its bundle", () => {
  it.each([
    { action: "validate-glue", inputs: {}, aws: false },
    { action: "deploy-glue", inputs: { mode: "deploy" }, aws: true },
    { action: "run-e2e", inputs: { "expect-release": "" }, aws: true },
  ] as const)("is under 1.1 MB on $action's default path, with GitHub's client left alone", async (row) => {
    const pipeline = await userPipeline(sandbox.current, `reads-${row.action}`);
    const { workspace } = pipeline;
    if (row.action === "run-e2e") await loadedBy("deploy-glue", workspace, {});
    const { run, text, bytes } = await loadedBy(row.action, workspace, row.inputs);
    expect(run).toMatchObject({ exitCode: 0, errors: [] });
    expect(bytes).toBeGreaterThan(100_000);
    expect(bytes).toBeLessThan(limit);
    expect(text.includes("octokit")).toBe(false);
    expect(text.includes("GetCallerIdentity")).toBe(row.aws);
  });

  it("is a fraction of that after a bad input", async () => {
    const { run, bytes } = await loadedBy("deploy-glue", await workspaceWith({}), { mode: "delpoy" });
    expect(run.exitCode).toBe(1);
    expect(bytes).toBeLessThan(200_000);
  });
});
