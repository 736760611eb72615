/**
 * First arguments of every call of git: a folder of the checkout that is laid out as a bare repository is not taken for one.
 * Its configuration, which anybody may have committed, could name programs to run (git-config, `safe.bareRepository`).
 */
export const safeGit = ["-c", "safe.bareRepository=explicit"] as const;
