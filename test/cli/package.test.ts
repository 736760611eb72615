import { spawnSync } from "node:child_process";
import { access, readFile, rm } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runBuiltAction } from "../support/action.ts";
import { medallionWorkspace } from "../support/medallion.ts";
import { workspaceWith } from "../support/workspace.ts";

const root = join(import.meta.dirname, "../..");

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      { readonly if?: string; readonly steps: readonly { uses: string; with: Record<string, string> }[] }
    >
  >;
}

/** The Node.js that this process runs on, and another one that the machine may have, such as an older one. */
function installedNodes(): readonly string[] {
  const folders = (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => !folder.includes("node_modules"));
  const others = folders
    .map((folder) => join(folder, "node"))
    .filter((node) => spawnSync(node, ["-v"]).status === 0);
  return [process.execPath, ...others.slice(0, 1)];
}

describe("the package", () => {
  it("installs into an empty folder with no dependency, and brings a new user to a green pull-request check", async () => {
    const folder = await workspaceWith({ "package.json": "{}" });
    const npm = (...args: string[]) => execa("npm", [...args], { cwd: folder, extendEnv: true });
    const { stdout: packed } = await npm("pack", root, "--silent", "--ignore-scripts");
    await npm("install", "--offline", "--ignore-scripts", `./${packed.trim()}`);
    expect((await npm("ls", "--all", "--parseable")).stdout.split("\n")).toHaveLength(2);
    const program = join(folder, "node_modules/.bin/glue-toolkit");
    for (const node of installedNodes()) {
      const workspace = await medallionWorkspace();
      await rm(join(workspace, "glue-pipeline.yml"));
      await rm(join(workspace, ".github"), { recursive: true });
      const run = (...args: string[]) => execa(node, [program, ...args], { cwd: workspace, reject: false });
      const begun = await run("init", "--scripts", "glue_jobs", "--name", "datalake-pipeline", "--json");
      expect(begun).toMatchObject({ exitCode: 0 });
      expect(await run("validate")).toMatchObject({ exitCode: 0 });
      expect(await run("validate", "incident/*.py")).toMatchObject({ exitCode: 1 });
      await assertGreenCheck(workspace);
    }
  }, 120_000);

  it("has a command that runs as it stands in a clone, and tells the package's version", async () => {
    await access(join(root, "dist/cli/LICENSES.txt"));
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    const { stdout } = await execa(join(root, "dist/cli/cli.js"), ["--version"]);
    expect(stdout).toBe(version);
  });
});

/** Runs the validate job of the workflow that `init` wrote, as a pull request would: the one step of ours, built. */
async function assertGreenCheck(workspace: string): Promise<void> {
  const { jobs } = parse(await readFile(join(workspace, ".github/workflows/glue.yml"), "utf8")) as Workflow;
  const [check, ...others] = (jobs["validate"]?.steps ?? []).filter(({ uses }) =>
    uses.includes("/glue-deploy-toolkit/"),
  );
  expect(others).toEqual([]);
  expect(check?.uses).toBe("glue-deploy-toolkit/glue-deploy-toolkit/actions/validate-glue@v1");
  expect(jobs["validate"]?.if).toBeUndefined();
  const { exitCode, outputs } = await runBuiltAction("validate-glue", workspace, check?.with);
  expect({ exitCode, outputs }).toMatchObject({
    exitCode: 0,
    outputs: { result: "passed", "scripts-checked": "4" },
  });
}
