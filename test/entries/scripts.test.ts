import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { scriptsOfPaths } from "../../src/entries/scripts.ts";
import { workspaceWith } from "../support/workspace.ts";

describe("the scripts that globs name", () => {
  it("are each checked once, also where a glob names none but those of another", async () => {
    const workspace = await workspaceWith({ "jobs/a.py": "", "jobs/b.py": "" });
    const { scripts } = await scriptsOfPaths(workspace, ["jobs/*.py", "jobs/a.py", "jobs/a.py"], "4.0");
    expect(scripts.map(({ path, jobs }) => [path, jobs[0]?.glueVersion])).toEqual([
      ["jobs/a.py", "4.0"],
      ["jobs/b.py", "4.0"],
    ]);
  });

  it("are problems where they are none", async () => {
    const workspace = await workspaceWith({ "jobs/a.py": "" });
    await mkdir(join(workspace, "jobs/folder.py"));
    await mkdir(join(workspace, "jobs/folder"));
    await symlink("nowhere.py", join(workspace, "jobs/dangling.py"));
    await symlink("/etc/hostname", join(workspace, "jobs/out.py"));
    await execa("mkfifo", [join(workspace, "jobs/pipe.py")]);
    const { scripts, problems } = await scriptsOfPaths(workspace, ["jobs/*"], undefined);
    expect(scripts.map(({ path }) => path)).toEqual(["jobs/a.py"]);
    expect(problems.map(({ path, rule }) => `${rule} ${path}`)).toEqual([
      "missing-script jobs/dangling.py",
      "unreadable-script jobs/folder.py",
      "unsafe-path jobs/out.py",
      "unreadable-script jobs/pipe.py",
    ]);
  });

  it("may be named by absolute paths below the workspace, through a link to it too", async () => {
    const workspace = await workspaceWith({ "jobs/a.py": "", "jobs/b.py": "" });
    const link = join(await workspaceWith({}), "link");
    await symlink(workspace, link);
    const below = async (folder: string, pattern: string) =>
      (await scriptsOfPaths(folder, [pattern], undefined)).scripts.map(({ path }) => path);
    expect(await below(workspace, join(workspace, "jobs/*.py"))).toEqual(["jobs/a.py", "jobs/b.py"]);
    expect(await below(link, join(workspace, "jobs/a.py"))).toEqual(["jobs/a.py"]);
    expect(await below(link, join(link, "jobs/a.py"))).toEqual(["jobs/a.py"]);
  });

  it.each(["/etc/hostname", "/etc/*.py", "/no/such.py"])("are none outside of it: %s", async (path) => {
    const workspace = await workspaceWith({ "a.py": "" });
    const { scripts, problems } = await scriptsOfPaths(workspace, [path, "a.py"], undefined);
    expect(scripts.map((script) => script.path)).toEqual(["a.py"]);
    expect(problems).toMatchObject([
      { rule: "unsafe-path", path, message: `${path} is outside of the repository` },
    ]);
  });

  it.each([["lib/*.py"], ["jobs/folder"]])("are none for %j, which is a typo", async (pattern) => {
    const workspace = await workspaceWith({ "jobs/folder/x.txt": "" });
    await expect(scriptsOfPaths(workspace, [pattern], undefined)).rejects.toThrow(
      `paths: no file matches "${pattern}"`,
    );
  });
});
