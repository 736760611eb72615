import { ToolkitError } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import { type CodeLocation, type FieldChange, fieldChanges, sameCodeLocation } from "./code-location.ts";
import { appliedReleases } from "./ledger.ts";
import { readHead } from "./ledger-head.ts";
import type { Place } from "./place.ts";
import type { ReleaseRecord } from "./record.ts";
import { findRelease } from "./release-ids.ts";
import { unifiedDiff } from "./script-diff.ts";
import { readText } from "./script-diffs.ts";

/** How one job differs between two releases. */
export interface JobDifference {
  readonly job: string;
  readonly fields: readonly FieldChange[];
  /** Unified diff of the scripts' text; null where they are the same, or one can't be read any more. */
  readonly scriptDiff: string | null;
}

const parallelReads = 8;

/**
 * What changed from the state after one release to the state after another, the later one first or last.
 * @param from id of a release, in full
 * @param to id of a release, in full
 * @throws ToolkitError `unknown-release`, `release-not-applied`, `release-history-pruned` and AWS errors
 */
export async function diffReleases(
  place: Place,
  from: string,
  to: string,
): Promise<readonly JobDifference[]> {
  for (const id of [from, to]) await findRelease(place, id);
  const { head } = await readHead(place);
  const [older, newer] = from < to ? [from, to] : [to, from];
  if (head?.prunedThrough != null && older <= head.prunedThrough && older !== newer) throw pruned(older);
  const between = await releasesBetween(place, older, newer);
  const changes = [...changesOf(between)].filter(([, { before, after }]) => !sameCodeLocation(before, after));
  return mapLimited(changes, parallelReads, async ([job, { before, after }]) => {
    const [was, is] = from < to ? [before, after] : [after, before];
    return { job, fields: fieldChanges(was, is), scriptDiff: await scriptDiff(place, was, is) };
  });
}

/** Applied releases after the older one up to the newer one, newest first. */
async function releasesBetween(
  place: Place,
  older: string,
  newer: string,
): Promise<readonly ReleaseRecord[]> {
  const between: ReleaseRecord[] = [];
  const met = new Set<string>();
  for await (const record of appliedReleases(place)) {
    met.add(record.id);
    if (record.id > older && record.id <= newer) between.push(record);
    if (record.id <= older) break;
  }
  const missing = [newer, older].find((id) => !met.has(id));
  if (missing === undefined) return between;
  throw new ToolkitError({
    code: "release-not-applied",
    message: `Release ${missing} was never applied: it was undone, or is pending`,
    remedy: "Choose two releases whose records say applied.",
    source: "user",
  });
}

function pruned(older: string): ToolkitError {
  return new ToolkitError({
    code: "release-history-pruned",
    message: `Releases after ${older} were pruned, so what changed since is not known any more`,
    remedy: "Compare newer releases; `releases list` shows them.",
    source: "user",
  });
}

/** By job, where it pointed before the first of the releases that name it, and after the last. */
function changesOf(
  newestFirst: readonly ReleaseRecord[],
): ReadonlyMap<string, { readonly before: CodeLocation; readonly after: CodeLocation }> {
  const changes = new Map<string, { before: CodeLocation; after: CodeLocation }>();
  for (const { jobs } of newestFirst) {
    for (const { job, before, after } of jobs) {
      changes.set(job, { before, after: changes.get(job)?.after ?? after });
    }
  }
  return changes;
}

async function scriptDiff(place: Place, was: CodeLocation, is: CodeLocation): Promise<string | null> {
  if (was.scriptLocation === is.scriptLocation) return null;
  const [before, after] = [
    await readText(place, was.scriptLocation),
    await readText(place, is.scriptLocation),
  ];
  return before === undefined || after === undefined ? null : unifiedDiff(before, after);
}
