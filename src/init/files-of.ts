import { stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { findPaths } from "../scripts/find-paths.ts";

const passedOver = new Set(["node_modules", ".git", ".venv", "venv", "__pycache__", "site-packages"]);

/** Files of an extension in folders and globs below the workspace, links and tool folders left out; in order. */
export async function filesOf(
  workspace: string,
  places: readonly string[],
  extension: string,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const place of places.length === 0 ? ["."] : places) {
    const isFolder = await stat(join(workspace, place)).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    const pattern = isFolder ? posix.join(place, `**/*${extension}`) : place;
    for (const path of await findPaths(workspace, pattern)) {
      const normal = posix.normalize(path);
      if (normal.split("/").some((name) => passedOver.has(name))) continue;
      const isFile = await stat(join(workspace, normal)).then(
        (stats) => stats.isFile(),
        () => false,
      );
      if (isFile && normal.endsWith(extension) && !normal.startsWith("..")) found.add(normal);
    }
  }
  return [...found].sort();
}
