import {
  defaultGlueVersion,
  type GlueVersion,
  glueVersions,
  type PythonMinor,
  shellPythons,
} from "../base/glue-versions.ts";

export type { PythonMinor } from "../base/glue-versions.ts";

/** The newest Python that a script can ask for. */
export const newestPython: PythonMinor = [3, 14];

/**
 * The table's row of a Glue version.
 * @throws Error for one that is not in it: inputs and manifest were parsed by parseGlueVersion
 */
export function glueVersion(version: string): GlueVersion {
  const row = glueVersions.find((known) => known.version === version);
  if (row === undefined) throw new Error(`unknown Glue version ${version}`);
  return row;
}

/** The Python of a job: a Python shell job names it (`3.9`), a Spark job's follows from its Glue version. */
export function pythonOf(job: {
  readonly glueVersion: string | undefined;
  readonly pythonVersion: string | undefined;
}): PythonMinor {
  const { glueVersion: version = defaultGlueVersion, pythonVersion } = job;
  if (pythonVersion === undefined) return glueVersion(version).python;
  const shell = shellPythons.find((known) => known.version === pythonVersion);
  if (shell === undefined) throw new Error(`unknown Python ${pythonVersion} of a Python shell job`);
  return shell.python;
}

/** `3.11` as [3, 11]; undefined for anything else. */
export function parseMinor(text: string): PythonMinor | undefined {
  const match = /^(\d+)\.(\d+)/.exec(text);
  return match ? [Number(match[1]), Number(match[2])] : undefined;
}

/** [3, 11] as `3.11`. */
export function formatMinor([major, minor]: PythonMinor): string {
  return `${major}.${minor}`;
}
