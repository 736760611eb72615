import type { AwsClients } from "../aws/clients.ts";
import type { Bucket } from "../aws/objects.ts";
import type { Clock } from "../base/clock.ts";
import { newestApplied, type ReleaseRecord, readRelease } from "../deploy/ledger.ts";
import { parseContentKey } from "../scripts/artifact.ts";

/** The ledger as a run reads it: which release put a script where it is. */
export interface Releases {
  /** An applied release by id, or the newest for `current`; undefined when there is none. @throws ToolkitError */
  find(id: string): Promise<Release | undefined>;
  /** The newest of the last applied releases that points a job at this script; undefined for any other script. */
  of(job: string, location: string): Promise<string | undefined>;
  /** The commit that the script was deployed from; a roll-back tells none. */
  commitOf(job: string, location: string): Promise<string | undefined>;
}

export interface Release {
  readonly id: string;
  readonly commit: string;
  readonly kind: ReleaseRecord["kind"];
  /** Script by name of the Glue job. */
  readonly scripts: ReadonlyMap<string, string>;
  /** SHA-256 digests that the record has of a job's script and libraries, by name of the Glue job. */
  readonly digests?: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Releases that are looked through for the one a script came with. */
const looked = 10;

/** Reads the releases of one environment, each at most once. */
export function openReleases(place: {
  readonly clients: Pick<AwsClients, "s3">;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly environment: string;
  readonly bucket: Bucket;
  readonly prefix: string;
}): Releases {
  let newest: Promise<readonly Release[]> | undefined;
  const newestReleases = (): Promise<readonly Release[]> => {
    newest ??= newestApplied(place, looked).then((records) => records.map(view));
    return newest;
  };
  const thatPoints = async (
    job: string,
    location: string,
    isWanted: (release: Release) => boolean = () => true,
  ): Promise<Release | undefined> => {
    if (parseContentKey(location) === undefined) return undefined;
    try {
      return (await newestReleases()).find(
        (release) => release.scripts.get(job) === location && isWanted(release),
      );
    } catch {
      // The release is a courtesy of the report; the hash in the key tells the version anyway.
      return undefined;
    }
  };
  return {
    find: async (id) => {
      if (id === "current") return (await newestReleases())[0];
      const stored = await readRelease(place, id);
      return stored?.record.status === "applied" ? view(stored.record) : undefined;
    },
    of: async (job, location) => (await thatPoints(job, location))?.id,
    commitOf: async (job, location) => (await thatPoints(job, location, isDeploy))?.commit,
  };
}

function isDeploy({ kind }: Release): boolean {
  return kind === "deploy";
}

function view(record: ReleaseRecord): Release {
  const digests = record.jobs.map((entry) => [entry.job, digestsIn({ ...entry, before: null })] as const);
  return {
    id: record.id,
    commit: record.provenance.commit,
    kind: record.kind,
    scripts: new Map(record.jobs.map(({ job, after }) => [job, after.scriptLocation])),
    ...(digests.some(([, found]) => found.size > 0) ? { digests: new Map(digests) } : {}),
  };
}

/** The full digests in a record's entry, wherever its version keeps them. */
function digestsIn(value: unknown): ReadonlySet<string> {
  if (typeof value === "string") return new Set(/^[0-9a-f]{64}$/.test(value) ? [value] : []);
  if (value === null || typeof value !== "object") return new Set();
  return new Set(Object.values(value).flatMap((member) => [...digestsIn(member)]));
}
