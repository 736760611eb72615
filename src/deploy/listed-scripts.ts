import { isAccessDenied } from "../aws/errors.ts";
import { isMd5 } from "../aws/objects.ts";
import { listObjects } from "../aws/prefixes.ts";
import type { Artifact } from "../scripts/artifact.ts";
import type { Place } from "./place.ts";

/** Fewer objects than this are asked for one by one. */
const worthListing = 20;
/** Listed objects that cost about as much as asking for one: a page holds 1,000. */
const listedPerAsked = 20;

/** Keys that a listing tells something about; of all others it tells nothing. */
export interface ListedScripts {
  /** Stored as they are here: their ETag is the MD5 of the bytes. */
  readonly intact: ReadonlySet<string>;
  readonly missing: ReadonlySet<string>;
}

/**
 * What S3's listing tells of artifacts; one page tells of a thousand objects. It says nothing of an object whose ETag is
 * no MD5 (SSE-KMS) nor of one further on than it pays to look. The ledger's keys are not listed.
 * @throws ToolkitError for AWS errors other than a listing that is not allowed
 */
export async function listScripts(place: Place, artifacts: readonly Artifact[]): Promise<ListedScripts> {
  const intact = new Set<string>();
  const missing = new Set<string>();
  if (artifacts.length < worthListing) return { intact, missing };
  const wanted = artifacts.toSorted((left, right) => compareKeys(left.key, right.key));
  const ledger = `${place.prefix}_releases/`;
  const budget = { left: Math.max(1_000, artifacts.length * listedPerAsked) };
  try {
    for (const before of [true, false]) {
      const side = wanted.filter(({ key }) => compareKeys(key, ledger) < 0 === before);
      await listRange(place, side, budget, intact, missing);
    }
  } catch (thrown) {
    if (!isAccessDenied(thrown)) throw thrown;
  }
  return { intact, missing };
}

/** @param wanted in the order of their keys, with no key of the ledger between them */
async function listRange(
  { clients, bucket, prefix, signal }: Place,
  wanted: readonly Artifact[],
  budget: { left: number },
  intact: Set<string>,
  missing: Set<string>,
): Promise<void> {
  const open = [...wanted];
  const after = open[0]?.key.slice(0, -1);
  if (after === undefined || budget.left <= 0) return;
  for await (const { key, etag } of listObjects(clients.s3, bucket, prefix, signal, after)) {
    while (open[0] !== undefined && compareKeys(open[0].key, key) < 0) missing.add(open.shift()?.key ?? "");
    if (open[0]?.key === key && isMd5(etag, open[0].bytes)) intact.add(key);
    if (open[0]?.key === key) open.shift();
    budget.left -= 1;
    if (budget.left === 0 || open.length === 0) return;
  }
  for (const { key } of open) missing.add(key);
}

/** S3 lists keys in the order of their UTF-8 bytes. */
function compareKeys(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
