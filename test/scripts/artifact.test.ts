import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseContentKey, scriptArtifact, zipArtifact } from "../../src/scripts/artifact.ts";
import { workspaceWith } from "../support/workspace.ts";

const sha = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"; // of "hello\n"

async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const workspace = await workspaceWith(files);
  await execa("git", ["init", "--quiet"], { cwd: workspace });
  await execa("git", ["add", "--all"], { cwd: workspace });
  return workspace;
}

describe("scriptArtifact", () => {
  it("names the key by the hash of the bytes, in the base name", async () => {
    const workspace = await workspaceWith({ "glue_jobs/silver.py": "hello\n" });
    const artifact = await scriptArtifact(workspace, "glue_jobs/silver.py", "glue/");
    expect(artifact).toMatchObject({ sha256: sha, key: "glue/silver/silver-5891b5b522d5.py" });
    expect(parseContentKey(artifact.key)).toEqual({ stem: "silver", hash: "5891b5b522d5" });
  });

  it("gives a checkout that turned LF into CRLF the same key", async () => {
    const workspace = await repository({ "a.py": "hello\n", ".gitattributes": "*.py text\n" });
    await writeFile(join(workspace, "a.py"), "hello\r\n");
    expect((await scriptArtifact(workspace, "a.py", "")).sha256).toBe(sha);
  });

  it("leaves CRLF alone where git stores it so", async () => {
    const workspace = await repository({ "a.py": "hello\r\n" });
    expect((await scriptArtifact(workspace, "a.py", "")).bytes).toEqual(Buffer.from("hello\r\n"));
  });

  it("leaves CRLF alone outside of git", async () => {
    const workspace = await workspaceWith({ "a.py": "hello\r\n" });
    expect((await scriptArtifact(workspace, "a.py", "")).bytes).toEqual(Buffer.from("hello\r\n"));
  });

  it.each([
    ["a missing file", "b.py"],
    ["an empty file", "empty.py"],
    ["a folder", "folder"],
    ["a link out of the repository", "link.py"],
    ["a path out of the repository", "../../etc/passwd"],
  ])("refuses %s", async (_, path) => {
    const workspace = await workspaceWith({ "empty.py": "", "folder/x.py": "1" });
    await symlink("/etc/passwd", join(workspace, "link.py"));
    await expect(scriptArtifact(workspace, path, "")).rejects.toMatchObject({ code: "script-unreadable" });
  });
});

describe("zipArtifact", () => {
  const tree = {
    "libs/common/__init__.py": "",
    "libs/common/b.py": "b = 1\n",
    "libs/common/a/c.py": "c = 1\n",
  };

  it("gives the same tree the same bytes, whatever its times and caches", async () => {
    const [one, two] = [await workspaceWith(tree), await workspaceWith(tree)];
    await utimes(join(two, "libs/common/b.py"), 1, 1);
    await mkdir(join(two, "libs/common/__pycache__"));
    await writeFile(join(two, "libs/common/__pycache__/b.pyc"), "x");
    const [a, b] = [await zipArtifact(one, "libs/common", "p/"), await zipArtifact(two, "libs/common", "p/")];
    expect(a.sha256).toBe(b.sha256);
    expect(a.key).toMatch(/^p\/common\/common-[0-9a-f]{12}\.zip$/);
  });

  it("keeps a package's name, and gives a plain folder's content to the root", async () => {
    const workspace = await workspaceWith(tree);
    const names = async (path: string) =>
      Object.keys(unzipSync((await zipArtifact(workspace, path, "")).bytes));
    expect(await names("libs/common")).toEqual(["common/__init__.py", "common/a/c.py", "common/b.py"]);
    expect(await names("libs")).toEqual(["common/__init__.py", "common/a/c.py", "common/b.py"]);
    expect(await names("libs/common/b.py")).toEqual(["b.py"]);
  });

  it("refuses a folder with nothing in it", async () => {
    const workspace = await workspaceWith({ "libs/.hidden": "x" });
    await expect(zipArtifact(workspace, "libs", "")).rejects.toMatchObject({ code: "script-unreadable" });
  });
});
