import { glob } from "tinyglobby";

/**
 * What a glob matches below the workspace, sorted, with `/` on every system: files, links (not followed), and of the
 * folders those named like a script, so that the caller can tell of them.
 */
export async function findPaths(workspace: string, pattern: string): Promise<string[]> {
  const found = await glob(pattern, {
    cwd: workspace,
    ignore: ["**/node_modules/**", "**/.git/**"],
    dot: true,
    onlyFiles: false,
    followSymbolicLinks: false,
    expandDirectories: false,
  });
  return found
    .filter((path) => !path.endsWith("/") || path.endsWith(".py/"))
    .map((path) => path.replace(/\/$/, ""))
    .sort();
}
