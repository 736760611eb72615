import { type LedgerPlace, listReleaseIds } from "./ledger.ts";
import { type LenientRecord, readLeniently } from "./lenient-records.ts";
import type { ReleaseRecord } from "./record.ts";

/** A release in a list, newest first. */
export interface ReleaseLine {
  readonly id: string;
  readonly kind: ReleaseRecord["kind"] | "unknown";
  /** `unreadable` for a damaged record, or one of a newer toolkit; its note says why. */
  readonly status: ReleaseRecord["status"] | "unreadable";
  /** ISO 8601, UTC; empty where it isn't known. */
  readonly createdAt: string;
  readonly commit: string;
  /** Whether files that were deployed differed from the commit; null where that isn't known. */
  readonly dirty: boolean | null;
  /** Name of the manifest that was released; null where it isn't known. */
  readonly manifest: string | null;
  readonly actor: string | null;
  readonly runUrl: string | null;
  readonly rollbackTo: string | null;
  /** Names of the Glue jobs that it changed. */
  readonly changed: readonly string[];
  /** How many jobs it changed. */
  readonly jobs: number;
  readonly note: string | null;
}

/**
 * The newest releases of an environment, undone and pending ones too.
 * @throws ToolkitError for AWS errors; a record that can't be read is a line of its own
 */
export async function listReleases(place: LedgerPlace, most = 20): Promise<readonly ReleaseLine[]> {
  const ids = (await listReleaseIds(place)).slice(0, most);
  const lines: ReleaseLine[] = [];
  for await (const found of readLeniently(place, ids)) lines.push(lineOf(found));
  return lines;
}

function lineOf({ id, record, problem }: LenientRecord): ReleaseLine {
  const { commit, dirty, actor, runUrl } = record?.provenance ?? { commit: id.split("-")[1] ?? "" };
  const changed = record?.jobs.map(({ job }) => job) ?? [];
  return {
    id,
    kind: record?.kind ?? "unknown",
    status: record?.status ?? "unreadable",
    createdAt: record?.createdAt ?? "",
    commit,
    dirty: dirty ?? null,
    manifest: record?.manifest?.name ?? null,
    actor: actor ?? null,
    runUrl: runUrl ?? null,
    rollbackTo: record?.rollbackTo ?? null,
    changed,
    jobs: changed.length,
    note: record?.note ?? problem ?? null,
  };
}
