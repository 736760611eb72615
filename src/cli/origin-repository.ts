import { spawnSync } from "node:child_process";
import { safeGit } from "../base/safe-git.ts";

/** `owner/name` of the checkout's origin on GitHub; undefined where it has none. */
export function originRepository(workspace: string): string | undefined {
  const { status, stdout } = spawnSync("git", [...safeGit, "remote", "get-url", "origin"], {
    cwd: workspace,
    encoding: "utf8",
  });
  if (status !== 0) return undefined;
  return /[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(stdout.trim())?.[1];
}
