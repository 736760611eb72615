import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBuiltAction } from "../support/action.ts";
import { workspaceWith } from "../support/workspace.ts";

const files = { "a.py": "print(1)\n", "b.py": "x = = 1\n", "c.py": "print(3)\n" };

async function validate(workspace: string, cache: string) {
  const inputs = { paths: "*.py", "findings-file": "out.json" };
  const result = await runBuiltAction("validate-glue", workspace, inputs, { GLUE_TOOLKIT_CACHE: cache });
  const findings = await readFile(join(workspace, "out.json"), "utf8");
  return {
    findings,
    exitCode: result.exitCode,
    known: /answers hold for (\d+) of \d+ scripts?/.exec(result.log)?.[1],
  };
}

async function entriesOf(cache: string): Promise<string[]> {
  const found = await readdir(cache, { recursive: true, withFileTypes: true });
  return found.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe("the result cache", () => {
  it("spares the second run its work and changes nothing of its verdict", async () => {
    const [workspace, cache] = [await workspaceWith(files), await workspaceWith({})];
    const first = await validate(workspace, cache);
    const second = await validate(workspace, cache);
    expect(first).toMatchObject({ exitCode: 1, known: undefined });
    expect(second).toEqual({ ...first, known: "3" });
  });

  it("knows bytes, not paths: another branch's copy under another name is known, a changed file isn't", async () => {
    const cache = await workspaceWith({});
    const first = await validate(await workspaceWith(files), cache);
    const moved = await workspaceWith({ "deep_name.py": files["b.py"], "a.py": "print(2)\n" });
    const second = await validate(moved, cache);
    expect(second).toMatchObject({ exitCode: first.exitCode, known: "1" });
    expect(JSON.parse(second.findings)).toMatchObject({
      findings: [{ path: "deep_name.py", rule: "syntax-error" }],
    });
  });

  it.each([
    ["cut off", (text: string) => text.slice(0, text.length / 2)],
    ["emptied", () => ""],
    ["no JSON", () => "hello"],
    [
      "with another verdict",
      (text: string) => text.replace(/\\"findings\\":\[.*\],\\"supp/, '\\"findings\\":[],\\"supp'),
    ],
    ["of another file", (text: string) => text.replace(/"key":"./, '"key":"x')],
  ])("ignores an entry that is %s", async (_, damage) => {
    const [workspace, cache] = [await workspaceWith(files), await workspaceWith({})];
    const first = await validate(workspace, cache);
    let damaged = 0;
    for (const path of await entriesOf(cache)) {
      const text = await readFile(path, "utf8");
      const worse = damage(text);
      damaged += worse === text ? 0 : 1;
      await writeFile(path, worse);
    }
    expect(damaged).toBeGreaterThan(0);
    const second = await validate(workspace, cache);
    expect(second).toEqual({ ...first, known: damaged === 3 ? undefined : String(3 - damaged) });
  });

  it("does without a folder that can't be written", async () => {
    const workspace = await workspaceWith({ ...files, taken: "a file" });
    expect(await validate(workspace, join(workspace, "taken"))).toMatchObject({
      exitCode: 1,
      known: undefined,
    });
  });
});
