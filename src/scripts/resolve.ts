import { posix } from "node:path";
import { mostErrors, ToolkitError, throwAll } from "../base/errors.ts";
import { groupBy } from "../base/group-by.ts";
import { didYouMean } from "../base/nearest.ts";
import { someOf } from "../base/some-of.ts";
import { isGlob } from "../manifest/build.ts";
import type { JobEntry, Manifest } from "../manifest/manifest.ts";
import { findPaths } from "./find-paths.ts";
import { inspectPaths } from "./safe-path.ts";

/** One Glue job with the one script it runs. */
export interface ResolvedJob {
  /** The name used in inputs: the manifest's key, or the file's stem where the entry is a glob. */
  readonly key: string;
  readonly job: string;
  /** Workspace-relative path with forward slashes. */
  readonly script: string;
  readonly glueVersion: string | undefined;
  readonly pythonVersion: string | undefined;
  readonly extraPyFiles: readonly string[];
  readonly additionalPythonModules?: readonly string[];
  readonly extraJars?: readonly string[];
  readonly extraFiles?: readonly string[];
  readonly replaces?: readonly string[];
  readonly bookmarks?: boolean;
  readonly line: number | undefined;
}

/** A script that can't be had; a finding for the validator, a blocker for a deploy. */
export interface ScriptProblem {
  readonly rule: "missing-script" | "unsafe-path" | "unreadable-script";
  readonly path: string;
  readonly jobs: readonly string[];
  readonly message: string;
  readonly remedy: string;
}

/**
 * The manifest's jobs, globs expanded; an explicit entry for a file wins over a glob.
 * @throws ToolkitError `manifest-invalid` when two entries name one Glue job, or `e2e` names a job that isn't there.
 */
export async function resolveJobs(
  manifest: Manifest,
  workspace: string,
): Promise<{ readonly jobs: readonly ResolvedJob[]; readonly problems: readonly ScriptProblem[] }> {
  const explicit = manifest.jobs.filter((entry) => !isGlob(entry.script));
  const jobs: ResolvedJob[] = explicit.map((entry) => ({ ...entry }));
  const problems: ScriptProblem[] = [];
  const taken = new Set(explicit.map((entry) => entry.script));
  const keys = new Set(explicit.map(({ key }) => key));
  for (const entry of manifest.jobs.filter(({ script }) => isGlob(script))) {
    const files = (await findPaths(workspace, entry.script)).filter((file) => !taken.has(file));
    if (files.length === 0) problems.push(problem("missing-script", entry.script, [entry.job]));
    for (const file of files) {
      taken.add(file);
      const job = expandEntry(entry, file, keys);
      keys.add(job.key);
      jobs.push(job);
    }
  }
  throwAll(manifest.path, [...duplicateErrors(manifest, jobs), ...referenceErrors(manifest, jobs)]);
  problems.push(...(await inspectScripts(workspace, jobs)));
  const kept = new Set(manifest.e2e?.bookmarks);
  return {
    jobs: jobs.map((job) => ({ ...job, bookmarks: job.bookmarks === true || kept.has(job.key) })),
    problems,
  };
}

function expandEntry(entry: JobEntry, file: string, keys: ReadonlySet<string>): ResolvedJob {
  const stem = posix.basename(file, posix.extname(file));
  const key = keys.has(stem) ? `${entry.key}.${stem}` : stem;
  return { ...entry, key, job: entry.job.replaceAll("${stem}", stem), script: file };
}

/** Workspace-relative paths of everything but the script that a job is given. */
export function libraryPaths(job: Omit<ResolvedJob, "key" | "line">): readonly string[] {
  const wheels = (job.additionalPythonModules ?? []).filter(isWheelPath);
  return [...job.extraPyFiles, ...wheels, ...(job.extraJars ?? []), ...(job.extraFiles ?? [])];
}

/** Whether an entry of `additional-python-modules` is a wheel of the workspace, and no requirement or URL. */
export function isWheelPath(entry: string): boolean {
  return /\.whl$/i.test(entry) && !/^[a-z][a-z0-9+.-]*:\/\//i.test(entry) && !entry.includes("@");
}

async function inspectScripts(workspace: string, jobs: readonly ResolvedJob[]): Promise<ScriptProblem[]> {
  const users = groupBy(
    jobs.flatMap((job) => [job.script, ...libraryPaths(job)].map((path) => ({ path, job: job.job }))),
    ({ path }) => path,
  );
  const scripts = new Set(jobs.map(({ script }) => script));
  const verdicts = await inspectPaths(workspace, [...users.keys()]);
  const problems = [...users].map(([path, uses], index) => {
    const kind = verdicts[index]?.kind;
    const names = uses.map(({ job }) => job);
    if (kind === "missing" && path.includes(undecodable)) return misnamed(path, names);
    if (kind === "missing") return problem("missing-script", path, names);
    if (kind === "broken-link") return brokenLink(path, names);
    if (kind === "unsafe") return problem("unsafe-path", path, names);
    if (kind === "other" || (kind === "folder" && scripts.has(path)))
      return problem("unreadable-script", path, names);
    return undefined;
  });
  return problems.filter((found) => found !== undefined);
}

const texts: Readonly<Record<ScriptProblem["rule"], { message: string; remedy: string }>> = {
  "missing-script": {
    message: "is named in the manifest but is not in the repository",
    remedy: "Commit the file, or mend the path in the manifest.",
  },
  "unsafe-path": {
    message: "leaves the repository (links are followed)",
    remedy: "Keep scripts inside the repository, with no link that leads out of it.",
  },
  "unreadable-script": {
    message: "is not a regular file",
    remedy: "Name a file in the manifest, not a folder or a device.",
  },
};

/** What Node.js puts in the place of bytes of a file's name that are not UTF-8; the file can't be reached by that name. */
const undecodable = "\u{FFFD}";

function misnamed(path: string, jobs: readonly string[]): ScriptProblem {
  const message = `${path} has a name that is not UTF-8`;
  return { rule: "unreadable-script", path, jobs, message, remedy: "Rename the file." };
}

/** The problem of a link whose target is not there. */
export function brokenLink(path: string, jobs: readonly string[]): ScriptProblem {
  return {
    rule: "missing-script",
    path,
    jobs,
    message: `${path} is a link whose target is not there`,
    remedy: "Commit the file that the link names, or remove the link.",
  };
}

function problem(rule: ScriptProblem["rule"], path: string, jobs: readonly string[]): ScriptProblem {
  return { rule, path, jobs, message: `${path} ${texts[rule].message}`, remedy: texts[rule].remedy };
}

function duplicateErrors(manifest: Manifest, jobs: readonly ResolvedJob[]): ToolkitError[] {
  return [...groupBy(jobs, ({ job }) => job)]
    .filter(([, group]) => group.length > 1)
    .map(([job, group]) =>
      invalid(
        manifest,
        group.at(-1)?.line,
        `the Glue job ${job} is named by ${someOf(
          group.map(({ key }) => key),
          " and ",
        )}`,
        "Keep one entry per Glue job.",
      ),
    );
}

function referenceErrors(manifest: Manifest, jobs: readonly ResolvedJob[]): ToolkitError[] {
  const keys = jobs.map(({ key }) => key);
  const references = [
    ...(manifest.e2e?.bookmarks ?? []).map((job) => ({ job, where: "e2e.bookmarks", line: undefined })),
    ...(manifest.e2e?.steps ?? []).flatMap((step) =>
      step.kind === "run" ? [{ job: step.job, where: `step ${step.key}`, line: step.line }] : [],
    ),
  ];
  const known = new Set(keys);
  return references
    .filter(({ job }) => !known.has(job))
    .slice(0, mostErrors)
    .map(({ job, where, line }) =>
      invalid(
        manifest,
        line,
        `${where} names the job "${job}", which is not under jobs.${didYouMean(job, keys)}`,
        `Known jobs: ${someOf(keys)}.`,
      ),
    );
}

function invalid(
  manifest: Manifest,
  line: number | undefined,
  message: string,
  remedy: string,
): ToolkitError {
  const location = line === undefined ? { path: manifest.path } : { path: manifest.path, line };
  return new ToolkitError({ code: "manifest-invalid", message, remedy, source: "user", location });
}
