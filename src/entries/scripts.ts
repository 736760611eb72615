import { join } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import { groupBy } from "../base/group-by.ts";
import { findPaths } from "../scripts/find-paths.ts";
import type { ResolvedJob, ScriptProblem } from "../scripts/resolve.ts";
import { inspectPaths, type PathVerdict } from "../scripts/safe-path.ts";
import type { ScriptToCheck } from "../validate/scripts-to-check.ts";
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
    jobs: users.map(({ key, job, glueVersion, pythonVersion, bookmarks = false }) => ({
      key,
      job,
      glueVersion,
      pythonVersion,
      bookmarks,
    })),
  }));
  return { scripts, problems, unmanaged: [] };
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
  for (const pattern of patterns) {
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
    problems: found.flatMap(([path, kind]) =>
      kind === "file" ? [] : [{ path, jobs: [], ...problemOf(path, kind) }],
    ),
    unmanaged: [],
  };
}

function problemOf(
  path: string,
  kind: Exclude<PathVerdict["kind"], "file">,
): Pick<ScriptProblem, "rule" | "message" | "remedy"> {
  const unreadable = "unreadable-script" as const;
  switch (kind) {
    case "missing":
      return {
        rule: unreadable,
        message: `${path} is a link that leads nowhere, or can't be looked up`,
        remedy: "Commit the file that the link names, or remove the link.",
      };
    case "unsafe":
      return {
        rule: "unsafe-path",
        message: `${path} leaves the repository (links are followed)`,
        remedy: "Keep scripts inside the repository, with no link that leads out of it.",
      };
    default:
      return {
        rule: unreadable,
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
