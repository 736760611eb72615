import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { changedPaths } from "../../src/scripts/changed.ts";
import { workspaceWith } from "../support/workspace.ts";

async function git(workspace: string, ...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  return (await execa("git", [...identity, ...args], { cwd: workspace })).stdout;
}

describe("changedPaths", () => {
  it("gives what the commits since the base changed, names with spaces and accents included", async () => {
    const workspace = await workspaceWith({ "a.py": "1", "b.py": "1" });
    await git(workspace, "init", "--quiet");
    await git(workspace, "add", "--all");
    await git(workspace, "commit", "--quiet", "-m", "one");
    const base = await git(workspace, "rev-parse", "HEAD");
    await writeFile(join(workspace, "b.py"), "2");
    await writeFile(join(workspace, "não é.py"), "2");
    await git(workspace, "add", "--all");
    await git(workspace, "commit", "--quiet", "-m", "two");
    expect(await changedPaths(workspace, base)).toEqual(new Set(["b.py", "não é.py"]));
  });

  it("doesn't guess when the base is unknown or there is no repository", async () => {
    const workspace = await workspaceWith({ "a.py": "1" });
    expect(await changedPaths(workspace, "HEAD~1")).toBeUndefined();
    await git(workspace, "init", "--quiet");
    expect(await changedPaths(workspace, "0123456789012345678901234567890123456789")).toBeUndefined();
  });
});
