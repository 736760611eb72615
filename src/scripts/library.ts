import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { unzipSync } from "fflate";
import { ToolkitError } from "../base/errors.ts";
import { type Artifact, contentArtifact, unreadable } from "./artifact.ts";
import { zipFiles, zipTree } from "./deterministic-zip.ts";
import { inspectPath } from "./safe-path.ts";

/** A library as it is uploaded. */
export interface Library extends Artifact {
  /** Top-level modules and packages that it provides; below a namespace package, with their dots. */
  readonly provides: readonly string[];
}

const archives = /\.(?:zip|whl|egg)$/i;

/**
 * What a path of `extra-py-files` becomes: a ready `.zip`, `.whl` or `.egg` as it is, a folder or module as a zip, or as a
 * wheel for a Python shell job, which takes wheels and eggs alone (Glue developer guide, "Providing your own Python
 * library").
 * @throws ToolkitError `script-unreadable` when it is missing, leaves the workspace or is no library, `library-form` for a
 *   zip of a Python shell job
 */
export async function libraryArtifact(
  workspace: string,
  path: string,
  prefix: string,
  isShell: boolean,
): Promise<Library> {
  const verdict = await inspectPath(workspace, path);
  if (verdict.kind !== "file" && verdict.kind !== "folder")
    throw unreadable(path, "is not in this repository");
  if (verdict.kind === "file" && archives.test(path)) {
    if (isShell && /\.zip$/i.test(path)) throw shellZip(path);
    const bytes = await readFile(verdict.absolute);
    const provides = topLevelNames(bytes);
    if (provides === undefined) throw unreadable(path, "is no archive that can be read");
    if (provides.length === 0) throw unreadable(path, "holds no Python module");
    return { ...contentArtifact(path, bytes, prefix, /\.whl$/i.test(path) ? "folder" : "name"), provides };
  }
  const bytes = await zipTree(workspace, path, verdict);
  if (bytes === undefined) throw unreadable(path, "holds no Python file");
  const provides = topLevelNames(bytes) ?? [];
  if (provides.length === 0) throw unreadable(path, "holds no Python file");
  if (!isShell) return { ...contentArtifact(path, bytes, prefix, "name", ".zip"), provides };
  const wheel = wheelOf(posix.basename(path, posix.extname(path)), bytes);
  const named = posix.join(posix.dirname(path), wheel.name);
  return { ...contentArtifact(named, wheel.bytes, prefix, "folder"), path, provides };
}

/** A jar or another file of the repository, under its own name. @throws ToolkitError `script-unreadable` */
export async function fileArtifact(workspace: string, path: string, prefix: string): Promise<Artifact> {
  const verdict = await inspectPath(workspace, path);
  if (verdict.kind !== "file") throw unreadable(path, "is not a file of this repository");
  return contentArtifact(path, await readFile(verdict.absolute), prefix, "folder");
}

/** Top-level modules and packages in a zip, wheel or egg; undefined for what is none of these. */
export function topLevelNames(bytes: Uint8Array): readonly string[] | undefined {
  const names: string[] = [];
  try {
    unzipSync(bytes.subarray(archiveStart(bytes)), {
      filter: ({ name }) => {
        names.push(name);
        return false;
      },
    });
  } catch {
    return undefined;
  }
  return modulesIn(names);
}

/**
 * Where a zip begins in a file that has other bytes before it, such as a shell's first line: Python reads it from there
 * (zipfile, `_RealGetContents`). 0 for what is no zip, or has no such bytes.
 */
function archiveStart(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [endRecord, endRecordLength, longestComment] = [0x06054b50, 22, 0xffff];
  const last = bytes.byteLength - endRecordLength;
  for (let at = last; at >= Math.max(0, last - longestComment); at -= 1) {
    if (view.getUint32(at, true) !== endRecord) continue;
    const [directoryLength, directoryAt] = [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
    return Math.max(0, at - directoryLength - directoryAt);
  }
  return 0;
}

/** What the name of an archive says of what it provides, where it can't be read: `shop_lib-1.0-py3-none-any.whl`. */
export function namesByFileName(uri: string): readonly string[] {
  const base = posix.basename(uri).replace(/\.[A-Za-z0-9]+$/, "");
  const name = base.split("-")[0]?.replaceAll(".", "_") ?? "";
  return name === "" ? [] : [name];
}

function modulesIn(names: readonly string[]): readonly string[] {
  const files = names.filter(
    (name) => /\.(?:py|so|pyd|pyc)$/.test(name) && !/\.(?:dist-info|data)\//.test(name),
  );
  const packages = new Set(
    files.filter((name) => /(?:^|\/)__init__\.pyc?$/.test(name)).map((name) => posix.dirname(name)),
  );
  const modules = files.map((name) => {
    const parts = name.split("/");
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join("/");
      if (packages.has(folder)) return parts.slice(0, depth).join(".");
    }
    return [...parts.slice(0, -1), (parts.at(-1) ?? "").split(".")[0]].join(".");
  });
  return [...new Set(modules)].filter((name) => name !== "__init__" && name !== "setup").sort();
}

/** A wheel (PEP 427) of a zip's files: the same files give the same bytes. */
function wheelOf(name: string, zip: Uint8Array): { readonly name: string; readonly bytes: Uint8Array } {
  const distribution = name.replaceAll(/[^A-Za-z0-9.]+/g, "_");
  const info = `${distribution}-0.0.0.dist-info`;
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const files: Record<string, Uint8Array> = {
    ...unzipSync(zip),
    [`${info}/METADATA`]: text(`Metadata-Version: 2.1\nName: ${distribution}\nVersion: 0.0.0\n`),
    [`${info}/WHEEL`]: text(
      "Wheel-Version: 1.0\nGenerator: glue-deploy-toolkit\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    ),
  };
  const lines = Object.entries(files).map(([path, bytes]) => {
    const digest = createHash("sha256").update(bytes).digest("base64url");
    return `${path},sha256=${digest},${bytes.byteLength}`;
  });
  const record = text([...lines, `${info}/RECORD,,`, ""].join("\n"));
  return {
    name: `${distribution}-0.0.0-py3-none-any.whl`,
    bytes: zipFiles({ ...files, [`${info}/RECORD`]: record }),
  };
}

function shellZip(path: string): ToolkitError {
  return new ToolkitError({
    code: "library-form",
    message: `${path} is a .zip, and Python shell jobs take wheels and eggs alone`,
    remedy: "Name the folder itself, which becomes a wheel, or a .whl file.",
    source: "user",
    location: { path },
  });
}
