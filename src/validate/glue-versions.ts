/** A minor version of CPython, e.g. [3, 11]. */
export type PythonMinor = readonly [number, number];

/** What a Glue version runs, and until when. Dates are the first day on which it no longer holds (UTC). */
export interface GlueVersion {
  readonly version: string;
  readonly python: PythonMinor;
  readonly spark: string;
  /** The day from which AWS no longer supports it. */
  readonly supportEnds?: string;
  /** The day from which its jobs can't be started. */
  readonly runsEnd?: string;
}

/** The newest one, also for a version that this release doesn't know yet. */
const newest: GlueVersion = { version: "6.0", python: [3, 13], spark: "4.1" };

/**
 * Glue versions of Spark jobs.
 * Source: Glue developer guide, pages release-notes and glue-version-support-policy.
 */
export const glueVersions: readonly GlueVersion[] = [
  newest,
  { version: "5.1", python: [3, 11], spark: "3.5.6" },
  { version: "5.0", python: [3, 11], spark: "3.5.4" },
  { version: "4.0", python: [3, 10], spark: "3.3" },
  { version: "3.0", python: [3, 7], spark: "3.1" },
  { version: "2.0", python: [3, 7], spark: "2.4", supportEnds: "2026-04-01", runsEnd: "2026-04-01" },
  { version: "1.0", python: [3, 6], spark: "2.4", supportEnds: "2026-04-01", runsEnd: "2026-04-01" },
  { version: "0.9", python: [3, 6], spark: "2.2", supportEnds: "2026-04-01", runsEnd: "2026-04-01" },
];

/** The newest Python that a script can ask for. */
export const newestPython: PythonMinor = [3, 14];

/** Taken when neither the manifest nor an input names one. */
export const defaultGlueVersion = "5.0";

/** The table's row of a Glue version; for one newer than the table, its newest row under the asked name. */
export function glueVersion(version: string): GlueVersion {
  return glueVersions.find((row) => row.version === version) ?? { ...newest, version };
}

/** The Python of a job: a Python shell job names it (`3.9`), a Spark job's follows from its Glue version. */
export function pythonOf(job: {
  readonly glueVersion: string | undefined;
  readonly pythonVersion: string | undefined;
}): PythonMinor {
  if (job.pythonVersion !== undefined) return parseMinor(job.pythonVersion) ?? newest.python;
  return glueVersion(job.glueVersion ?? defaultGlueVersion).python;
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
