import { realpath } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import { groupBy } from "../base/group-by.ts";
import { isInside } from "../base/leads-out.ts";
import { findPaths } from "../scripts/find-paths.ts";
import { brokenLink, type ResolvedJob, type ScriptProblem } from "../scripts/resolve.ts";
import { inspectPaths, type PathVerdict } from "../scripts/safe-path.ts";
import type { ScriptJob, ScriptToCheck } from "../validate/scripts-to-check.ts";
import type { UnmanagedScript } from "../validate/unmanaged.ts";

/** Scripts to check, and those that couldn't be had. */
export interface ScriptSelection {
  readonly scripts: readonly ScriptToCheck[];
  readonly problems: readonly ScriptProblem[];
  readonly unmanaged: readonly UnmanagedScript[];
  /** Why these and no others, where that needs telling. */
  readonly note?: string;
}

/** One script per file of the manifest's jobs, with all the jobs that run it. */
export function scriptsOfJobs(
  workspace: string,
  jobs: readonly ResolvedJob[],
  problems: readonly ScriptProblem[],
): ScriptSelection {
  const scripts = [...groupBy(jobs, ({ script }) => script)].map(([path, users]) => ({
    path,
    absolutePath: join(workspace, path),
    jobs: users.map(scriptJob),
  }));
  return { scripts, problems, unmanaged: [] };
}

/** What a check needs to know of a job. */
export function scriptJob(resolved: ResolvedJob): ScriptJob {
  const { key, job, glueVersion, pythonVersion, bookmarks = false } = resolved;
  return { key, job, glueVersion, pythonVersion, bookmarks };
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
  const verdicts = new Map<string, PathVerdict["kind"]>();
  for (const given of patterns) {
    const pattern = await belowWorkspace(workspace, given);
    if (pattern === undefined) {
      verdicts.set(given, "unsafe");
      continue;
    }
    const paths = await findPaths(workspace, pattern);
    const kinds = await inspectPaths(workspace, paths);
    const named = paths.flatMap((path, index): [string, PathVerdict["kind"]][] => {
      const kind = kinds[index]?.kind ?? "missing";
      return kind !== "folder" || path.endsWith(".py") ? [[path, kind]] : [];
    });
    if (named.length === 0) throw nothingFound(pattern);
    for (const [path, kind] of named) verdicts.set(path, kind);
  }
  const found = [...verdicts].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    scripts: found
      .filter(([, kind]) => kind === "file")
      .map(([path]) => ({
        path,
        absolutePath: join(workspace, path),
        jobs: [{ key: path, job: path, glueVersion, pythonVersion: undefined }],
      })),
    problems: found.flatMap(([path, kind]) => (kind === "file" ? [] : [problemOf(path, kind)])),
    unmanaged: [],
  };
}

/** A glob relative to the workspace, where it was given as an absolute path below it; undefined for one elsewhere. */
async function belowWorkspace(workspace: string, pattern: string): Promise<string | undefined> {
  if (!isAbsolute(pattern)) return pattern;
  const roots = [workspace, await realpath(workspace)];
  const root = roots.find((folder) => isInside(folder, pattern));
  return root === undefined ? undefined : relative(root, pattern).replaceAll("\\", "/");
}

function problemOf(path: string, kind: Exclude<PathVerdict["kind"], "file">): ScriptProblem {
  const unreadable = { rule: "unreadable-script", path, jobs: [] } as const;
  switch (kind) {
    case "missing":
      return {
        ...unreadable,
        message: `${path} can't be looked up`,
        remedy: "Let the process read its folder; a name that is not UTF-8 needs another one.",
      };
    case "broken-link":
      return brokenLink(path, []);
    case "unsafe":
      return {
        ...unreadable,
        rule: "unsafe-path",
        message: isAbsolute(path)
          ? `${path} is outside of the repository`
          : `${path} leaves the repository (links are followed)`,
        remedy: "Keep scripts inside the repository, with no link that leads out of it.",
      };
    default:
      return {
        ...unreadable,
        message: `${path} is ${kind === "folder" ? "a folder" : "a device or pipe"}, not a script`,
        remedy: "Rename it, or narrow the glob in paths.",
      };
  }
}

function nothingFound(pattern: string): ToolkitError {
  return new ToolkitError({
    code: "no-scripts",
    message: `paths: no file matches "${pattern}"`,
    remedy: "Mend the glob; it is read relative to the repository's root.",
    source: "user",
  });
}
