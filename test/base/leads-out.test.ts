import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { leadsOut } from "../../src/base/leads-out.ts";
import { workspaceWith } from "../support/workspace.ts";

describe("leadsOut", () => {
  it.each([
    ["a file", "inner/file.txt", false],
    ["a file that isn't there yet, in folders that aren't either", "new/deep/file.txt", false],
    ["a link to a file inside", "inside", false],
    ["a link to a file outside", "outside", true],
    ["a link that leads nowhere", "dangling", true],
    ["a link in a circle", "circle", true],
    ["a new file in a linked folder outside", "folder/new.txt", true],
    ["a path that is named outside", "../other.txt", false],
    ["an absolute path", "/etc/hostname", false],
  ])("says of %s", async (_, path, leads) => {
    const workspace = await workspaceWith({ "inner/file.txt": "" });
    const elsewhere = await workspaceWith({ "file.txt": "" });
    await mkdir(join(elsewhere, "folder"));
    await symlink("inner/file.txt", join(workspace, "inside"));
    await symlink(join(elsewhere, "file.txt"), join(workspace, "outside"));
    await symlink(join(elsewhere, "nowhere"), join(workspace, "dangling"));
    await symlink("circle", join(workspace, "circle"));
    await symlink(join(elsewhere, "folder"), join(workspace, "folder"));
    expect(await leadsOut(workspace, path)).toBe(leads);
  });
});
