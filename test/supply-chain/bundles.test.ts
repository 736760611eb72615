import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { packageFolder } from "../../scripts/bundled-packages.ts";
import { compile, type Target, targets } from "../../scripts/targets.ts";
import { workspaceWith } from "../support/workspace.ts";

const root = join(import.meta.dirname, "../..");
const validateGlue = targets.find(({ name }) => name === "validate-glue") as Target;

async function scriptsIn(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js")).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)),
  );
}

describe("a bundle", () => {
  it("is the same bytes from a folder elsewhere that holds only what it is said to be made of", async () => {
    const elsewhere = await workspaceWith({});
    const { inputs } = await compile(root, validateGlue, join(elsewhere, "unwritten"), false);
    const packages = new Set(Object.keys(inputs).flatMap((path) => packageFolder(path) ?? []));
    const files = [
      ...Object.keys(inputs),
      ...[...packages].map((folder) => join(folder, "package.json")),
      ...["package.json", "tsconfig.json"],
    ];
    const checkout = join(elsewhere, "a folder/of another name");
    for (const file of files) {
      await mkdir(dirname(join(checkout, file)), { recursive: true });
      await cp(join(root, file), join(checkout, file));
    }
    await compile(checkout, validateGlue, join(elsewhere, "dist"));
    expect(await scriptsIn(join(elsewhere, "dist"))).toEqual(
      await scriptsIn(join(root, validateGlue.folder)),
    );
  });

  it("runs from an empty folder, with nothing installed beside it", async () => {
    const folder = await workspaceWith({ "checkout/a.py": "x = 1\n" });
    await cp(join(root, validateGlue.folder), join(folder, "dist"), { recursive: true });
    const run = await execa(process.execPath, [join(folder, "dist/index.js")], {
      cwd: join(folder, "checkout"),
      extendEnv: false,
      env: { PATH: process.env["PATH"], HOME: folder, INPUT_PATHS: "a.py" },
    });
    expect(run.stdout).toContain("result: passed");
  });
});
