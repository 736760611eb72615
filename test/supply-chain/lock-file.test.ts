import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";

const root = join(import.meta.dirname, "../..");
const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      resolved: z.string().optional(),
      integrity: z.string().optional(),
      link: z.boolean().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

async function packagesOf(path: string) {
  const { packages } = lockFile.parse(JSON.parse(await readFile(join(root, path), "utf8")));
  const { "": _, ...others } = packages;
  return Object.entries(others);
}

describe.each(["package-lock.json", "test/browser/package-lock.json"])("%s", (path) => {
  it("names no host but the public registry", async () => {
    const elsewhere = (await packagesOf(path)).filter(
      ([, { resolved, link }]) =>
        link === true || (resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/")),
    );
    expect(elsewhere).toEqual([]);
  });

  it("has a SHA-512 of every package", async () => {
    const packages = await packagesOf(path);
    expect(packages.length).toBeGreaterThan(0);
    expect(packages.filter(([, { integrity }]) => !integrity?.startsWith("sha512-"))).toEqual([]);
  });

  it("has install scripts of none but the packages that may run theirs", async () => {
    const { allowScripts = {} } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    const scripted = (await packagesOf(path)).filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = scripted.map(([folder]) => folder.replace(/^.*node_modules\//, ""));
    expect(names.filter((name) => allowScripts[name] !== true)).toEqual([]);
  });
});
