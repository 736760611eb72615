import { changedPaths } from "./changed.ts";
import { isPacked } from "./deterministic-zip.ts";
import { runGit } from "./git.ts";

/** Which commit a checkout is of. */
export interface Checkout {
  readonly commit: string;
  /** Whether any of the files that were asked about differs from the commit, or is not in it. */
  readonly dirty: boolean;
}

/**
 * The commit of the workspace, and whether files are as they are in it; undefined where it is no git repository.
 * @param paths workspace-relative files and folders
 */
export async function readCheckout(
  workspace: string,
  paths: readonly string[],
): Promise<Checkout | undefined> {
  const head = await runGit(workspace, ["rev-parse", "--verify", "HEAD^{commit}"]);
  if (head.exitCode !== 0) return undefined;
  const commit = head.stdout.trim();
  const changes = await changedPaths(workspace, commit);
  const changed = changes.kind === "known" ? [...changes.paths] : [];
  const folders = new Set(paths);
  const isDirty =
    changed.some((path) => isBelow(path, folders)) ||
    (await ignoredFiles(workspace, paths)).some((path) => isDeployed(path, paths)) ||
    (await unwatchedDiffer(workspace, commit, paths));
  return { commit, dirty: isDirty };
}

/** Whether a file is one of these, or goes into the archive of one that is a folder. */
function isDeployed(path: string, paths: readonly string[]): boolean {
  return paths.some(
    (one) => path === one || (path.startsWith(`${one}/`) && isPacked(path.slice(one.length + 1))),
  );
}

/** Files that git ignores and that lie below the paths: a library's folder is deployed with them. */
async function ignoredFiles(workspace: string, paths: readonly string[]): Promise<readonly string[]> {
  return listFiles(workspace, ["--others", "--ignored", "--exclude-standard"], paths);
}

/**
 * Whether a file differs that git was told not to look at (`update-index --assume-unchanged` or `--skip-worktree`):
 * `git ls-files -v` marks these by a lower-case letter or an S.
 */
async function unwatchedDiffer(
  workspace: string,
  commit: string,
  paths: readonly string[],
): Promise<boolean> {
  const marked = await listFiles(workspace, ["--cached", "-v"], paths);
  const unwatched = marked.filter((line) => /^[a-zS] /.test(line)).map((line) => line.slice(2));
  for (const path of unwatched) {
    const [is, was] = await Promise.all([
      runGit(workspace, ["hash-object", "--", path]),
      runGit(workspace, ["rev-parse", "--verify", `${commit}:./${path}`]),
    ]);
    // A file that a sparse checkout leaves out is not there, and nothing deploys it.
    if (is.exitCode === 0 && is.stdout !== was.stdout) return true;
  }
  return false;
}

async function listFiles(
  workspace: string,
  options: readonly string[],
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const literal = paths.map((path) => `:(literal)${path}`);
  const { stdout } = await runGit(workspace, ["ls-files", ...options, "-z", "--", ...new Set(literal)]);
  return stdout.split("\0").filter((line) => line !== "");
}

/**
 * Whether a commit is an ancestor of another one, and not that one itself; undefined where the clone's history doesn't
 * tell.
 */
export async function isAncestor(
  workspace: string,
  commit: string,
  of: string,
): Promise<boolean | undefined> {
  if (commit === of) return false;
  if (![commit, of].every((name) => /^[0-9a-f]{40,64}$/i.test(name))) return undefined;
  const { exitCode } = await runGit(workspace, ["merge-base", "--is-ancestor", commit, of]);
  if (exitCode === 0) return true;
  // A shallow clone has both commits and not the history between them.
  const shallow = await runGit(workspace, ["rev-parse", "--is-shallow-repository"]);
  return exitCode === 1 && shallow.stdout.trim() === "false" ? false : undefined;
}

/** Whether a path is one of these, or lies below one. */
function isBelow(path: string, folders: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf("/", end - 1)) {
    if (folders.has(path.slice(0, end))) return true;
  }
  return false;
}
