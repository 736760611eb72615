import { mkdir, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { ToolkitError } from "../base/errors.ts";

/**
 * Writes a file that the user named in an input, folders included, and gives its path as the workflow sees it.
 * @throws ToolkitError `file-not-writable`
 */
export async function writeNamedFile(workspace: string, path: string, content: string): Promise<string> {
  const absolute = resolve(workspace, path);
  try {
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(absolute, content);
  } catch (thrown) {
    throw new ToolkitError({
      code: "file-not-writable",
      message: `${path} can't be written`,
      remedy: "Name a path inside the workspace that the workflow may write.",
      source: "user",
      cause: thrown,
    });
  }
  return relative(workspace, absolute).startsWith("..") ? absolute : relative(workspace, absolute);
}
