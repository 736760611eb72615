import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bookmarkOption, listArgument, sparkConf } from "../job-runs/job-arguments.ts";
import type { JobRunRequest } from "../job-runs/job-runner.ts";
import { credentialsFor } from "../upstream.ts";
import type { World } from "../world.ts";
import { LaunchError, readObject, saveAs } from "./fetch-object.ts";
import { missingModules } from "./python-modules.ts";
import type { ScriptCache } from "./script-cache.ts";

/** Files of one run: what run_job.py reads and writes. */
export interface PreparedRun {
  readonly specFile: string;
  readonly resultFile: string;
}

/**
 * Fetches the script and its libraries and writes the runner's specification.
 * @throws LaunchError when the run can't start
 */
export async function prepareRun(
  world: World,
  cache: ScriptCache,
  request: JobRunRequest,
  folder: string,
): Promise<PreparedRun> {
  const { options } = world;
  const workFolder = join(folder, "work");
  await mkdir(workFolder, { recursive: true });
  const modules = listArgument(request.arguments, "--additional-python-modules");
  const missing = await missingModules(options.python, folder, modules);
  if (missing.length > 0) {
    throw new LaunchError(
      `LAUNCH ERROR | The sandbox installs no packages and has not: ${missing.join(", ")}`,
    );
  }
  const specFile = join(folder, "spec.json");
  const resultFile = join(folder, "result.json");
  const spec = {
    runId: request.runId,
    jobName: request.jobName,
    command: request.command,
    script: await fetchScript(world, cache, request, join(folder, "script")),
    arguments: argumentList(request),
    extraPyFiles: await fetchAll(
      world,
      request,
      "--extra-py-files",
      join(folder, "extra-py-files"),
      request.command === "pythonshell" ? isShellLibrary : undefined,
    ),
    extraFiles: await fetchAll(world, request, "--extra-files", join(folder, "extra-files")),
    workFolder,
    objectCache: join(options.workFolder, "objects"),
    endpoint: options.front,
    region: request.caller.region,
    credentials: { ...credentialsFor(request.caller), sessionToken: null },
    bookmark: request.bookmark,
    sparkConf: sparkConf(request.arguments),
    resultFile,
  };
  await writeFile(specFile, JSON.stringify(spec));
  return { specFile, resultFile };
}

async function fetchScript(
  world: World,
  cache: ScriptCache,
  request: JobRunRequest,
  folder: string,
): Promise<string> {
  const { caller, scriptLocation } = request;
  const key = `${caller.accountId}/${caller.region}/${scriptLocation}`;
  const bytes = await cache.read(key, () => readObject(world.upstream(caller).s3, scriptLocation));
  return saveAs(folder, scriptLocation, bytes);
}

/** Of archives Python shell jobs take wheels and eggs (Glue developer guide, "Providing your own Python library"). */
function isShellLibrary(url: string): boolean {
  return !/\.zip$/i.test(url);
}

/** Each in a folder of its own: two libraries may share a base name. */
async function fetchAll(
  world: World,
  request: JobRunRequest,
  name: string,
  folder: string,
  isRead: (url: string) => boolean = () => true,
): Promise<string[]> {
  const { s3 } = world.upstream(request.caller);
  const files: string[] = [];
  for (const [index, url] of listArgument(request.arguments, name).filter(isRead).entries()) {
    files.push(await saveAs(join(folder, String(index)), url, await readObject(s3, url)));
  }
  return files;
}

/** What Glue hands the script as argv: its own parameters first. */
function argumentList(request: JobRunRequest): string[] {
  const own = {
    "--JOB_NAME": request.jobName,
    "--JOB_RUN_ID": request.runId,
    "--JOB_ID": `j_${request.jobName}`,
  };
  const merged = {
    ...own,
    "--job-bookmark-option": `job-bookmark-${bookmarkOption(request.arguments)}`,
    ...request.arguments,
  };
  return Object.entries(merged).flat();
}
