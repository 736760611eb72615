import { execFileSync } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findPaths } from "../../src/scripts/find-paths.ts";
import { workspaceWith } from "../support/workspace.ts";

describe("what a glob finds", () => {
  it.each([
    [
      "a glob of one folder",
      "jobs/*.py",
      [
        "jobs/.hidden.py",
        "jobs/[a].py",
        "jobs/a (copy)+|x.py",
        "jobs/b.py",
        "jobs/gone.py",
        "jobs/out.py",
        "jobs/pipe.py",
        "jobs/x.py",
      ],
    ],
    ["a leading ./", "./jobs/b*.py", ["jobs/b.py"]],
    ["every depth", "**/deep.py", ["jobs/sub/more/deep.py"]],
    ["no more depth than asked for", "jobs/*/*.py", ["jobs/sub/s.py"]],
    ["alternatives with a slash in them", "{jobs/sub,other}/*.py", ["jobs/sub/s.py", "other/o.py"]],
    ["a plain path", "jobs/b.py", ["jobs/b.py"]],
    ["a path outside the workspace's folder", "jobs/../other/*.py", ["other/o.py"]],
    ["a linked folder, when it is named", "linked/*.py", ["linked/s.py"]],
    ["nothing in a linked folder that is only passed", "**/s.py", ["jobs/sub/s.py"]],
    ["nothing in a folder that isn't there", "nowhere/*.py", []],
    ["nothing for a path that isn't there", "nowhere.py", []],
    ["no package's scripts", "**/index.py", []],
    ["a name with brackets as it is", "jobs/*(copy)+|x.py", ["jobs/a (copy)+|x.py"]],
    ["a name whose brackets are escaped", "jobs/*\\(copy\\)+|x.py", ["jobs/a (copy)+|x.py"]],
    ["one wildcard to each part of a long path", "*/*/*/*/*/*/d.py", ["1/2/3/4/5/6/d.py"]],
  ])("is %s", async (_, pattern, paths) => {
    expect(await findPaths(await tree(), pattern)).toEqual(paths);
  });
});

describe("a glob that a name could take years to match", () => {
  it.each([
    "*a*a*a*a*.py",
    "**/**/**/**/**/x.py",
    "{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}.py",
    `${"x".repeat(1_000)}*`,
  ])("is refused: %s", async (pattern) => {
    await expect(findPaths(await tree(), pattern)).rejects.toMatchObject({ code: "glob-too-complex" });
  });

  it("is none that looks like a regular expression without end", async () => {
    const workspace = await workspaceWith({ [`${"a".repeat(80)}.py`]: "" });
    expect(await findPaths(workspace, "(a+)+*b.py")).toEqual([]);
    expect(await findPaths(workspace, "{a,b}+*b.py")).toEqual([]);
  });
});

async function tree(): Promise<string> {
  const workspace = await workspaceWith({
    "jobs/b.py": "",
    "jobs/[a].py": "",
    "jobs/.hidden.py": "",
    "jobs/notes.txt": "",
    "jobs/sub/s.py": "",
    "jobs/a (copy)+|x.py": "",
    "1/2/3/4/5/6/d.py": "",
    "jobs/sub/more/deep.py": "",
    "other/o.py": "",
    "node_modules/p/index.py": "",
  });
  await mkdir(join(workspace, "jobs/x.py"));
  await symlink("nowhere", join(workspace, "jobs/gone.py"));
  await symlink("/etc/hostname", join(workspace, "jobs/out.py"));
  await symlink("jobs/sub", join(workspace, "linked"));
  execFileSync("mkfifo", [join(workspace, "jobs/pipe.py")]);
  return workspace;
}
