import { execa } from "execa";

/**
 * Workspace-relative paths that differ between the merge base of `base` and the working tree's commit.
 * Undefined when git can't tell: no repository, or a shallow clone that lacks the base.
 */
export async function changedPaths(
  workspace: string,
  base: string,
): Promise<ReadonlySet<string> | undefined> {
  for (const range of [`${base}...HEAD`, `${base}..HEAD`]) {
    const diff = await execa("git", ["diff", "--name-only", "-z", "--relative", range, "--"], {
      cwd: workspace,
      reject: false,
    });
    if (diff.exitCode === 0) return new Set(diff.stdout.split("\0").filter((path) => path !== ""));
  }
  return undefined;
}
