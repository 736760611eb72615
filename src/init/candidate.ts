import { posix } from "node:path";

/** A job as the new manifest will have it. */
export interface Candidate {
  readonly key: string;
  /** Name of the Glue job; may hold `${environment}`. */
  readonly job: string;
  readonly script: string;
  readonly glueVersion?: string | undefined;
  readonly pythonVersion?: string | undefined;
  readonly bookmarks?: boolean;
}

/** `silver-consolidation` of `glue_jobs/silver_consolidation_job.py`. */
export function keyOfScript(path: string): string {
  const stem = posix.basename(path, posix.extname(path));
  return keyFrom(stem.replace(/[_-](?:glue[_-])?job$/i, "")) || "job";
}

/** Words of a name as a manifest key. */
export function keyFrom(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, "-")
    .replaceAll(/^[-.]+|[-.]+$/g, "");
}

/** The candidates with keys told apart: a second `silver` becomes `silver-2`. */
export function withUniqueKeys(candidates: readonly Candidate[]): Candidate[] {
  const taken = new Set<string>();
  return candidates.map((candidate) => {
    let key = candidate.key;
    for (let count = 2; taken.has(key); count += 1) key = `${candidate.key}-${count}`;
    taken.add(key);
    return { ...candidate, key };
  });
}
