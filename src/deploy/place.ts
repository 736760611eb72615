import type { AwsClients } from "../aws/clients.ts";
import { type Bucket, parseS3Uri } from "../aws/objects.ts";
import type { Clock } from "../base/clock.ts";
import type { Progress } from "../base/progress.ts";
import type { Manifest } from "../manifest/manifest.ts";
import { parseContentKey } from "../scripts/artifact.ts";

/** Where releases live, and what a deploy is done with. */
export interface Place {
  readonly clients: Pick<AwsClients, "glue" | "s3" | "sts">;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly progress: Progress;
  readonly environment: string;
  readonly region: string;
  readonly bucket: Bucket;
  /** Empty, or ends in `/`. */
  readonly prefix: string;
}

/** What reading the ledger takes; a deploy's place has it. */
export type LedgerPlace = Pick<Place, "environment" | "bucket" | "prefix" | "clock" | "signal"> & {
  readonly clients: Pick<Place["clients"], "s3">;
};

/** The place that a manifest's environment names. */
export function placeOf(
  options: Pick<Place, "clients" | "clock" | "progress"> & {
    readonly manifest: Manifest;
    readonly signal?: AbortSignal | undefined;
  },
): Place {
  const { manifest, clients, clock, signal, progress } = options;
  const { environment, scripts } = manifest;
  return {
    clients,
    clock,
    signal,
    progress,
    environment: environment.name,
    region: environment.region,
    bucket: { name: scripts.bucket, owner: environment.account, encryption: scripts.encryption },
    prefix: scripts.prefix,
  };
}

/** Who deploys what, for records, locks and the metadata of objects. */
export interface Provenance {
  readonly commit: string;
  /** Whether files that are deployed differ from the commit; undefined where that isn't known. */
  readonly dirty?: boolean | undefined;
  readonly repository: string;
  readonly runId: string;
  readonly runUrl?: string | undefined;
  readonly actor?: string | undefined;
}

/**
 * The content key behind a URI, if a deploy to this place could have put an object there: right below its prefix, or one
 * folder deeper where the hash is a folder, for deeper keys belong to other places.
 */
export function ownContentKey(
  place: Pick<Place, "bucket" | "prefix">,
  uri: string,
): { readonly key: string; readonly stem: string; readonly hash: string } | undefined {
  const address = parseS3Uri(uri);
  if (address?.bucket !== place.bucket.name || !address.key.startsWith(place.prefix)) return undefined;
  const below = address.key.slice(place.prefix.length);
  const parts = parseContentKey(below);
  const [stem, ...rest] = below.split("/");
  if (parts === undefined || stem !== parts.stem || rest.length > 2) return undefined;
  return { key: address.key, ...parts };
}

/** The same for an entry of a library argument: a script that somebody passes as a library is none of ours. */
export function ownLibrary(
  place: Pick<Place, "bucket" | "prefix">,
  entry: string,
): ReturnType<typeof ownContentKey> {
  return entry.endsWith(".py") ? undefined : ownContentKey(place, entry);
}
