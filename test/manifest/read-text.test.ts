import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readManifestText } from "../../src/manifest/read-text.ts";
import { workspaceWith } from "../support/workspace.ts";

const path = "glue-pipeline.yml";
const most = 2 * 1024 * 1024;

describe("the text of a manifest", () => {
  it.each([
    ["empty", ""],
    ["of any language", "name: ação\n"],
    ["as large as may be", "#".repeat(most)],
  ])("is read where it is %s", async (_, text) => {
    expect(await readManifestText(await workspaceWith({ [path]: text }), path)).toBe(text);
  });

  it.each<[string, (workspace: string) => Promise<unknown>, object]>([
    [
      "isn't there",
      async () => undefined,
      {
        code: "manifest-not-found",
        message: `there is no manifest at ${path}`,
        remedy: expect.stringContaining("Create glue-pipeline.yml at the root of the repository"),
      },
    ],
    [
      "is a folder",
      (workspace) => mkdir(join(workspace, path)),
      { message: `${path} is not a regular file`, remedy: "Name a file in the manifest input." },
    ],
    [
      "is a link that leads out",
      async (workspace) =>
        symlink(join(await workspaceWith({ secret: "x" }), "secret"), join(workspace, path)),
      {
        message: `${path} leaves the repository (links are followed)`,
        remedy: "Keep the manifest inside the repository.",
      },
    ],
  ])("is refused where it %s", async (_, make, error) => {
    const workspace = await workspaceWith({});
    await make(workspace);
    await expect(readManifestText(workspace, path)).rejects.toMatchObject({
      code: "manifest-unreadable",
      source: "user",
      location: { path },
      ...error,
    });
  });

  it.each([
    [
      "a byte too large",
      "#".repeat(most + 1),
      {
        message: `${path} has ${most + 1} bytes; a manifest has at most ${most}`,
        remedy: "Let one entry with a glob stand for many jobs.",
      },
    ],
    [
      "no UTF-8",
      Uint8Array.of(0xff, 0xfe),
      {
        message: `${path} can't be read as UTF-8 text`,
        remedy: "Save the manifest as a UTF-8 text file.",
      },
    ],
  ])("is refused where it is %s", async (_, content, error) => {
    await expect(readManifestText(await workspaceWith({ [path]: content }), path)).rejects.toMatchObject({
      code: "manifest-unreadable",
      source: "user",
      location: { path },
      ...error,
    });
  });

  it("is read through a link that stays inside", async () => {
    const workspace = await workspaceWith({ "real.yml": "version: 1\n" });
    await symlink("real.yml", join(workspace, path));
    expect(await readManifestText(workspace, path)).toBe("version: 1\n");
  });
});
