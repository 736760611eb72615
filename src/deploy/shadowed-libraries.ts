import { isAccessDenied, isAwsError, isInOtherRegion } from "../aws/errors.ts";
import { getObject, parseS3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import { namesByFileName, topLevelNames } from "../scripts/library.ts";
import { type CodeLocation, libraryValue, listEntries } from "./code-location.ts";
import type { DesiredJob } from "./desired.ts";
import { ownLibrary, type Place } from "./place.ts";

/** An entry of somebody else's that provides what a library of the manifest provides. */
export interface ShadowedLibrary {
  readonly entry: string;
  readonly name: string;
  /** The library's path in the workspace. */
  readonly library: string;
}

/** Modules that archives of somebody else's provide, by S3 URI, and whether that is told by the file's name alone. */
export type ForeignLibraries = Map<string, { readonly names: readonly string[]; readonly byName: boolean }>;

const parallelReads = 8;

/**
 * By name of the Glue job, the entry of its `--extra-py-files` that stands in the way of a library: Python imports a
 * module from whichever entry comes first. Archives that are missing or may not be read are judged by their names.
 * @param jobs those that are there, with what they should have
 * @param seen archives that were looked at before; more are added
 * @throws ToolkitError for AWS errors other than an archive that can't be had
 */
export async function shadowedLibraries(
  place: Place,
  jobs: readonly { readonly desired: DesiredJob; readonly next: CodeLocation }[],
  seen: ForeignLibraries,
): Promise<ReadonlyMap<string, ShadowedLibrary>> {
  const judged = jobs.flatMap(({ desired, next }) => {
    const entries = listEntries(libraryValue(next, "--extra-py-files"));
    const foreign = entries.filter((entry) => ownLibrary(place, entry) === undefined);
    const provides = desired.provides ?? new Map<string, readonly string[]>();
    return provides.size === 0 || foreign.length === 0 ? [] : [{ job: desired.job, provides, foreign }];
  });
  const uris = new Set(judged.flatMap(({ foreign }) => foreign).filter((uri) => !seen.has(uri)));
  await mapLimited([...uris], parallelReads, async (uri) => {
    const names = await namesIn(place, uri);
    seen.set(uri, { names: names ?? namesByFileName(uri), byName: names === undefined });
  });
  return new Map(
    judged.flatMap(({ job, provides, foreign }) => {
      const found = firstShadow(provides, foreign, seen);
      return found === undefined ? [] : [[job, found] as const];
    }),
  );
}

function firstShadow(
  provides: ReadonlyMap<string, readonly string[]>,
  foreign: readonly string[],
  seen: ForeignLibraries,
): ShadowedLibrary | undefined {
  for (const entry of foreign) {
    const theirs = new Set(seen.get(entry)?.names);
    for (const [library, names] of provides) {
      const name = names.find((each) => theirs.has(each));
      if (name !== undefined) return { entry, name, library };
    }
  }
  return undefined;
}

async function namesIn(place: Place, uri: string): Promise<readonly string[] | undefined> {
  const address = parseS3Uri(uri);
  if (address === undefined) return undefined;
  if (/\.py$/.test(address.key)) return namesByFileName(uri);
  const bucket = address.bucket === place.bucket.name ? place.bucket : { name: address.bucket };
  try {
    const stored = await getObject(place.clients.s3, bucket, address.key, place);
    return stored === undefined ? undefined : topLevelNames(stored.bytes);
  } catch (thrown) {
    if (isAccessDenied(thrown) || isAwsError(thrown, "NoSuchBucket") || isInOtherRegion(thrown))
      return undefined;
    throw thrown;
  }
}
