import type { CodeLocation } from "./code-location.ts";
import { appliedReleases, type LedgerPlace } from "./ledger.ts";
import type { RecordedJob, ReleaseRecord } from "./record.ts";

/** One change of one job, by an applied release. */
export interface JobChange {
  readonly release: string;
  readonly before: CodeLocation;
  readonly after: CodeLocation;
  /** The commit that `after` was deployed from; undefined where the record doesn't tell. */
  readonly commit: string | undefined;
}

/** What applied releases did to some jobs, as far as they were read. */
export interface History {
  /** Changes by name of the Glue job, newest first. */
  readonly changes: ReadonlyMap<string, readonly JobChange[]>;
  /** The releases that changed any of the jobs, newest first. */
  readonly releases: readonly { readonly id: string }[];
  /** The applied release after the newest of `releases`, whatever it changed; null where there is none. */
  readonly firstBeyond: string | null;
  /** The newest applied release; undefined where there is none. */
  readonly newest: string | undefined;
  /** Full SHA-256 by S3 URI, of all records that were read. */
  readonly digests: ReadonlyMap<string, string>;
  /** Whether the release that was looked for was met. */
  readonly reached: boolean;
  /** Whether the ledger was read to its end. */
  readonly complete: boolean;
}

/**
 * Reads applied releases, newest first, until `decide` says stop.
 * @param decide asked after each release, with how many were read since the wanted one, or since the first that
 *   changed any of the jobs
 * @param wanted id of a release, or `current` for the newest: `decide` isn't asked before it is met
 * @param ids releases to look at, newest first; all of them where they are left out
 * @throws ToolkitError `release-record-invalid` and AWS errors
 */
export async function historyOf(
  place: LedgerPlace,
  jobs: readonly { readonly job: string }[],
  decide: (history: History, since: number) => "go on" | "stop",
  { wanted, ids }: { readonly wanted?: string; readonly ids?: readonly string[] } = {},
): Promise<History> {
  const names = new Set(jobs.map(({ job }) => job));
  const changes = new Map<string, JobChange[]>();
  const releases: { id: string }[] = [];
  const digests = new Map<string, string>();
  let newest: string | undefined;
  let [firstBeyond, reached, complete, since]: [string | null, boolean, boolean, number] = [
    null,
    false,
    true,
    0,
  ];
  const history = (): History => ({
    changes,
    releases,
    firstBeyond,
    newest,
    digests,
    reached,
    complete,
  });
  for await (const record of appliedReleases(place, ids)) {
    const changed = record.jobs.filter(({ job }) => names.has(job));
    if (releases.length > 0) firstBeyond ??= record.id;
    if (changed.length > 0) releases.push({ id: record.id });
    for (const job of changed) {
      changes.set(job.job, [...(changes.get(job.job) ?? []), changeOf(record, job)]);
    }
    for (const [uri, digest] of Object.entries(record.objects)) digests.set(uri, digest);
    newest ??= record.id;
    reached ||= record.id === wanted || wanted === "current";
    if (wanted === undefined ? releases.length > 0 : reached) since += 1;
    if ((wanted === undefined || reached) && decide(history(), since) === "stop") {
      complete = false;
      break;
    }
  }
  return history();
}

function changeOf(record: ReleaseRecord, { before, after, commit }: RecordedJob): JobChange {
  const own = record.kind === "deploy" ? record.provenance.commit : undefined;
  return { release: record.id, before, after, commit: commit ?? own };
}
