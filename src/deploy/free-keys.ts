import { s3Uri } from "../aws/objects.ts";
import { type Artifact, shortHash } from "../scripts/artifact.ts";
import { type CodeLocation, codeLocation, libraryValue, listEntries } from "./code-location.ts";
import type { Desired } from "./desired.ts";
import { ownContentKey, type Place } from "./place.ts";
import { ownScriptStates, type ScriptState, type SeenScripts } from "./script-states.ts";

/** Digits of the SHA-256 in a key, where fewer are taken by other bytes. */
/** Of the SHA-256 in a key. */
const hashLength = 12;
const longerHashes = [24, 64] as const;

/** What is known of stored objects before they are looked at. */
interface Known {
  /** Full SHA-256 by S3 URI. */
  readonly digests: ReadonlyMap<string, string>;
  readonly seen: SeenScripts;
}

/** What should be stored and where, and the states of what is there. */
export interface Placed {
  readonly desired: Desired;
  readonly states: ReadonlyMap<string, ScriptState>;
}

/**
 * Gives an artifact whose key holds other bytes (somebody overwrote it, or another text has the same twelve digits) a
 * key with more digits of its hash: nothing is ever overwritten, and nothing has to be deleted first.
 * @param uris what the jobs have now, and other URIs whose states are wanted
 * @param all whether to look at every artifact's key, and not only at those among the URIs
 * @throws ToolkitError
 */
export async function withFreeKeys(
  place: Place,
  desired: Desired,
  uris: readonly string[],
  { digests, seen, all }: Known & { readonly all: boolean },
): Promise<Placed> {
  let placed = desired;
  let states = await statesOf(place, placed, uris, { digests, seen, all });
  for (const length of longerHashes) {
    const taken = [...placed.artifacts.values()].filter(
      ({ key }) => states.get(s3Uri(place.bucket.name, key)) === "drifted",
    );
    if (taken.length === 0) break;
    placed = renamed(
      place,
      placed,
      new Map(taken.map((artifact) => [artifact.key, longerKey(artifact, length)])),
    );
    states = new Map([...states, ...(await statesOf(place, placed, [], { digests, seen, all: true }))]);
  }
  return { desired: placed, states };
}

/**
 * Where a rollback would go back to a key that holds other bytes now, or none, and the ledger knows the whole hash: the
 * same bytes may stand under a key with more of its digits, or fewer.
 * @param uris what the rollback goes back to
 * @throws ToolkitError
 */
export async function withStandingKeys(
  place: Place,
  { desired, states }: Placed,
  uris: readonly string[],
  { digests, seen }: Known,
): Promise<Placed> {
  const found = new Map<string, string>();
  const all = new Map(states);
  for (const uri of uris) {
    const [key, sha256] = [ownContentKey(place, uri)?.key, digests.get(uri)];
    const state = states.get(uri);
    if (key === undefined || sha256 === undefined || (state !== "drifted" && state !== "missing")) continue;
    for (const length of [hashLength, ...longerHashes]) {
      const other = longerKey({ key, sha256 }, length);
      const otherUri = s3Uri(place.bucket.name, other);
      if (other === key || found.has(key)) continue;
      const wanted = new Map([[otherUri, sha256]]);
      const standing = await ownScriptStates(place, [otherUri], new Map(), wanted, seen);
      if (standing.get(otherUri) === "intact") found.set(key, other);
      all.set(otherUri, standing.get(otherUri) ?? "unknown");
    }
  }
  return { desired: found.size === 0 ? desired : renamed(place, desired, found), states: all };
}

function statesOf(
  place: Place,
  { artifacts }: Desired,
  uris: readonly string[],
  { digests, seen, all }: Known & { readonly all: boolean },
): Promise<ReadonlyMap<string, ScriptState>> {
  const own = all ? [...artifacts.keys()].map((key) => s3Uri(place.bucket.name, key)) : [];
  return ownScriptStates(place, [...new Set([...uris, ...own])], artifacts, digests, seen);
}

function longerKey({ key, sha256 }: Pick<Artifact, "key" | "sha256">, length: number): string {
  const digits = new RegExp(`${shortHash(sha256)}[0-9a-f]*`);
  return key.replace(digits, sha256.slice(0, length));
}

function renamed(place: Place, desired: Desired, keys: ReadonlyMap<string, string>): Desired {
  const uris = new Map(
    [...keys].map((pair) => pair.map((key) => s3Uri(place.bucket.name, key)) as [string, string]),
  );
  const keyOf = (key: string): string => keys.get(key) ?? key;
  return {
    artifacts: new Map(
      [...desired.artifacts.values()].map((artifact) => [
        keyOf(artifact.key),
        { ...artifact, key: keyOf(artifact.key) },
      ]),
    ),
    jobs: desired.jobs.map((job) => ({
      ...job,
      artifacts: job.artifacts.map(keyOf),
      next: (current) => withUris(job.next(current), uris),
    })),
  };
}

function withUris(location: CodeLocation, uris: ReadonlyMap<string, string>): CodeLocation {
  const uriOf = (uri: string): string => uris.get(uri) ?? uri;
  return codeLocation(uriOf(location.scriptLocation), (argument) => {
    const value = libraryValue(location, argument);
    const entries = listEntries(value);
    return entries.some((entry) => uris.has(entry)) ? entries.map(uriOf).join(",") : value;
  });
}
