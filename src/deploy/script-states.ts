import { isAccessDenied } from "../aws/errors.ts";
import { headObject, objectSha256, parseS3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import type { Artifact } from "../scripts/artifact.ts";
import { listedIntact } from "./listed-scripts.ts";
import { ownContentKey, type Place } from "./place.ts";

/** Whether a stored script still is what its name says; `unknown` where the name says nothing or nobody may look. */
export type ScriptState = "intact" | "drifted" | "missing" | "unknown";

const parallelReads = 16;

/**
 * States of the scripts and zips that this toolkit may have put there; others' URIs are left out.
 * @param artifacts what is to be stored, by key: for these one listing may answer for all
 * @param seenIntact URIs that were intact when they were last looked at, which isn't done again; more are added
 * @throws ToolkitError
 */
export async function ownScriptStates(
  place: Place,
  uris: readonly string[],
  artifacts: ReadonlyMap<string, Artifact>,
  seenIntact: Set<string>,
): Promise<ReadonlyMap<string, ScriptState>> {
  const keys = new Map(
    uris.flatMap((uri) => {
      const own = ownContentKey(place, uri);
      return own === undefined ? [] : [[uri, own] as const];
    }),
  );
  const unseen = [...keys].filter(([uri]) => !seenIntact.has(uri));
  const here = unseen.flatMap(([, { key }]) => artifacts.get(key) ?? []);
  const listed = await listedIntact(place, here);
  const states = await mapLimited([...keys], parallelReads, async ([uri, { key, hash }]) => {
    if (seenIntact.has(uri) || listed.has(key)) return [uri, "intact"] as const;
    const digest = await objectSha256(place.clients.s3, place.bucket, key, place);
    return [uri, digest === undefined ? "missing" : digest.startsWith(hash) ? "intact" : "drifted"] as const;
  });
  for (const [uri, state] of states) if (state === "intact") seenIntact.add(uri);
  return new Map(states);
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
    if (isAccessDenied(thrown)) return "unknown";
    throw thrown;
  }
}
