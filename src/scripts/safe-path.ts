import { lstat, realpath, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isInside } from "../base/leads-out.ts";
import { mapLimited } from "../base/limit.ts";

/** What a manifest path turned out to be; only `file` and `folder` may be read. */
export type PathVerdict =
  | { readonly kind: "file" | "folder"; readonly absolute: string }
  | { readonly kind: "missing" | "broken-link" | "unsafe" | "other" };

const lookedUpAtOnce = 64;

/** Looks a workspace-relative path up, links followed: whatever ends outside the workspace is `unsafe`. */
export async function inspectPath(workspace: string, path: string): Promise<PathVerdict> {
  const [verdict] = await inspectPaths(workspace, [path]);
  return verdict ?? { kind: "missing" };
}

/** As inspectPath, for many paths: their folders are resolved once, so that a plain file costs one look. */
export async function inspectPaths(workspace: string, paths: readonly string[]): Promise<PathVerdict[]> {
  const root = await realpath(workspace);
  const folders = new Map<string, Promise<string | undefined>>();
  const safeFolder = (folder: string): Promise<string | undefined> => {
    const known = folders.get(folder) ?? realFolder(root, folder);
    folders.set(folder, known);
    return known;
  };
  return mapLimited(paths, lookedUpAtOnce, async (path) => {
    const place = join(root, path);
    if (!isInside(root, place)) return { kind: "unsafe" };
    const folder = place === root ? undefined : await safeFolder(dirname(place));
    const absolute = folder === undefined ? undefined : join(folder, basename(place));
    return (absolute && (await plainFile(absolute))) || follow(root, place);
  });
}

/** The folder behind a path, where it lies inside the root. */
async function realFolder(root: string, folder: string): Promise<string | undefined> {
  const real = await realpath(folder).catch(() => undefined);
  return real !== undefined && isInside(root, real) ? real : undefined;
}

async function plainFile(absolute: string): Promise<PathVerdict | undefined> {
  const stats = await lstat(absolute).catch(() => undefined);
  return stats?.isFile() ? { kind: "file", absolute } : undefined;
}

async function follow(root: string, place: string): Promise<PathVerdict> {
  try {
    const absolute = await realpath(place);
    if (!isInside(root, absolute)) return { kind: "unsafe" };
    const stats = await stat(absolute);
    if (stats.isFile()) return { kind: "file", absolute };
    return stats.isDirectory() ? { kind: "folder", absolute } : { kind: "other" };
  } catch {
    const stats = await lstat(place).catch(() => undefined);
    return { kind: stats?.isSymbolicLink() ? "broken-link" : "missing" };
  }
}
