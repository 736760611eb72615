import { isNotFound } from "../aws/errors.ts";
import type { JobFacts } from "../aws/job-facts.ts";
import { objectSha256, parseS3Uri } from "../aws/objects.ts";
import { mapLimited } from "../base/limit.ts";
import { parseContentKey, shortHash } from "../scripts/artifact.ts";
import { knownProblem } from "./causes.ts";
import { ownBucket } from "./context.ts";
import type { Problem } from "./result.ts";
import type { RunBase } from "./run-base.ts";

/** A script or library, and what its bytes are. */
export interface CodeDigest {
  readonly location: string;
  /** SHA-256 in hex of the object's bytes; undefined where they can't be read. */
  readonly sha256: string | undefined;
}

type Reader = Pick<RunBase, "clients" | "clock" | "signal" | "manifest">;

const parallel = 4;

/** The digest of an object's bytes as they are now; undefined where there is none, or where it can't be read. */
export async function digestOf(context: Reader, location: string): Promise<string | undefined> {
  const address = parseS3Uri(location);
  if (address === undefined) return undefined;
  // A library may be anybody's; only the scripts' bucket has to be the account's own.
  const { bucket } = context.manifest.scripts;
  const place = address.bucket === bucket ? ownBucket(context, bucket) : { name: address.bucket };
  try {
    return await objectSha256(context.clients.s3, place, address.key, context);
  } catch (thrown) {
    if (context.signal.aborted && !isNotFound(thrown)) throw thrown;
    return undefined;
  }
}

/** The digests of all that a run with these facts executes: the script first, then its libraries. */
export function codeDigests(context: Reader, facts: JobFacts): Promise<readonly CodeDigest[]> {
  const libraries = (facts.arguments["--extra-py-files"] ?? "").split(",").map((uri) => uri.trim());
  const locations = [facts.scriptLocation ?? "", ...libraries].filter((uri) => parseS3Uri(uri) !== undefined);
  return mapLimited(locations, parallel, async (location) => ({
    location,
    sha256: await digestOf(context, location),
  }));
}

/** An error for each object whose bytes are not those that its name tells the digest of. */
export function alteredCode(digests: readonly CodeDigest[]): readonly Problem[] {
  return digests.flatMap(({ location, sha256 }) => {
    const hash = parseContentKey(location)?.hash;
    if (hash === undefined || sha256 === undefined || shortHash(sha256) === hash) return [];
    return [knownProblem("code-altered", { location, sha256, expected: `${hash}…` })];
  });
}

/** An error for each object whose bytes became others while the run was under way. */
export function changedCode(before: readonly CodeDigest[], after: readonly CodeDigest[]): readonly Problem[] {
  const now = new Map(after.map(({ location, sha256 }) => [location, sha256]));
  return before.flatMap(({ location, sha256 }) => {
    const later = now.get(location);
    if (sha256 === undefined || later === sha256) return [];
    return [knownProblem("code-changed", { location, before: sha256, after: later ?? "–" })];
  });
}
