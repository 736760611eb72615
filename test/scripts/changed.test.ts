import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { changedPaths } from "../../src/scripts/changed.ts";
import { commit, git, repository } from "../support/git.ts";
import { workspaceWith } from "../support/workspace.ts";

async function known(workspace: string, base: string | undefined): Promise<string[]> {
  const changes = await changedPaths(workspace, base);
  if (changes.kind === "unknown") throw new Error(changes.reason);
  return [...changes.paths].sort();
}

describe("changedPaths", () => {
  it("gives what the commits since the base changed, names with spaces and accents included", async () => {
    const { workspace, base } = await repository({ "a.py": "1", "b.py": "1" });
    await commit(workspace, { "b.py": "2", "não é.py": "2" });
    expect(await known(workspace, base)).toEqual(["b.py", "não é.py"]);
  });

  it("gives both names of a renamed file, and deleted ones", async () => {
    const { workspace, base } = await repository({
      "libs/old.py": "a\nb\nc\n",
      "gone.py": "1",
      "same.py": "1",
    });
    await rename(join(workspace, "libs/old.py"), join(workspace, "new.py"));
    await rm(join(workspace, "gone.py"));
    await commit(workspace);
    expect(await known(workspace, base)).toEqual(["gone.py", "libs/old.py", "new.py"]);
  });

  it("leaves out what the base branch changed meanwhile", async () => {
    const { workspace } = await repository({ "a.py": "1", "b.py": "1" });
    await git(workspace, "checkout", "--quiet", "-b", "topic");
    await commit(workspace, { "a.py": "2" });
    await git(workspace, "checkout", "--quiet", "main");
    const base = await commit(workspace, { "b.py": "2" });
    await git(workspace, "checkout", "--quiet", "topic");
    expect(await known(workspace, base)).toEqual(["a.py"]);
  });

  it("counts what is not committed yet, but not what git ignores", async () => {
    const { workspace, base } = await repository({ "a.py": "1", ".gitignore": "out/\n" });
    await writeFile(join(workspace, "a.py"), "2");
    await writeFile(join(workspace, "new.py"), "2");
    await mkdir(join(workspace, "out"));
    await writeFile(join(workspace, "out/x.py"), "2");
    expect(await known(workspace, base)).toEqual(["a.py", "new.py"]);
  });

  it("gives paths relative to a workspace that is a folder of the repository", async () => {
    const { workspace, base } = await repository({ "etl/a.py": "1", "web/b.js": "1" });
    await commit(workspace, { "etl/a.py": "2", "web/b.js": "2" });
    expect(await known(join(workspace, "etl"), base)).toEqual(["a.py"]);
  });

  it("fetches the base that a shallow clone lacks", async () => {
    const { workspace: origin, base } = await repository({ "a.py": "1", "b.py": "1" });
    await commit(origin, { "a.py": "2" });
    const workspace = await workspaceWith({});
    await git(workspace, "clone", "--quiet", "--depth=1", `file://${origin}`, ".");
    expect(await known(workspace, base)).toEqual(["a.py"]);
  });

  it.each([
    ["no base", undefined, /no earlier commit/],
    ["the first push of a branch", "0".repeat(40), /no earlier commit/],
    ["a base that is nowhere", "0123456789".repeat(4), /not in this clone and could not be fetched/],
    ["a base that looks like an option", "--output=x", /not in this clone/],
  ])("doesn't guess: %s", async (_, base, reason) => {
    const { workspace } = await repository({ "a.py": "1" });
    expect(await changedPaths(workspace, base)).toEqual({
      kind: "unknown",
      reason: expect.stringMatching(reason),
    });
  });

  it("doesn't guess where there is no repository", async () => {
    const workspace = await workspaceWith({ "a.py": "1" });
    expect(await changedPaths(workspace, "HEAD~1")).toMatchObject({ kind: "unknown" });
  });
});
