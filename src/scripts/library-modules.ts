import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import { unzipSync } from "fflate";
import { messageOf } from "../base/errors.ts";
import { listFiles } from "./deterministic-zip.ts";
import { inspectPath } from "./safe-path.ts";

/** A Python module that a job can import from its `extra-py-files`. */
export interface LibraryModule {
  /** Workspace-relative; a member of an archive as `libs/x.zip!/pkg/module.py`. */
  readonly path: string;
  /** Set for a member of an archive, which has no file of its own. */
  readonly bytes?: Uint8Array;
}

export interface Library {
  readonly modules: readonly LibraryModule[];
  /** What a script can import of it, by the first part of the name. */
  readonly importable: readonly string[];
  /** Why its modules can't be had. */
  readonly problem?: string;
}

/** Python archives that Glue takes in --extra-py-files. */
const archive = /\.(?:zip|whl|egg)$/i;

/** Bytes of modules that are looked at in one archive. */
const largestContent = 64 * 1024 ** 2;

/** The Python modules of one entry of `extra-py-files`: a folder, a .py file, or an archive. */
export async function readLibrary(workspace: string, path: string): Promise<Library> {
  const verdict = await inspectPath(workspace, path);
  if (verdict.kind === "folder") return folderLibrary(path, await listFiles(verdict.absolute));
  if (verdict.kind !== "file") return { modules: [], importable: [] }; // told where the jobs are resolved
  if (archive.test(path)) return archiveLibrary(path, await readFile(verdict.absolute));
  if (!path.endsWith(".py")) return { modules: [], importable: [] };
  return { modules: [{ path }], importable: [posix.basename(path, ".py")] };
}

function folderLibrary(path: string, files: readonly string[]): Library {
  const modules = files.filter(isModule).map((name) => ({ path: posix.join(path, name) }));
  const isPackage = files.includes("__init__.py");
  return { modules, importable: isPackage ? [posix.basename(path)] : firstNames(files) };
}

function archiveLibrary(path: string, bytes: Uint8Array): Library {
  let size = 0;
  try {
    const members = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!isModule(name)) return false;
        size += originalSize;
        if (size > largestContent) throw new Error("its modules are too large to be checked");
        return true;
      },
    });
    const names = Object.keys(members).sort();
    const modules = names.map((name) => ({
      path: `${path}!/${name}`,
      bytes: members[name] ?? new Uint8Array(),
    }));
    return { modules, importable: firstNames(names) };
  } catch (thrown) {
    return {
      modules: [],
      importable: [],
      problem: `${path} can't be read as a zip archive: ${messageOf(thrown)}`,
    };
  }
}

function isModule(name: string): boolean {
  return name.endsWith(".py");
}

function firstNames(files: readonly string[]): string[] {
  return [...new Set(files.filter(isModule).map((name) => (name.split("/")[0] ?? "").replace(/\.py$/, "")))];
}
