import { s3Uri } from "../aws/objects.ts";
import { ToolkitError, throwAll } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { type Artifact, scriptArtifact, zipArtifact } from "../scripts/artifact.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import type { CodeLocation } from "./code-location.ts";
import { mergeExtraPyFiles, sameStem } from "./extra-py-files.ts";
import { ownContentKey, type Place } from "./place.ts";

/** What one job should have after the release. */
export interface DesiredJob {
  readonly key: string;
  readonly job: string;
  /** Workspace-relative path; null where nothing is built (a rollback). */
  readonly script: string | null;
  /** Glue version of the manifest; undefined where it names none, or where it doesn't matter. */
  readonly glueVersion: string | undefined;
  /** Python version that the manifest gives a Python shell or Ray job. */
  readonly pythonVersion?: string | undefined;
  /** S3 keys of the artifacts the job needs. */
  readonly artifacts: readonly string[];
  /** The commit that the code was deployed from, where that isn't the commit of the release: in a rollback. */
  readonly commit?: string | undefined;
  /** Where the job should point, given where it points now. */
  next(current: CodeLocation): CodeLocation;
}

export interface Desired {
  readonly jobs: readonly DesiredJob[];
  /** By S3 key, each once however many jobs share it. */
  readonly artifacts: ReadonlyMap<string, Artifact>;
}

const parallelBuilds = 8;

/**
 * Builds every job's artifacts from the workspace.
 * @param validated SHA-256 in hex of the scripts as they were validated, by path; others pass
 * @throws ToolkitError `script-unreadable`, `extra-py-files-same-name`, `script-changed-since-validation`
 */
export async function desiredFromWorkspace(
  place: Place,
  workspace: string,
  jobs: readonly ResolvedJob[],
  validated: ReadonlyMap<string, string> = new Map(),
): Promise<Desired> {
  const scripts = await buildAll(
    jobs.map(({ script }) => script),
    (path) => scriptArtifact(workspace, path, place.prefix),
  );
  assertAsValidated(scripts, validated);
  const libraries = await buildAll(
    jobs.flatMap(({ extraPyFiles }) => extraPyFiles),
    (path) => zipArtifact(workspace, path, place.prefix),
  );
  const artifacts = new Map([...scripts.values(), ...libraries.values()].map((built) => [built.key, built]));
  return { jobs: jobs.map((job) => desiredJob(place, job, scripts, libraries)), artifacts };
}

type Built = ReadonlyMap<string, Artifact>;

async function buildAll(
  paths: readonly string[],
  build: (path: string) => Promise<Artifact>,
): Promise<Built> {
  const distinct = [...new Set(paths)];
  return new Map(
    await mapLimited(distinct, parallelBuilds, async (path) => [path, await build(path)] as const),
  );
}

function assertAsValidated(scripts: Built, validated: ReadonlyMap<string, string>): void {
  const changed = [...scripts.values()].filter(
    ({ path, fileSha256 }) => validated.has(path) && validated.get(path) !== fileSha256,
  );
  throwAll(
    "scripts",
    changed.map(
      ({ path }) =>
        new ToolkitError({
          code: "script-changed-since-validation",
          message: `${path} was changed after it was validated`,
          remedy: "Let nothing write into the checkout while it is deployed, then deploy again.",
          source: "user",
          location: { path },
        }),
    ),
  );
}

function desiredJob(place: Place, job: ResolvedJob, scripts: Built, libraries: Built): DesiredJob {
  const script = keyOf(scripts, job.script);
  const zips = job.extraPyFiles.map((path) => keyOf(libraries, path));
  const scriptLocation = s3Uri(place.bucket.name, script);
  const zipUris = zips.map((key) => s3Uri(place.bucket.name, key));
  const stemOf = (uri: string): string | undefined => ownZipStem(place, uri);
  const clash = sameStem(zipUris, stemOf);
  if (clash !== undefined) throw sameName(job, clash);
  return {
    key: job.key,
    job: job.job,
    script: job.script,
    glueVersion: job.glueVersion,
    pythonVersion: job.pythonVersion,
    artifacts: [script, ...zips],
    next: ({ extraPyFiles }) => ({
      scriptLocation,
      extraPyFiles: mergeExtraPyFiles(extraPyFiles, zipUris, stemOf),
    }),
  };
}

function keyOf(built: Built, path: string): string {
  return built.get(path)?.key ?? "";
}

/** A script that somebody passes as a library is no zip of ours, whatever its name. */
function ownZipStem(place: Place, uri: string): string | undefined {
  return uri.endsWith(".zip") ? ownContentKey(place, uri)?.stem : undefined;
}

function sameName(job: ResolvedJob, stem: string): ToolkitError {
  return new ToolkitError({
    code: "extra-py-files-same-name",
    message: `jobs.${job.key} has two extra-py-files named "${stem}": a later deploy could not tell their zips apart`,
    remedy: "Give one of the folders another name, or put both below one folder and name that.",
    source: "user",
  });
}
