import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import { zipTree } from "./deterministic-zip.ts";
import { asInGit } from "./git-bytes.ts";
import { inspectPath } from "./safe-path.ts";

/** Bytes to deploy under a key that their own hash names, so that the key never needs to be overwritten. */
export interface Artifact {
  /** Workspace-relative path it was made from. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** SHA-256 in hex. */
  readonly sha256: string;
  /** The full S3 key. */
  readonly key: string;
  /** SHA-256 in hex of the file on disk, before git's line ends; undefined for what was made of several files. */
  readonly fileSha256?: string;
}

/** Length of the hash's part in a key. */
const hashLength = 12;

/**
 * A script with its content key `<prefix><stem>/<stem>-<hash>.py`; the hash is in the base name because a
 * traceback shows only that.
 * @throws ToolkitError `script-unreadable` when the file is missing, empty or leaves the workspace.
 */
export async function scriptArtifact(workspace: string, path: string, prefix: string): Promise<Artifact> {
  const verdict = await inspectPath(workspace, path);
  if (verdict.kind !== "file") throw unreadable(path, "is not a file of this repository");
  const file = await readFile(verdict.absolute);
  if (file.byteLength === 0) throw unreadable(path, "is empty");
  const bytes = await asInGit(workspace, path, file);
  const fileSha256 = createHash("sha256").update(file).digest("hex");
  return { ...artifact(path, bytes, prefix, posix.extname(path)), fileSha256 };
}

/**
 * A folder or a .py file as a zip for `--extra-py-files`: the same tree gives the same bytes on any machine.
 * @throws ToolkitError `script-unreadable` when it is missing, holds no file or leaves the workspace.
 */
export async function zipArtifact(workspace: string, path: string, prefix: string): Promise<Artifact> {
  const verdict = await inspectPath(workspace, path);
  if (verdict.kind !== "file" && verdict.kind !== "folder")
    throw unreadable(path, "is not in this repository");
  const bytes = await zipTree(workspace, path, verdict);
  if (bytes === undefined) throw unreadable(path, "holds no Python file");
  return artifact(path, bytes, prefix, ".zip");
}

/** The hash a content key claims, and its stem; undefined for a key that this toolkit didn't make. */
export function parseContentKey(key: string): { readonly stem: string; readonly hash: string } | undefined {
  const match = /(?:^|\/)([^/]+)\/\1-([0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{64})\.[A-Za-z0-9]+$/.exec(key);
  return match ? { stem: match[1] ?? "", hash: match[2] ?? "" } : undefined;
}

/** The part of a SHA-256 that keys show. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, hashLength);
}

function artifact(path: string, bytes: Uint8Array, prefix: string, extension: string): Artifact {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const stem = posix.basename(path, posix.extname(path));
  return { path, bytes, sha256, key: `${prefix}${stem}/${stem}-${shortHash(sha256)}${extension}` };
}

function unreadable(path: string, why: string): ToolkitError {
  return new ToolkitError({
    code: "script-unreadable",
    message: `${path} ${why}`,
    remedy: "Mend the path in the manifest, or commit the file.",
    source: "user",
    location: { path },
  });
}
