import { mkdir, rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { inspectPath, inspectPaths } from "../../src/scripts/safe-path.ts";
import { workspaceWith } from "../support/workspace.ts";

describe("a path of the workspace", () => {
  it("is what it leads to, and unsafe wherever that is outside", async () => {
    const outside = await workspaceWith({ "secret.py": "", "folder/a.py": "" });
    const workspace = await workspaceWith({ "jobs/a.py": "" });
    await symlink(join(outside, "secret.py"), join(workspace, "out.py"));
    await symlink(join(outside, "folder"), join(workspace, "outfolder"));
    await symlink("jobs/a.py", join(workspace, "in.py"));
    await symlink("jobs", join(workspace, "infolder"));
    await execa("mkfifo", [join(workspace, "pipe")]);
    const paths = [
      "jobs/a.py",
      "jobs",
      ".",
      "in.py",
      "infolder/a.py",
      "pipe",
      "nothing",
      "../a.py",
      "..",
      "out.py",
      "outfolder/a.py",
    ];
    const verdicts = await inspectPaths(workspace, paths);
    expect(verdicts.map(({ kind }) => kind)).toEqual([
      "file",
      "folder",
      "folder",
      "file",
      "file",
      "other",
      "missing",
      "unsafe",
      "unsafe",
      "unsafe",
      "unsafe",
    ]);
    expect(verdicts[4]).toEqual({ kind: "file", absolute: join(workspace, "jobs/a.py") });
  });

  it("may begin with dots that lead nowhere", async () => {
    const workspace = await workspaceWith({ "..jobs/a.py": "" });
    expect(await inspectPath(workspace, "..jobs/a.py")).toMatchObject({ kind: "file" });
  });

  it("is missing once it is gone", async () => {
    const workspace = await workspaceWith({});
    await mkdir(join(workspace, "jobs"));
    await rm(join(workspace, "jobs"), { recursive: true });
    expect(await inspectPath(workspace, "jobs/a.py")).toEqual({ kind: "missing" });
  });
});
