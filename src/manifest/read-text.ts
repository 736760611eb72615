import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import { leadsOut } from "../base/leads-out.ts";

/** A manifest of some thousand jobs has less than half of it. */
const mostBytes = 2 * 1024 * 1024;

/**
 * The text of a manifest in the workspace.
 * @throws ToolkitError `manifest-not-found` or `manifest-unreadable`: no regular file, no UTF-8, too large, or outside by a link
 */
export async function readManifestText(workspace: string, path: string): Promise<string> {
  const absolute = join(workspace, path);
  await assertReadable(workspace, absolute, path);
  try {
    const bytes = await readFile(absolute);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (thrown) {
    const missing = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    throw new ToolkitError({
      code: missing ? "manifest-not-found" : "manifest-unreadable",
      message: missing ? `there is no manifest at ${path}` : `${path} can't be read as UTF-8 text`,
      remedy: missing
        ? "Create glue-pipeline.yml at the root of the repository, or name its path in the manifest input."
        : "Save the manifest as a UTF-8 text file.",
      source: "user",
      location: { path },
      cause: thrown,
    });
  }
}

/** A link in the checkout must not show a file from outside of it, and no manifest takes minutes to read. */
async function assertReadable(workspace: string, absolute: string, path: string): Promise<void> {
  const refuse = (why: string, remedy: string): ToolkitError =>
    new ToolkitError({
      code: "manifest-unreadable",
      message: `${path} ${why}`,
      remedy,
      source: "user",
      location: { path },
    });
  if (await leadsOut(workspace, absolute))
    throw refuse("leaves the repository (links are followed)", "Keep the manifest inside the repository.");
  const kind = await stat(absolute).catch(() => undefined);
  if (kind === undefined) return;
  if (!kind.isFile()) throw refuse("is not a regular file", "Name a file in the manifest input.");
  if (kind.size > mostBytes)
    throw refuse(
      `has ${kind.size} bytes; a manifest has at most ${mostBytes}`,
      "Let one entry with a glob stand for many jobs.",
    );
}
