import type { AwsClients } from "../aws/clients.ts";
import type { Bucket } from "../aws/objects.ts";
import type { Clock } from "../base/clock.ts";
import { appliedReleases, type ReleaseRecord } from "../deploy/ledger.ts";
import { historyOf } from "../deploy/ledger-history.ts";
import { parseContentKey } from "../scripts/artifact.ts";

/** The ledger as a run reads it: which release put a script where it is. */
export interface Releases {
  /**
   * The state of these Glue jobs right after an applied release, by its id, or after the newest for `current`; undefined
   * when there is no such release. @throws ToolkitError
   */
  find(id: string, jobs: readonly string[]): Promise<Release | undefined>;
  /** The newest of the last applied releases that points a job at this script; undefined for any other script. */
  of(job: string, location: string): Promise<string | undefined>;
  /** The commit that the script was deployed from. */
  commitOf(job: string, location: string): Promise<string | undefined>;
}

export interface Release {
  readonly id: string;
  /** Script by name of the Glue job; a job that no release changed has none. */
  readonly scripts: ReadonlyMap<string, string>;
  /** Full SHA-256, in hex, by S3 URI, of the scripts and libraries that the releases read tell of. */
  readonly digests: ReadonlyMap<string, string>;
}

/** Releases that are looked through for the one a script came with. */
const looked = 10;

/** Reads the releases of one environment, each at most once for the looks at single scripts. */
export function openReleases(place: {
  readonly clients: Pick<AwsClients, "s3">;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly environment: string;
  readonly bucket: Bucket;
  readonly prefix: string;
}): Releases {
  const records = appliedReleases(place);
  const reads: Promise<IteratorResult<ReleaseRecord, void>>[] = [];
  const firstOf = async <T>(look: (record: ReleaseRecord) => T | undefined): Promise<T | undefined> => {
    for (let index = 0; index < looked; index += 1) {
      reads[index] ??= records.next();
      const next = await reads[index];
      if (next === undefined || next.done === true) return undefined;
      const found = look(next.value);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const changeTo = (record: ReleaseRecord, job: string, location: string) =>
    record.jobs.find((entry) => entry.job === job && entry.after.scriptLocation === location);
  const courtesy = async <T>(location: string, ask: () => Promise<T | undefined>): Promise<T | undefined> => {
    if (parseContentKey(location) === undefined) return undefined;
    try {
      return await ask();
    } catch {
      // The release is an extra of the report; the hash in the key tells the version anyway.
      return undefined;
    }
  };
  return {
    find: (id, jobs) => stateAfter(place, id, jobs),
    of: (job, location) =>
      courtesy(location, () => firstOf((record) => changeTo(record, job, location) && record.id)),
    commitOf: (job, location) =>
      courtesy(location, () =>
        firstOf((record) => {
          const change = changeTo(record, job, location);
          const own = record.kind === "deploy" ? record.provenance.commit : undefined;
          return change && (change.commit ?? own);
        }),
      ),
  };
}

async function stateAfter(
  place: Parameters<typeof historyOf>[0],
  wanted: string,
  names: readonly string[],
): Promise<Release | undefined> {
  const jobs = names.map((job) => ({ job }));
  let id = wanted === "current" ? undefined : wanted;
  const history = await historyOf(
    place,
    jobs,
    ({ changes, newest }) => {
      id ??= newest;
      return names.every((job) => changes.get(job)?.some(({ release }) => release <= (id ?? "")) === true)
        ? "stop"
        : "go on";
    },
    { wanted: id ?? "current" },
  );
  if (!history.reached || id === undefined) return undefined;
  const last = id;
  const scripts = names.flatMap((job): [string, string][] => {
    const change = history.changes.get(job)?.find(({ release }) => release <= last);
    return change === undefined ? [] : [[job, change.after.scriptLocation]];
  });
  return { id, scripts: new Map(scripts), digests: history.digests };
}
