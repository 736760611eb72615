import { changedPaths } from "./changed.ts";
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
  return { commit, dirty: changed.some((path) => isBelow(path, folders)) };
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
