import { mkdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { parseContentKey, scriptArtifact } from "../../src/scripts/artifact.ts";
import { libraryArtifact, namesByFileName, topLevelNames } from "../../src/scripts/library.ts";
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

describe("libraryArtifact", () => {
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
    const [a, b] = [
      await libraryArtifact(one, "libs/common", "p/", false),
      await libraryArtifact(two, "libs/common", "p/", false),
    ];
    expect(a.sha256).toBe(b.sha256);
    expect(a.key).toMatch(/^p\/common\/common-[0-9a-f]{12}\.zip$/);
  });

  it("keeps a package's name, and gives a plain folder's content to the root", async () => {
    const workspace = await workspaceWith(tree);
    const names = async (path: string) =>
      Object.keys(unzipSync((await libraryArtifact(workspace, path, "", false)).bytes));
    expect(await names("libs/common")).toEqual(["common/__init__.py", "common/a/c.py", "common/b.py"]);
    expect(await names("libs")).toEqual(["common/__init__.py", "common/a/c.py", "common/b.py"]);
    expect(await names("libs/common/b.py")).toEqual(["b.py"]);
  });

  it("refuses a folder with nothing in it", async () => {
    const workspace = await workspaceWith({ "libs/.hidden": "x" });
    await expect(libraryArtifact(workspace, "libs", "", false)).rejects.toMatchObject({
      code: "script-unreadable",
    });
  });
});

describe("a ready library", () => {
  const zip = (files: Record<string, string>) =>
    Buffer.from(
      zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))),
    );
  const wheel = zip({
    "shoplib/__init__.py": "V = 1\n",
    "shoplib/tools.py": "",
    "other.py": "",
    "space/part/__init__.py": "",
    "shoplib-1.0.dist-info/METADATA": "Name: shoplib\n",
  });

  async function workspaceOf(files: Readonly<Record<string, Buffer>>): Promise<string> {
    const workspace = await workspaceWith({ "libs/x.py": "x = 1\n" });
    for (const [name, bytes] of Object.entries(files)) await writeFile(join(workspace, "libs", name), bytes);
    return workspace;
  }

  it.each([
    ["shoplib-1.0-py3-none-any.whl", /^p\/shoplib\/[0-9a-f]{12}\/shoplib-1\.0-py3-none-any\.whl$/],
    ["shoplib.zip", /^p\/shoplib\/shoplib-[0-9a-f]{12}\.zip$/],
    ["shoplib-1.0-py3.11.egg", /^p\/shoplib-1\.0-py3\.11\/shoplib-1\.0-py3\.11-[0-9a-f]{12}\.egg$/],
  ])("%s goes up byte for byte", async (name, key) => {
    const workspace = await workspaceOf({ [name]: wheel });
    const made = await libraryArtifact(workspace, `libs/${name}`, "p/", false);
    expect(Buffer.from(made.bytes)).toEqual(wheel);
    expect(made.key).toMatch(key);
    expect(parseContentKey(made.key)?.hash).toBe(made.sha256.slice(0, 12));
    expect(made.provides).toEqual(["other", "shoplib", "space.part"]);
  });

  it.each<[string, Buffer, boolean, string, string]>([
    ["broken.whl", Buffer.from("no archive"), false, "script-unreadable", "is no archive that can be read"],
    ["data.zip", zip({ "a.csv": "1" }), false, "script-unreadable", "holds no Python module"],
    ["shoplib.zip", wheel, true, "library-form", "Python shell jobs take wheels and eggs alone"],
  ])(
    "%s is refused where it is none, or not for this kind of job",
    async (name, bytes, isShell, code, why) => {
      const workspace = await workspaceOf({ [name]: bytes });
      await expect(libraryArtifact(workspace, `libs/${name}`, "p/", isShell)).rejects.toMatchObject({
        code,
        message: expect.stringContaining(why),
      });
    },
  );

  it("is a wheel that pip can install, where a folder is for a Python shell job", async () => {
    const [one, two] = [
      await workspaceWith({ "libs/shop-lib/__init__.py": "V = 1\n" }),
      await workspaceWith({ "libs/shop-lib/__init__.py": "V = 1\n" }),
    ];
    const made = await libraryArtifact(one, "libs/shop-lib", "p/", true);
    expect(made.sha256).toBe((await libraryArtifact(two, "libs/shop-lib", "p/", true)).sha256);
    expect(made.key).toMatch(/^p\/shop_lib\/[0-9a-f]{12}\/shop_lib-0\.0\.0-py3-none-any\.whl$/);
    const names = Object.keys(unzipSync(made.bytes)).sort();
    expect(names).toEqual([
      "shop-lib/__init__.py",
      "shop_lib-0.0.0.dist-info/METADATA",
      "shop_lib-0.0.0.dist-info/RECORD",
      "shop_lib-0.0.0.dist-info/WHEEL",
    ]);
    const record = strFromU8(unzipSync(made.bytes)["shop_lib-0.0.0.dist-info/RECORD"] ?? new Uint8Array());
    expect(record.split("\n").filter((line) => line !== "")).toHaveLength(4);
  });

  it("that can't be read is told by its name", () => {
    expect(topLevelNames(Buffer.from("x"))).toBeUndefined();
    expect(namesByFileName("s3://b/shop_lib-1.0-py3-none-any.whl")).toEqual(["shop_lib"]);
    expect(namesByFileName("s3://b/common.zip")).toEqual(["common"]);
  });
});

it("a notebook is no script", async () => {
  const workspace = await workspaceWith({ "load.ipynb": '{"cells": []}' });
  await expect(scriptArtifact(workspace, "load.ipynb", "p/")).rejects.toMatchObject({
    code: "script-form",
    message: "load.ipynb is a notebook, and Glue would run its JSON as Python, which does nothing",
    remedy: expect.stringContaining("Export the notebook"),
  });
});
