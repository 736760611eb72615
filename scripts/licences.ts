import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { packageFolder } from "./bundled-packages.ts";

/** The licence texts of every package that went into a bundle. */
export async function licences(root: string, metafile: Metafile): Promise<string> {
  const packages = new Set(Object.keys(metafile.inputs).flatMap((path) => packageFolder(path) ?? []));
  const texts = await Promise.all([...packages].sort().map((folder) => licenceOf(join(root, folder))));
  return `${[...new Set(texts)].join(`\n${"-".repeat(80)}\n`)}\n`;
}

async function licenceOf(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const file = (await readdir(folder)).find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? "" : (await readFile(join(folder, file), "utf8")).trim();
  return `${manifest.name} ${manifest.version} (${manifest.license ?? "see text"})\n\n${text}`;
}
