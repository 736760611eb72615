import { isGlob } from "../manifest/build.ts";
import type { JobEntry } from "../manifest/manifest.ts";
import { appliedReleases, type LedgerPlace } from "./ledger.ts";
import type { JobName } from "./rollback.ts";
import { selectJobs } from "./select.ts";

/** How far back the ledger is searched for the jobs that a glob stands for. */
const searchedReleases = 50;

/**
 * The jobs that a rollback is about, with no checkout to look into: the manifest's own entries, and for an entry that
 * is a glob the jobs of earlier releases whose names fit it, and those that the caller names.
 * @param subset keys that the caller names: only these, all for none
 * @throws ToolkitError `unknown-job` for a key that is none of these, `release-record-invalid`, and AWS errors
 */
export async function rollbackJobs(
  place: LedgerPlace,
  entries: readonly JobEntry[],
  subset: readonly string[] = [],
): Promise<readonly JobName[]> {
  const names = entries
    .filter(({ script }) => !isGlob(script))
    .map(({ key, job }): JobName => ({ key, job }));
  const patterns = entries.filter(({ script }) => isGlob(script)).map(({ job }) => jobPattern(job));
  if (patterns.length === 0) return selectJobs(names, subset);
  const known = new Set(names.map(({ job }) => job));
  let searched = 0;
  for await (const record of appliedReleases(place)) {
    for (const { key, job } of record.jobs) {
      if (known.has(job) || !patterns.some((pattern) => pattern.test(job))) continue;
      known.add(job);
      names.push({ key, job });
    }
    searched += 1;
    if (searched === searchedReleases) break;
  }
  return selectJobs([...names, ...namedByGlobs(entries, subset, names)], subset);
}

/** A job that no looked-at release changed has the name that the entry's one glob gives it. */
function namedByGlobs(
  entries: readonly JobEntry[],
  subset: readonly string[],
  known: readonly JobName[],
): readonly JobName[] {
  const globs = entries.filter(({ script }) => isGlob(script));
  const [only, ...others] = globs;
  if (only === undefined || others.length > 0) return [];
  return subset
    .filter((key) => known.every((name) => name.key !== key))
    .map((key) => ({ key, job: only.job.replaceAll("${stem}", key) }));
}

/** `acme-${stem}-dev` as a pattern over whole names. */
function jobPattern(job: string): RegExp {
  const literals = job.split("${stem}").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join("(.+)")}$`);
}
