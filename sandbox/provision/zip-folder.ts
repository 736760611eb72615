import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { type Zippable, zipSync } from "fflate";

/** A zip of a folder's content, caches left out; the same content gives the same bytes. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes("__pycache__"))
    .sort();
  const files: Zippable = {};
  for (const path of paths) files[path.replaceAll("\\", "/")] = await readFile(join(folder, path));
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}
