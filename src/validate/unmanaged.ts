import { readdir, readFile, stat } from "node:fs/promises";
import { join, posix } from "node:path";

/** A Glue script that no job names. */
export interface UnmanagedScript {
  readonly path: string;
  /** Whether a comment of its own says that this is meant. */
  readonly ignored: boolean;
}

const largest = 1024 * 1024;
const usesGlue = /^[ \t]*(?:from|import)[ \t]+awsglue\b/m;
/** What it repeats is bounded, so that no text makes it slow. */
const suppression = /^[^"'\n]*#[ \t]{0,20}glue-toolkit:[ \t]{0,20}ignore\[([^\]\n]{0,200})\]/gm;

/** Python files that import awsglue and lie beside managed scripts without being one, or part of a job's libraries. */
export async function findUnmanaged(
  workspace: string,
  jobs: readonly { readonly script: string; readonly extraPyFiles: readonly string[] }[],
): Promise<UnmanagedScript[]> {
  const managed = new Set(jobs.map(({ script }) => script));
  const libraries = [...new Set(jobs.flatMap(({ extraPyFiles }) => extraPyFiles))];
  const isLibrary = (path: string): boolean =>
    libraries.some((library) => path === library || path.startsWith(`${library}/`));
  const folders = [...new Set([...managed].map((path) => posix.dirname(path)))].sort();
  const paths = (await Promise.all(folders.map((folder) => pythonFiles(workspace, folder)))).flat();
  const candidates = paths.filter((path) => !managed.has(path) && !isLibrary(path));
  const found = await Promise.all(candidates.map((path) => inspect(workspace, path)));
  return found.filter((script) => script !== undefined);
}

async function pythonFiles(workspace: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(workspace, folder), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".py"))
    .map(({ name }) => posix.join(folder, name))
    .sort();
}

async function inspect(workspace: string, path: string): Promise<UnmanagedScript | undefined> {
  try {
    const absolute = join(workspace, path);
    if ((await stat(absolute)).size > largest) return undefined;
    const text = await readFile(absolute, "utf8");
    return usesGlue.test(text) ? { path, ignored: isIgnored(text) } : undefined;
  } catch {
    return undefined; // gone or unreadable: no job names it, so nothing is lost
  }
}

function isIgnored(text: string): boolean {
  return [...text.matchAll(suppression)].some(
    ([, rules = ""]) => rules.includes("unmanaged-script") || rules.includes("*"),
  );
}
