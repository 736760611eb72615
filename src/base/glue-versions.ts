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

/** A Python that Python shell and Ray jobs can name. */
export interface ShellPython {
  readonly version: string;
  readonly python: PythonMinor;
  readonly supportEnds?: string;
  readonly runsEnd?: string;
}

/**
 * Glue versions of Spark jobs, newest first.
 * Source: Glue developer guide, pages release-notes and glue-version-support-policy.
 */
export const glueVersions: readonly GlueVersion[] = [
  { version: "6.0", python: [3, 13], spark: "4.1" },
  { version: "5.1", python: [3, 11], spark: "3.5.6" },
  { version: "5.0", python: [3, 11], spark: "3.5.4" },
  { version: "4.0", python: [3, 10], spark: "3.3" },
  { version: "3.0", python: [3, 7], spark: "3.1" },
  { version: "2.0", python: [3, 7], spark: "2.4", supportEnds: "2026-04-01", runsEnd: "2026-04-01" },
  { version: "1.0", python: [3, 6], spark: "2.4", supportEnds: "2026-04-01", runsEnd: "2026-04-01" },
  { version: "0.9", python: [3, 6], spark: "2.2", supportEnds: "2026-04-01", runsEnd: "2026-04-01" },
];

/**
 * Pythons of Python shell and Ray jobs, newest first.
 * Source: Glue developer guide, page add-job-python ("Support for Pyshell v3.6 will end on March 1, 2026").
 */
export const shellPythons: readonly ShellPython[] = [
  { version: "3.9", python: [3, 9] },
  { version: "3.6", python: [3, 6], supportEnds: "2026-03-01" },
];

/** Taken when neither the manifest nor an input names one. */
export const defaultGlueVersion = "5.0";

/**
 * The name of a known Glue version: `5.0`, or `5` for short.
 * @throws Error that lists the known ones for anything else
 */
export function parseGlueVersion(text: string): string {
  return known("a Glue version", glueVersions, /^\d+$/.test(text) ? `${text}.0` : text);
}

/**
 * The name of a known Python of Python shell and Ray jobs.
 * @throws Error that lists the known ones for anything else
 */
export function parseShellPython(text: string): string {
  return known("a Python of Python shell and Ray jobs", shellPythons, text);
}

function known(what: string, rows: readonly { readonly version: string }[], name: string): string {
  const names = rows.map(({ version }) => version);
  if (names.includes(name)) return name;
  throw new Error(`must be ${what}, one of ${names.join(", ")}`);
}
