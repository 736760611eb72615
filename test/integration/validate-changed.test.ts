import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBuiltAction } from "../support/action.ts";
import { commit, git, repository } from "../support/git.ts";
import { workspaceWith } from "../support/workspace.ts";

const manifest = `version: 1
name: cars
environments: { dev: { region: us-east-1 } }
scripts: { bucket: acme-scripts }
jobs:
  silver: { job: silver, script: glue_jobs/silver.py }
  gold: { job: gold, script: glue_jobs/gold.py, extra-py-files: [libs/common] }
`;
const files = {
  "glue-pipeline.yml": manifest,
  "glue_jobs/silver.py": "print('silver')\n",
  "glue_jobs/gold.py": "print('gold')\n",
  "libs/common/__init__.py": "",
  "libs/common/dates.py": "DAY = 1\n",
  "README.md": "cars\n",
};

/** Runs the built action as on a push or pull request that came upon `base`. */
async function validate(workspace: string, event: object, inputs: Readonly<Record<string, string>> = {}) {
  const folder = await workspaceWith({ "event.json": JSON.stringify(event) });
  return runBuiltAction(
    "validate-glue",
    workspace,
    { "changed-only": "true", ...inputs },
    { GITHUB_EVENT_PATH: join(folder, "event.json") },
  );
}

const push = (before: string) => ({ before });
const pullRequest = (base: string) => ({
  pull_request: {
    number: 7,
    base: { sha: base, repo: { full_name: "acme/cars" } },
    head: { sha: base, repo: { full_name: "acme/cars" } },
  },
});

describe("changed-only", () => {
  it.each([
    ["a script", { "glue_jobs/silver.py": "print(1)\n" }, "1"],
    ["a library that one job shares", { "libs/common/dates.py": "DAY = 2\n" }, "1"],
    ["a new file of that library", { "libs/common/more.py": "" }, "1"],
    ["nothing of a job's", { "README.md": "trucks\n" }, "0"],
    ["the manifest", { "glue-pipeline.yml": `${manifest}# x\n` }, "2"],
  ])("checks what a push touched: %s", async (_, change, checked) => {
    const { workspace, base } = await repository(files);
    await commit(workspace, change);
    const result = await validate(workspace, push(base));
    expect(result).toMatchObject({ exitCode: 0, outputs: { result: "passed", "scripts-checked": checked } });
    expect(result.summary).toContain("changed-only:");
  });

  it("finds what a pull request broke, and only that", async () => {
    const { workspace } = await repository({ ...files, "glue_jobs/silver.py": "print((\n" });
    await git(workspace, "checkout", "--quiet", "-b", "topic");
    await commit(workspace, { "glue_jobs/gold.py": "x = = 1\n" });
    const base = await git(workspace, "rev-parse", "main");
    const result = await validate(workspace, pullRequest(base), { "changed-only": "auto" });
    expect(result).toMatchObject({ exitCode: 1, outputs: { "scripts-checked": "1", errors: "1" } });
    expect(result.errors[0]).toContain("SyntaxError");
  });

  it("auto checks everything on a push", async () => {
    const { workspace, base } = await repository(files);
    await commit(workspace, { "glue_jobs/silver.py": "print(1)\n" });
    const result = await validate(workspace, push(base), { "changed-only": "auto" });
    expect(result.outputs).toMatchObject({ "scripts-checked": "2" });
  });

  it("fetches the base into a shallow clone", async () => {
    const { workspace: origin, base } = await repository(files);
    await commit(origin, { "glue_jobs/silver.py": "print(1)\n" });
    const workspace = await workspaceWith({});
    await git(workspace, "clone", "--quiet", "--depth=1", `file://${origin}`, ".");
    const result = await validate(workspace, push(base));
    expect(result.outputs).toMatchObject({ result: "passed", "scripts-checked": "1" });
  });

  it.each([
    ["a base that can't be had", push("0123456789".repeat(4)), /could not be fetched/],
    ["a branch's first push", push("0".repeat(40)), /no earlier commit/],
    ["no event", {}, /no earlier commit/],
  ])("checks everything and says why: %s", async (_, event, why) => {
    const { workspace } = await repository(files);
    const result = await validate(workspace, event);
    expect(result.outputs).toMatchObject({ result: "passed", "scripts-checked": "2" });
    expect(result.log).toMatch(why);
    expect(result.summary).toMatch(why);
  });

  it("checks everything outside a repository", async () => {
    const result = await validate(await workspaceWith(files), push("0123456789".repeat(4)));
    expect(result.outputs).toMatchObject({ "scripts-checked": "2" });
    expect(result.log).toContain("no git repository");
  });

  it("follows a link to the file that changed", async () => {
    const { workspace } = await repository({ "shared/a.py": "print(1)\n", "b.py": "print(2)\n" });
    await git(workspace, "config", "core.symlinks", "true");
    await symlink("shared/a.py", join(workspace, "job.py"));
    const base = await commit(workspace);
    await writeFile(join(workspace, "shared/a.py"), "print(3)\n");
    const result = await validate(workspace, push(base), { paths: "*.py" });
    expect(result.outputs).toMatchObject({ "scripts-checked": "1" });
  });
});
