import { glob } from "node:fs/promises";
import { join } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import type { Progress } from "../base/progress.ts";
import { changedPaths } from "../scripts/changed.ts";
import type { ResolvedJob, ScriptProblem } from "../scripts/resolve.ts";
import { inspectPath } from "../scripts/safe-path.ts";
import type { ScriptToCheck } from "../validate/scripts-to-check.ts";

/** Scripts to check, and those that couldn't be had. */
export interface ScriptSelection {
  readonly scripts: readonly ScriptToCheck[];
  readonly problems: readonly ScriptProblem[];
}

/** One script per file of the manifest's jobs, with all the jobs that run it. */
export function scriptsOfJobs(
  workspace: string,
  jobs: readonly ResolvedJob[],
  problems: readonly ScriptProblem[],
): ScriptSelection {
  const scripts = [...Map.groupBy(jobs, ({ script }) => script)].map(([path, users]) => ({
    path,
    absolutePath: join(workspace, path),
    jobs: users.map(({ key, job, glueVersion, pythonVersion }) => ({ key, job, glueVersion, pythonVersion })),
  }));
  return { scripts, problems };
}

/**
 * The files that globs name, checked for one Glue version.
 * @throws ToolkitError `no-scripts` when a glob matches nothing: a typo must not pass as green
 */
export async function scriptsOfPaths(
  workspace: string,
  patterns: readonly string[],
  glueVersion: string | undefined,
): Promise<ScriptSelection> {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    const before = paths.size;
    for await (const path of glob(pattern, {
      cwd: workspace,
      exclude: (name) => name === ".git" || name === "node_modules",
    })) {
      if ((await inspectPath(workspace, path)).kind !== "folder") paths.add(path.replaceAll("\\", "/"));
    }
    if (paths.size === before) throw nothingFound(pattern);
  }
  const found = await Promise.all(
    [...paths].sort().map(async (path) => ({ path, verdict: await inspectPath(workspace, path) })),
  );
  const unsafe = found.filter(({ verdict }) => verdict.kind === "unsafe" || verdict.kind === "missing");
  return {
    scripts: found
      .filter(({ verdict }) => verdict.kind === "file")
      .map(({ path }) => ({
        path,
        absolutePath: join(workspace, path),
        jobs: [{ key: path, job: path, glueVersion, pythonVersion: undefined }],
      })),
    problems: unsafe.map(({ path }) => ({
      rule: "unsafe-path",
      path,
      jobs: [],
      message: `${path} leaves the repository (links are followed)`,
      remedy: "Keep scripts inside the repository, with no link that leads out of it.",
    })),
  };
}

/** Narrows a selection to what changed since `base`, when git can tell; else all stay, and that is said. */
export async function onlyChanged(
  selection: ScriptSelection,
  jobs: readonly ResolvedJob[],
  workspace: string,
  base: string | undefined,
  progress: Progress,
): Promise<ScriptSelection> {
  const changed = base === undefined ? undefined : await changedPaths(workspace, base);
  if (changed === undefined) {
    const message =
      "changed-only: git can't tell what changed (a shallow clone?), so every script is checked";
    progress({ code: "validate.changed-unknown", level: "notice", message });
    return selection;
  }
  const touched = (path: string): boolean =>
    changed.has(path) || [...changed].some((file) => file.startsWith(`${path}/`));
  const byLibrary = new Set(
    jobs.filter(({ extraPyFiles }) => extraPyFiles.some(touched)).map(({ script }) => script),
  );
  const keep = ({ path }: { readonly path: string }): boolean => changed.has(path) || byLibrary.has(path);
  return { scripts: selection.scripts.filter(keep), problems: selection.problems };
}

function nothingFound(pattern: string): ToolkitError {
  return new ToolkitError({
    code: "no-scripts",
    message: `paths: no file matches "${pattern}"`,
    remedy: "Mend the glob; it is read relative to the repository's root.",
    source: "user",
  });
}
