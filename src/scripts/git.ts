import { execa } from "execa";
import { safeGit } from "../base/safe-git.ts";

const limitMilliseconds = 60_000;

/** Runs git in the workspace, never asking for a password and never throwing: the exit code tells. */
export function runGit(workspace: string, args: readonly string[]) {
  return execa("git", [...safeGit, ...args], {
    cwd: workspace,
    reject: false,
    timeout: limitMilliseconds,
    stripFinalNewline: false,
    env: { GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0" },
  });
}
