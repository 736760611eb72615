/** What the sandbox knows of a Glue version (developer guide: release-notes, glue-version-support-policy). */
export interface GlueVersion {
  readonly version: string;
  /** Runs can't start since 2026-04-01. */
  readonly ended: boolean;
  /** Minutes, where a job names none (botocore shape Job.Timeout). */
  readonly defaultTimeout: number;
}

const VERSIONS: readonly GlueVersion[] = [
  { version: "0.9", ended: true, defaultTimeout: 2880 },
  { version: "1.0", ended: true, defaultTimeout: 2880 },
  { version: "2.0", ended: true, defaultTimeout: 2880 },
  { version: "3.0", ended: false, defaultTimeout: 2880 },
  { version: "4.0", ended: false, defaultTimeout: 2880 },
  { version: "5.0", ended: false, defaultTimeout: 480 },
  { version: "5.1", ended: false, defaultTimeout: 480 },
  { version: "6.0", ended: false, defaultTimeout: 480 },
];

/** Spark jobs created without a version get this one (botocore shape CreateJobRequest.GlueVersion). */
export const DEFAULT_GLUE_VERSION = "6.0";

/** The version's facts; `auto` stands for the newest. */
export function findGlueVersion(version: string): GlueVersion | undefined {
  const wanted = version === "auto" ? DEFAULT_GLUE_VERSION : version;
  return VERSIONS.find((known) => known.version === wanted);
}

/** Whether a version is at least another; an unknown one is not. */
export function isAtLeast(version: string, floor: string): boolean {
  const order = VERSIONS.map((known) => known.version);
  const resolved = version === "auto" ? DEFAULT_GLUE_VERSION : version;
  return order.includes(resolved) && order.indexOf(resolved) >= order.indexOf(floor);
}
