import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { ToolkitError } from "../base/errors.ts";
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
 * @throws ToolkitError `script-unreadable` when the file is missing, empty or leaves the workspace, `script-form` for a
 *   notebook
 */
export async function scriptArtifact(workspace: string, path: string, prefix: string): Promise<Artifact> {
  const verdict = await inspectPath(workspace, path);
  if (verdict.kind !== "file") throw unreadable(path, "is not a file of this repository");
  const file = await readFile(verdict.absolute);
  if (file.byteLength === 0) throw unreadable(path, "is empty");
  if (/\.ipynb$/i.test(path)) throw notebook(path);
  const bytes = await asInGit(workspace, path, file);
  const fileSha256 = createHash("sha256").update(file).digest("hex");
  return { ...contentArtifact(path, bytes, prefix, "name"), fileSha256 };
}

/** The hash a content key claims, and its stem; undefined for a key that this toolkit didn't make. */
export function parseContentKey(key: string): { readonly stem: string; readonly hash: string } | undefined {
  const named = /(?:^|\/)([^/]+)\/\1-([0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{64})\.[A-Za-z0-9]+$/.exec(key);
  const inFolder = /(?:^|\/)([^/]+)\/([0-9a-f]{12}|[0-9a-f]{24}|[0-9a-f]{64})\/\1(?:-[^/]*)?\.[^/]+$/.exec(
    key,
  );
  const match = named ?? inFolder;
  return match ? { stem: match[1] ?? "", hash: match[2] ?? "" } : undefined;
}

/** The part of a SHA-256 that keys show. */
export function shortHash(sha256: string): string {
  return sha256.slice(0, hashLength);
}

/**
 * Bytes with their content key: `<stem>/<stem>-<hash>.<extension>`, or `<stem>/<hash>/<file name>` for what must keep its
 * name: a wheel (PEP 427), or a file that code opens by its name.
 * @param extension in place of the path's own
 */
export function contentArtifact(
  path: string,
  bytes: Uint8Array,
  prefix: string,
  hashIn: "name" | "folder",
  extension = posix.extname(path),
): Artifact {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const name = posix.basename(path);
  if (hashIn === "folder") {
    const stem = (/\.whl$/i.test(name) ? name.split("-")[0] : undefined) ?? name.split(".")[0] ?? name;
    return { path, bytes, sha256, key: `${prefix}${stem || name}/${shortHash(sha256)}/${name}` };
  }
  const stem = posix.basename(path, posix.extname(path));
  return { path, bytes, sha256, key: `${prefix}${stem}/${stem}-${shortHash(sha256)}${extension}` };
}

export function unreadable(
  path: string,
  why: string,
  remedy = "Fix the path in the manifest, or commit the file.",
): ToolkitError {
  return new ToolkitError({
    code: "script-unreadable",
    message: `${path} ${why}`,
    remedy,
    source: "user",
    location: { path },
  });
}

function notebook(path: string): ToolkitError {
  return new ToolkitError({
    code: "script-form",
    message: `${path} is a notebook, and Glue would run its JSON as Python, which does nothing`,
    remedy: "Export the notebook as a Python script (jupyter nbconvert --to script) and name that.",
    source: "user",
    location: { path },
  });
}
