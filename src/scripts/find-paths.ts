import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { posix, resolve } from "node:path";
import picomatch from "picomatch";
import { cheapGlob, isCheapGlob } from "../base/cheap-glob.ts";
import { ToolkitError } from "../base/errors.ts";
import { globMatcher } from "../base/glob.ts";
import { isThere } from "../base/is-there.ts";

const skipped: ReadonlySet<string> = new Set(["node_modules", ".git"]);

/**
 * What a glob, or a plain path, matches below the workspace, sorted, with `/` on every system: files, links (also those that
 * lead nowhere or out; none is entered), pipes, and of the folders those named like a script, so that the caller can tell of them.
 * @throws ToolkitError `folder-not-readable`: what can't be looked into is never passed over; `glob-too-complex`
 */
export async function findPaths(workspace: string, pattern: string): Promise<string[]> {
  const { base, glob } = picomatch.scan(pattern.replace(/^(\.\/)+/, ""));
  if (glob === "") return (await isThere(resolve(workspace, base))) ? [base] : [];
  assertCheap(pattern);
  const matches = globMatcher(glob);
  const deepest = glob.includes("**") ? Number.POSITIVE_INFINITY : glob.split("/").length;
  const found: string[] = [];
  const visit = async (inner: string, depth: number): Promise<void> => {
    const folder = posix.join(base, inner);
    const entries = await entriesOf(resolve(workspace, folder), folder);
    const visits = entries.map(async (entry) => {
      const path = posix.join(inner, entry.name);
      const isFolder = entry.isDirectory();
      if (matches(path) && (!isFolder || path.endsWith(".py"))) found.push(posix.join(base, path));
      if (isFolder && depth < deepest && !skipped.has(entry.name)) await visit(path, depth + 1);
    });
    await Promise.all(visits);
  };
  await visit("", 1);
  return found.sort();
}

function assertCheap(pattern: string): void {
  if (isCheapGlob(pattern)) return;
  throw new ToolkitError({
    code: "glob-too-complex",
    message: `the glob ${pattern.slice(0, 80)} would take too long to match`,
    remedy: `Write it with ${cheapGlob}, or as several globs.`,
    source: "user",
  });
}

async function entriesOf(absolute: string, folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(absolute, { withFileTypes: true });
  } catch (thrown) {
    if (isNoFolder(thrown)) return [];
    throw new ToolkitError({
      code: "folder-not-readable",
      message: `The folder ${folder} can't be read`,
      remedy: "Let the workflow read it, or narrow the glob.",
      source: "user",
      cause: thrown,
    });
  }
}

function isNoFolder(thrown: unknown): boolean {
  return (
    thrown instanceof Error && "code" in thrown && (thrown.code === "ENOENT" || thrown.code === "ENOTDIR")
  );
}
