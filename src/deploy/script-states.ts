import { isAccessDenied, isInOtherRegion } from "../aws/errors.ts";
import { headObject, objectSha256, parseS3Uri, s3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import type { Artifact } from "../scripts/artifact.ts";
import { listScripts } from "./listed-scripts.ts";
import { ownContentKey, type Place } from "./place.ts";
import type { ForeignLibraries } from "./shadowed-libraries.ts";

/** Whether a stored script still is what it should be; `unknown` where nothing tells, or nobody may look. */
export type ScriptState = "intact" | "drifted" | "missing" | "unknown";

/** What is known of stored scripts and libraries within one deploy, by S3 URI. */
export interface SeenScripts {
  /** Full SHA-256, in hex, of those that were seen intact: they are not looked at again. */
  readonly intact: Map<string, string>;
  /** Those that were not there: a conditional write tells if that has changed. */
  readonly missing: Set<string>;
  /** Archives of somebody else's. */
  readonly foreign: ForeignLibraries;
}

/** Nothing was looked at yet. */
export function nothingSeen(): SeenScripts {
  return { intact: new Map(), missing: new Set(), foreign: new Map() };
}

const parallelReads = 16;

/**
 * States of the scripts and libraries that this toolkit may have put there; others' URIs are left out.
 * @param artifacts what is to be stored, by key: for these one listing may answer for all
 * @param digests full SHA-256 by URI, where more than the name's digits is known
 * @param seen what was seen before; what is looked at now is added
 * @throws ToolkitError
 */
export async function ownScriptStates(
  place: Place,
  uris: readonly string[],
  artifacts: ReadonlyMap<string, Artifact>,
  digests: ReadonlyMap<string, string>,
  seen: SeenScripts,
): Promise<ReadonlyMap<string, ScriptState>> {
  const keys = new Map(
    uris.flatMap((uri) => {
      const own = ownContentKey(place, uri);
      return own === undefined ? [] : [[uri, own] as const];
    }),
  );
  const unseen = [...keys].filter(([uri]) => !seen.intact.has(uri) && !seen.missing.has(uri));
  const here = unseen.flatMap(([, { key }]) => artifacts.get(key) ?? []);
  const listed = await listScripts(place, here);
  for (const key of listed.missing) seen.missing.add(s3Uri(place.bucket.name, key));
  for (const key of listed.intact) {
    seen.intact.set(s3Uri(place.bucket.name, key), artifacts.get(key)?.sha256 ?? "");
  }
  const states = await mapLimited([...keys], parallelReads, async ([uri, { key, hash }]) => {
    const wanted = artifacts.get(key)?.sha256 ?? digests.get(uri) ?? hash;
    const digest = await storedDigest(place, uri, key, seen);
    if (digest?.startsWith(hash) === true) seen.intact.set(uri, digest);
    const state = digest === undefined ? "missing" : digest.startsWith(wanted) ? "intact" : "drifted";
    return [uri, state] as const;
  });
  return new Map(states);
}

async function storedDigest(
  place: Place,
  uri: string,
  key: string,
  seen: SeenScripts,
): Promise<string | undefined> {
  if (seen.missing.has(uri)) return undefined;
  const digest = seen.intact.get(uri) ?? (await objectSha256(place.clients.s3, place.bucket, key, place));
  if (digest === undefined) seen.missing.add(uri);
  return digest;
}

/**
 * Whether others' scripts exist: a rollback may go back to a key that this toolkit never wrote.
 * @throws ToolkitError
 */
export async function foreignScriptStates(
  place: Place,
  uris: readonly string[],
): Promise<ReadonlyMap<string, ScriptState>> {
  const foreign = [...new Set(uris)].filter((uri) => ownContentKey(place, uri) === undefined);
  const states = await mapLimited(
    foreign,
    parallelReads,
    async (uri) => [uri, await existence(place, uri)] as const,
  );
  return new Map(states);
}

async function existence(place: Place, uri: string): Promise<ScriptState> {
  const address = parseS3Uri(uri);
  if (address === undefined) return "unknown";
  const bucket = address.bucket === place.bucket.name ? place.bucket : { name: address.bucket };
  try {
    const facts = await headObject(place.clients.s3, bucket, address.key, place.signal);
    return facts === undefined ? "missing" : "unknown";
  } catch (thrown) {
    if (isAccessDenied(thrown) || isInOtherRegion(thrown)) return "unknown";
    throw thrown;
  }
}
