import { realpath } from "node:fs/promises";
import { posix, relative } from "node:path";
import type { Progress } from "../base/progress.ts";
import { changedPaths } from "../scripts/changed.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import type { ScriptToCheck } from "../validate/scripts-to-check.ts";
import type { ScriptSelection } from "./scripts.ts";

export interface ChangedOptions {
  readonly workspace: string;
  /** The commit to compare with. */
  readonly base: string | undefined;
  /** Path of the manifest, where there is one: a change of it may change any job. */
  readonly manifest: string | undefined;
  readonly jobs: readonly ResolvedJob[];
  readonly progress: Progress;
}

/**
 * Narrows a selection to what changed: scripts, and scripts of jobs whose `extra-py-files` changed. All stay when the
 * manifest changed or git can't tell, and that is said.
 */
export async function onlyChanged(
  selection: ScriptSelection,
  options: ChangedOptions,
): Promise<ScriptSelection> {
  const { workspace, base, manifest, jobs, progress } = options;
  const changes = await changedPaths(workspace, base);
  if (changes.kind === "unknown")
    return all(selection, progress, `every script is checked, since ${changes.reason}`);
  if (manifest !== undefined && changes.paths.has(posix.normalize(manifest)))
    return all(selection, progress, `every script is checked, since ${manifest} itself changed`);
  const touched = (path: string): boolean =>
    changes.paths.has(path) || [...changes.paths].some((file) => file.startsWith(`${path}/`));
  const byLibrary = new Set(
    jobs.filter(({ extraPyFiles }) => extraPyFiles.some(touched)).map(({ script }) => script),
  );
  const kept = await Promise.all(
    selection.scripts.map(
      async ({ path, absolutePath }) =>
        byLibrary.has(path) ||
        changes.paths.has(path.split("!/")[0] ?? path) ||
        changes.paths.has(await target(workspace, absolutePath)),
    ),
  );
  const scripts = selection.scripts.filter((_, index) => kept[index]);
  const count = (all: readonly ScriptToCheck[]): number =>
    all.filter(({ library }) => library === undefined).length;
  return {
    ...selection,
    scripts,
    unmanaged: selection.unmanaged.filter(({ path }) => changes.paths.has(path)),
    note: `changed-only: ${count(scripts)} of ${count(selection.scripts)} scripts changed, or a library of theirs`,
  };
}

function all(selection: ScriptSelection, progress: Progress, message: string): ScriptSelection {
  progress({ code: "validate.changed-unknown", level: "notice", message: `changed-only: ${message}` });
  return { ...selection, note: `changed-only: ${message}` };
}

/** Where a link leads, relative to the workspace: what changes is the file behind it. */
async function target(workspace: string, absolutePath: string): Promise<string> {
  const [root, file] = await Promise.all(
    [workspace, absolutePath].map((path) => realpath(path).catch(() => path)),
  );
  return relative(root ?? workspace, file ?? absolutePath).replaceAll("\\", "/");
}
