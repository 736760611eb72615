import { runGit } from "./git.ts";

/** What git says changed, or why it can't tell. */
export type Changes =
  | { readonly kind: "known"; readonly paths: ReadonlySet<string> }
  | { readonly kind: "unknown"; readonly reason: string };

/**
 * Workspace-relative paths that differ between `base` and the working tree: since the two lines of history parted, where
 * git knows that point, else (a shallow clone) between the two trees, which can only add paths. A base that the clone
 * lacks is fetched from `origin`. Both names of a renamed file are given, and files that git doesn't track yet.
 */
export async function changedPaths(workspace: string, base: string | undefined): Promise<Changes> {
  if (base === undefined || /^0*$/.test(base))
    return { kind: "unknown", reason: "the event names no earlier commit to compare with" };
  const git = (...args: string[]) => runGit(workspace, args);
  if ((await git("rev-parse", "--is-inside-work-tree")).exitCode !== 0)
    return { kind: "unknown", reason: "the workspace is no git repository" };
  if (!(await hasCommit(workspace, base)) && !(await fetchCommit(workspace, base)))
    return {
      kind: "unknown",
      reason: `commit ${base.slice(0, 12)} is not in this clone and could not be fetched`,
    };
  const parted = await git("merge-base", base, "HEAD");
  const from = parted.exitCode === 0 ? parted.stdout.trim() : base;
  const [tracked, others] = await Promise.all([
    git("diff", "--name-only", "--no-renames", "-z", "--relative", from, "--"),
    git("ls-files", "--others", "--exclude-standard", "-z"),
  ]);
  if (tracked.exitCode !== 0 || others.exitCode !== 0)
    return { kind: "unknown", reason: `git diff failed: ${tracked.stderr.split("\n")[0] ?? ""}` };
  return { kind: "known", paths: new Set([...split(tracked.stdout), ...split(others.stdout)]) };
}

async function hasCommit(workspace: string, commit: string): Promise<boolean> {
  return (await runGit(workspace, ["cat-file", "-e", `${commit}^{commit}`])).exitCode === 0;
}

/** Brings one commit of the remote, without its history; false where that doesn't work. */
async function fetchCommit(workspace: string, commit: string): Promise<boolean> {
  if (!/^[0-9a-f]{40,64}$/i.test(commit)) return false;
  const depth = await runGit(workspace, ["rev-parse", "--is-shallow-repository"]);
  const shallow = depth.stdout.trim() === "true" ? ["--depth=1"] : [];
  const fetched = await runGit(workspace, ["fetch", "--no-tags", "--quiet", ...shallow, "origin", commit]);
  return fetched.exitCode === 0 && (await hasCommit(workspace, commit));
}

function split(text: string): string[] {
  return text.split("\0").filter((path) => path !== "");
}
