import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { workspaceWith } from "./workspace.ts";

type Files = Readonly<Record<string, string>>;

/** Runs git in a folder, as somebody; gives what it printed. */
export async function git(workspace: string, ...args: string[]): Promise<string> {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false"];
  return (await execa("git", [...identity, ...args], { cwd: workspace })).stdout;
}

/** Commits all that lies in the workspace, the given files written first; gives the commit. */
export async function commit(workspace: string, files: Files = {}): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    await writeFile(join(workspace, path), text);
  }
  await git(workspace, "add", "--all");
  await git(workspace, "commit", "--quiet", "--allow-empty", "-m", "a commit");
  return git(workspace, "rev-parse", "HEAD");
}

/** A repository of the given files, and its first commit; removed when the test ends. */
export async function repository(
  files: Files,
): Promise<{ readonly workspace: string; readonly base: string }> {
  const workspace = await workspaceWith(files);
  await git(workspace, "init", "--quiet", "--initial-branch=main");
  await git(workspace, "config", "uploadpack.allowAnySHA1InWant", "true");
  return { workspace, base: await commit(workspace) };
}
