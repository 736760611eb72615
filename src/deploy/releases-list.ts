import { sameCodeLocation } from "./code-location.ts";
import { type LedgerPlace, listReleaseIds, readReleases } from "./ledger.ts";
import type { ReleaseRecord } from "./record.ts";

/** A release in a list, newest first. */
export interface ReleaseLine {
  readonly id: string;
  readonly kind: ReleaseRecord["kind"];
  readonly status: ReleaseRecord["status"];
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly commit: string;
  readonly actor: string | null;
  readonly runUrl: string | null;
  readonly rollbackTo: string | null;
  /** Names of the Glue jobs that it changed. */
  readonly changed: readonly string[];
  /** Jobs that it names, unchanged ones too. */
  readonly jobs: number;
  readonly note: string | null;
}

/**
 * The newest releases of an environment, undone and pending ones too.
 * @throws ToolkitError `release-record-invalid` and AWS errors
 */
export async function listReleases(place: LedgerPlace, most = 20): Promise<readonly ReleaseLine[]> {
  const ids = await listReleaseIds(place);
  return (await readReleases(place, ids.slice(0, most))).map((record) => ({
    id: record.id,
    kind: record.kind,
    status: record.status,
    createdAt: record.createdAt,
    commit: record.provenance.commit,
    actor: record.provenance.actor ?? null,
    runUrl: record.provenance.runUrl ?? null,
    rollbackTo: record.rollbackTo,
    changed: record.jobs
      .filter(({ before, after }) => !sameCodeLocation(before, after))
      .map(({ job }) => job),
    jobs: record.jobs.length,
    note: record.note,
  }));
}
