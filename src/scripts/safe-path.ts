import { realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";

/** What a manifest path turned out to be; only `file` and `folder` may be read. */
export type PathVerdict =
  | { readonly kind: "file" | "folder"; readonly absolute: string }
  | { readonly kind: "missing" | "unsafe" | "other" };

/** Looks a workspace-relative path up, links followed: whatever ends outside the workspace is `unsafe`. */
export async function inspectPath(workspace: string, path: string): Promise<PathVerdict> {
  const root = await realpath(workspace);
  if (!isInside(root, join(root, path))) return { kind: "unsafe" };
  try {
    const absolute = await realpath(join(root, path));
    if (!isInside(root, absolute)) return { kind: "unsafe" };
    const stats = await stat(absolute);
    if (stats.isFile()) return { kind: "file", absolute };
    return stats.isDirectory() ? { kind: "folder", absolute } : { kind: "other" };
  } catch {
    return { kind: "missing" };
  }
}

function isInside(root: string, absolute: string): boolean {
  const below = relative(root, absolute);
  return below === "" || (below !== ".." && !below.startsWith(`..${sep}`) && !below.startsWith(sep));
}
