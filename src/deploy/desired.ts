import { s3Uri } from "../aws/objects.ts";
import { ToolkitError, throwAll } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { type Artifact, scriptArtifact } from "../scripts/artifact.ts";
import { fileArtifact, type Library, libraryArtifact } from "../scripts/library.ts";
import { isWheelPath, type ResolvedJob } from "../scripts/resolve.ts";
import { type CodeLocation, codeLocation, type LibraryArgument, libraryValue } from "./code-location.ts";
import { mergeLibraries, requirementName } from "./library-lists.ts";
import { ownLibrary, type Place } from "./place.ts";

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
  /** Top-level modules and packages that its libraries provide, by the library's path. */
  readonly provides?: ReadonlyMap<string, readonly string[]>;
  /** Whether a folder or module became a zip, which a Python shell job doesn't take. */
  readonly hasZip?: boolean;
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
 * Builds everything that the jobs run from the workspace.
 * @param validated SHA-256 in hex of the scripts as they were validated, by path; others pass
 * @throws ToolkitError `script-unreadable`, `script-form`, `library-form`, `libraries-clash`, `script-changed-since-validation`
 */
export async function desiredFromWorkspace(
  place: Place,
  workspace: string,
  jobs: readonly ResolvedJob[],
  validated: ReadonlyMap<string, string> = new Map(),
): Promise<Desired> {
  const { prefix } = place;
  const scripts = await buildAll(
    jobs.map(({ script }) => script),
    (path) => scriptArtifact(workspace, path, prefix),
  );
  assertAsValidated(scripts, validated);
  const [shell, spark] = [jobs.filter(isShell), jobs.filter((job) => !isShell(job))];
  const built: Built = {
    scripts,
    shellLibraries: await buildLibraries(workspace, prefix, shell, true),
    sparkLibraries: await buildLibraries(workspace, prefix, spark, false),
    files: await buildAll(jobs.flatMap(filePaths), (path) => fileArtifact(workspace, path, prefix)),
  };
  const artifacts = Object.values(built).flatMap((made) => [...made.values()]);
  return {
    jobs: jobs.map((job) => desiredJob(place, job, built)),
    artifacts: new Map(artifacts.map((artifact) => [artifact.key, artifact])),
  };
}

type Made<A extends Artifact> = ReadonlyMap<string, A>;

interface Built {
  readonly scripts: Made<Artifact>;
  readonly shellLibraries: Made<Library>;
  readonly sparkLibraries: Made<Library>;
  readonly files: Made<Artifact>;
}

/** The manifest gives python-version to Python shell jobs; a Ray job doesn't read --extra-py-files at all. */
function isShell({ pythonVersion, glueVersion }: ResolvedJob): boolean {
  return pythonVersion !== undefined && glueVersion === undefined;
}

function filePaths({ extraJars = [], extraFiles = [] }: ResolvedJob): readonly string[] {
  return [...extraJars, ...extraFiles];
}

function buildLibraries(
  workspace: string,
  prefix: string,
  jobs: readonly ResolvedJob[],
  forShell: boolean,
): Promise<Made<Library>> {
  const paths = jobs.flatMap(({ extraPyFiles, additionalPythonModules = [] }) => [
    ...extraPyFiles,
    ...additionalPythonModules.filter(isWheelPath),
  ]);
  return buildAll(paths, (path) => libraryArtifact(workspace, path, prefix, forShell));
}

async function buildAll<A extends Artifact>(
  paths: readonly string[],
  build: (path: string) => Promise<A>,
): Promise<Made<A>> {
  const distinct = [...new Set(paths)];
  return new Map(
    await mapLimited(distinct, parallelBuilds, async (path) => [path, await build(path)] as const),
  );
}

function assertAsValidated(scripts: Made<Artifact>, validated: ReadonlyMap<string, string>): void {
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

function desiredJob(place: Place, job: ResolvedJob, built: Built): DesiredJob {
  const libraries = isShell(job) ? built.shellLibraries : built.sparkLibraries;
  const script = built.scripts.get(job.script)?.key ?? "";
  const wanted = wantedLibraries(place, job, libraries, built.files);
  const provides = new Map(
    job.extraPyFiles.map((path) => [path, libraries.get(path)?.provides ?? []] as const),
  );
  assertApart(
    job,
    provides,
    [...wanted["--extra-py-files"].entries].map((entry) => ownLibrary(place, entry)?.stem),
  );
  const scriptLocation = s3Uri(place.bucket.name, script);
  const isOurs = (entry: string): boolean => ownLibrary(place, entry) !== undefined;
  return {
    key: job.key,
    job: job.job,
    script: job.script,
    glueVersion: job.glueVersion,
    pythonVersion: job.pythonVersion,
    artifacts: [script, ...Object.values(wanted).flatMap(({ keys }) => keys)],
    provides,
    hasZip: wanted["--extra-py-files"].keys.some((key) => key.endsWith(".zip")),
    next: (current) =>
      codeLocation(scriptLocation, (argument) =>
        mergeLibraries(libraryValue(current, argument), {
          wanted: wanted[argument].entries,
          isOurs,
          nameOf: (entry) =>
            ownLibrary(place, entry)?.stem ??
            (argument === "--additional-python-modules" ? requirementName(entry) : entry),
          replaces: new Set(job.replaces),
        }),
      ),
  };
}

/** What each argument should hold of ours: its entries, and the keys of those that are uploaded. */
type Wanted = Readonly<
  Record<LibraryArgument, { readonly entries: readonly string[]; readonly keys: readonly string[] }>
>;

function wantedLibraries(
  place: Place,
  job: ResolvedJob,
  libraries: Made<Library>,
  files: Made<Artifact>,
): Wanted {
  const stored = (made: Made<Artifact>, paths: readonly string[]) => {
    const keys = paths.map((path) => made.get(path)?.key ?? "");
    return { keys, entries: keys.map((key) => s3Uri(place.bucket.name, key)) };
  };
  const { extraPyFiles, additionalPythonModules = [], extraJars = [], extraFiles = [] } = job;
  const wheels = stored(libraries, additionalPythonModules.filter(isWheelPath));
  const requirements = additionalPythonModules.filter((entry) => !isWheelPath(entry));
  return {
    "--extra-py-files": stored(libraries, extraPyFiles),
    "--additional-python-modules": { ...wheels, entries: [...requirements, ...wheels.entries] },
    "--extra-jars": stored(files, extraJars),
    "--extra-files": stored(files, extraFiles),
  };
}

/** Of two libraries that provide one module the job would import whichever comes first. */
function assertApart(
  job: ResolvedJob,
  provides: ReadonlyMap<string, readonly string[]>,
  stems: readonly (string | undefined)[],
): void {
  const twice = stems.findIndex((stem, index) => stems.indexOf(stem) !== index);
  if (twice !== -1) {
    const [first = "", second = ""] = [
      job.extraPyFiles[stems.indexOf(stems[twice])],
      job.extraPyFiles[twice],
    ];
    throw clash(job, stems[twice] ?? "", first, second);
  }
  const seen = new Map<string, string>();
  for (const [path, names] of provides) {
    for (const name of names) {
      const other = seen.get(name);
      if (other !== undefined && other !== path) throw clash(job, name, other, path);
      seen.set(name, path);
    }
  }
}

function clash(job: ResolvedJob, name: string, first: string, second: string): ToolkitError {
  return new ToolkitError({
    code: "libraries-clash",
    message: `jobs.${job.key} has two libraries that provide "${name}": ${first} and ${second}`,
    remedy: "Keep one of them, or rename the package in one: the job would import whichever comes first.",
    source: "user",
  });
}
