import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import { leadsOut } from "../base/leads-out.ts";

/**
 * Writes a file that the user named in an input, folders included, and gives its path as the workflow sees it. A link in the
 * checkout, which a pull request may have planted, can't turn a name inside the workspace into a file outside.
 * @throws ToolkitError `file-not-writable`
 */
export async function writeNamedFile(workspace: string, path: string, content: string): Promise<string> {
  const absolute = resolve(workspace, path);
  if (await leadsOut(workspace, path)) throw outside(path);
  try {
    await mkdir(dirname(absolute), { recursive: true });
    await writeFile(absolute, content);
  } catch (thrown) {
    throw notWritable(path, thrown);
  }
  return relative(workspace, absolute).startsWith("..") ? absolute : relative(workspace, absolute);
}

/**
 * The text of a file that the user named in an input; undefined when there is none.
 * @throws ToolkitError `file-not-readable`
 */
export async function readNamedFile(workspace: string, path: string): Promise<string | undefined> {
  try {
    return await readFile(resolve(workspace, path), "utf8");
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw new ToolkitError({
      code: "file-not-readable",
      message: `${path} can't be read`,
      remedy: "Name a file that the workflow may read.",
      source: "user",
      cause: thrown,
    });
  }
}

function outside(path: string): ToolkitError {
  return new ToolkitError({
    code: "file-not-writable",
    message: `${path} leads out of the workspace, or nowhere, by a link`,
    remedy: "Remove the link from the repository, or name another path.",
    source: "user",
  });
}

function notWritable(path: string, cause: unknown): ToolkitError {
  return new ToolkitError({
    code: "file-not-writable",
    message: `${path} can't be written`,
    remedy: "Name a path inside the workspace that the workflow may write.",
    source: "user",
    cause,
  });
}
