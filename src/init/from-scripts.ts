import { readFile, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { ToolkitError } from "../base/errors.ts";
import { type Candidate, keyOfScript, withUniqueKeys } from "./candidate.ts";
import { filesOf } from "./files-of.ts";

const largest = 1024 * 1024;
const usesGlue = /^[ \t]*(?:from|import)[ \t]+awsglue\b/m;

export interface ScriptsOptions {
  readonly workspace: string;
  /** Folders and globs; empty for the whole workspace. */
  readonly places: readonly string[];
  /** Template of the jobs' names. */
  readonly jobName: string;
  readonly name: string;
}

/**
 * One job for each script that imports awsglue; nothing is executed.
 * @throws ToolkitError `no-scripts` when there is none
 */
export async function candidatesFromScripts(options: ScriptsOptions): Promise<readonly Candidate[]> {
  const { workspace, places, jobName, name } = options;
  const paths = await filesOf(workspace, places, ".py");
  const scripts: string[] = [];
  for (const path of paths) if (await isGlueScript(join(workspace, path))) scripts.push(path);
  if (scripts.length === 0) throw noScripts(places, paths.length);
  const candidates = scripts.map((script) => ({ key: keyOfScript(script), script }));
  return withUniqueKeys(candidates.map((candidate) => ({ ...candidate, job: "" }))).map((candidate) => ({
    ...candidate,
    job: jobName
      .replaceAll("${name}", name)
      .replaceAll("${key}", candidate.key)
      .replaceAll("${stem}", posix.basename(candidate.script, ".py")),
  }));
}

async function isGlueScript(path: string): Promise<boolean> {
  if ((await stat(path)).size > largest) return false;
  return usesGlue.test(await readFile(path, "utf8"));
}

function noScripts(places: readonly string[], looked: number): ToolkitError {
  const where = places.length === 0 ? "this folder" : places.join(", ");
  return new ToolkitError({
    code: "no-scripts",
    message: `None of the ${looked} Python files in ${where} imports awsglue`,
    remedy: "Name the folder of the job scripts with --scripts, or take the live jobs with --from jobs.",
    source: "user",
  });
}
