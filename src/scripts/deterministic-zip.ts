import { readdir } from "node:fs/promises";
import { basename, posix } from "node:path";
import { type Zippable, zipSync } from "fflate";
import { ToolkitError } from "../base/errors.ts";
import { gitBytes } from "./git-bytes.ts";
import { inspectPath, type PathVerdict } from "./safe-path.ts";

type Readable = Extract<PathVerdict, { absolute: string }>;

/** The zip format's first moment: the tree's own times must not show. */
const epoch = new Date(1980, 0, 1);

/**
 * Zips a file, or a folder's files in the order of their names. A folder that is a package (`__init__.py`) keeps
 * its name inside the zip; another one gives its content to the root. Left out: dot files, `__pycache__`, `.pyc`.
 * Undefined when nothing is left.
 */
export async function zipTree(
  workspace: string,
  path: string,
  root: Readable,
): Promise<Uint8Array | undefined> {
  const files: Zippable = {};
  if (root.kind === "file") {
    files[basename(path)] = await gitBytes(workspace, path, root.absolute);
  } else {
    const names = await listFiles(root.absolute);
    const base = names.includes("__init__.py") ? `${basename(path)}/` : "";
    for (const name of names) {
      const inside = posix.join(path, name);
      const verdict = await inspectPath(workspace, inside);
      if (verdict.kind !== "file") throw leavesWorkspace(inside);
      files[base + name] = await gitBytes(workspace, inside, verdict.absolute);
    }
  }
  if (Object.keys(files).length === 0) return undefined;
  return zipFiles(files);
}

/** Zips files by name, each with the same time and mode: the same files give the same bytes. */
export function zipFiles(files: Zippable): Uint8Array {
  return zipSync(files, { mtime: epoch, os: 3, attrs: 0o100644 << 16, level: 9 });
}

/** Files below a folder that go into a zip, by their paths inside of it, sorted. */
export async function listFiles(folder: string, below = ""): Promise<string[]> {
  const entries = await readdir(posix.join(folder, below), { withFileTypes: true });
  const kept = entries.filter(({ name }) => isPackedName(name));
  const nested = await Promise.all(
    kept.map((entry) => {
      const name = posix.join(below, entry.name);
      return entry.isDirectory() ? listFiles(folder, name) : [name];
    }),
  );
  return nested.flat().sort();
}

/** Whether a file goes into the zip of a folder, by its path in there. */
export function isPacked(path: string): boolean {
  return path.split("/").every(isPackedName);
}

function isPackedName(name: string): boolean {
  return !name.startsWith(".") && name !== "__pycache__" && !name.endsWith(".pyc");
}

function leavesWorkspace(path: string): ToolkitError {
  return new ToolkitError({
    code: "script-unreadable",
    message: `${path} is not a regular file of this repository`,
    remedy: "Keep extra-py-files free of links that lead out of the repository.",
    source: "user",
    location: { path },
  });
}
