import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cacheFolder } from "../../sandbox/environment/cache-folder.ts";
import { ensureEnvironment } from "../../sandbox/environment/ensure.ts";
import { findPython } from "../../sandbox/environment/find-python.ts";
import { withLock } from "../../sandbox/environment/lock.ts";
import { workspaceWith } from "../support/workspace.ts";

async function program(folder: string, name: string, script: string): Promise<void> {
  await writeFile(join(folder, name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, name), 0o755);
}

describe("finding Python", () => {
  it("takes the one that suits Spark best, not the first", async () => {
    const folder = await workspaceWith({});
    await program(folder, "python3", "echo /x/python3; echo 3.13");
    await program(folder, "python3.11", "echo /x/python3.11; echo 3.11");
    expect(await findPython({ PATH: folder })).toEqual({ executable: "/x/python3.11", version: "3.11" });
  });

  it("passes over one that is too old or broken", async () => {
    const folder = await workspaceWith({});
    await program(folder, "python3.11", "exit 1");
    await program(folder, "python3", "echo /x/python3; echo 3.9");
    await program(folder, "python", "echo /x/python; echo 3.12");
    expect((await findPython({ PATH: folder })).version).toBe("3.12");
  });

  it.each([
    ["there is none", {}, /needs Python 3\.10 or newer, and PATH has none$/],
    ["it is too old", { python3: "echo /x/python3; echo 3.8" }, /\(python3 is 3\.8\)$/],
  ])("says so when %s", async (_, programs, message) => {
    const folder = await workspaceWith({});
    for (const [name, script] of Object.entries(programs)) await program(folder, name, script);
    await expect(findPython({ PATH: folder })).rejects.toThrow(message);
    await expect(findPython({ PATH: folder })).rejects.toMatchObject({
      remedy: expect.stringContaining("GLUE_TOOLKIT_PYTHON"),
    });
  });

  it("uses the one that was asked for or none", async () => {
    await expect(
      findPython({ PATH: process.env["PATH"], GLUE_TOOLKIT_PYTHON: "/no/such/python" }),
    ).rejects.toThrow(/GLUE_TOOLKIT_PYTHON=\/no\/such\/python is not/);
  });
});

describe("the environment", () => {
  it("that can't be built says why with pip's own words, and is not taken for complete", async () => {
    const cache = await workspaceWith({});
    const python = (await findPython(process.env)).executable;
    const environment = {
      PATH: process.env["PATH"],
      HOME: cache,
      GLUE_TOOLKIT_CACHE: cache,
      GLUE_TOOLKIT_PYTHON: python,
      PIP_INDEX_URL: "http://127.0.0.1:9/simple",
      PIP_NO_CACHE_DIR: "1",
      PIP_RETRIES: "0",
    };
    const failure = ensureEnvironment({ environment, progress: () => undefined });
    await expect(failure).rejects.toThrow(
      /installing build tools failed[\s\S]*(No matching distribution|ConnectionError|Connection refused)/,
    );
    const left = await readdir(cache, { recursive: true });
    expect(left.filter((name) => name.endsWith("complete") || name.endsWith(".lock"))).toEqual([]);
  });
});

describe("the cache folder", () => {
  it.each([
    [{ GLUE_TOOLKIT_CACHE: "/c", XDG_CACHE_HOME: "/x", HOME: "/h" }, "linux", "/c"],
    [{ XDG_CACHE_HOME: "/x", HOME: "/h" }, "linux", "/x/glue-deploy-toolkit"],
    [{ HOME: "/h" }, "linux", "/h/.cache/glue-deploy-toolkit"],
    [{ HOME: "/h" }, "darwin", "/h/Library/Caches/glue-deploy-toolkit"],
  ] as const)("of %j on %s is %s", (environment, platform, folder) => {
    expect(cacheFolder(environment, platform)).toBe(folder);
  });
});

describe("the lock", () => {
  it("lets one in at a time", async () => {
    const path = join(await workspaceWith({}), "lock");
    const order: string[] = [];
    const enter = (name: string) =>
      withLock(path, { waiting: () => undefined }, async () => {
        order.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        order.push(`${name} out`);
      });
    await Promise.all([enter("a"), enter("b")]);
    expect([order[0]?.slice(0, 1), order[2]?.slice(0, 1)].sort()).toEqual(["a", "b"]);
    expect(order.map((entry) => entry.slice(2))).toEqual(["in", "out", "in", "out"]);
  });

  it("of a process that died is taken over, and is gone afterwards", async () => {
    const folder = await workspaceWith({ lock: "999999999" });
    expect(
      await withLock(join(folder, "lock"), { waiting: () => undefined }, () =>
        readFile(join(folder, "lock"), "utf8"),
      ),
    ).toBe(String(process.pid));
    expect(await readdir(folder)).toEqual([]);
  });

  it("is not waited for any longer once the caller gives up", async () => {
    const folder = await workspaceWith({ lock: String(process.pid) });
    const abort = new AbortController();
    const entered = withLock(
      join(folder, "lock"),
      { waiting: () => abort.abort(), signal: abort.signal },
      async () => "in",
    );
    await expect(entered).rejects.toMatchObject({ name: "AbortError" });
    expect(await readdir(folder)).toEqual(["lock"]);
  });
});
