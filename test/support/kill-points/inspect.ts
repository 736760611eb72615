import { ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import { differingPaths } from "../../../src/aws/exact-json.ts";
import { getObject, parseS3Uri, sha256 } from "../../../src/aws/objects.ts";
import { text } from "../../../src/aws/raw-job.ts";
import { listReleaseIds, readRelease } from "../../../src/deploy/ledger.ts";
import type { Lane } from "./lane.ts";

/** Members that a deploy may change. */
const mayDiffer: ReadonlySet<string> = new Set(["LastModifiedOn", "Command.ScriptLocation"]);

/**
 * What is wrong with the jobs now: settings lost, a script that is none of the allowed ones, that is not in S3 or is
 * not what its name says.
 * @param allowed by job, the locations that are right
 */
export async function wrongJobs(
  lane: Lane,
  allowed: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<readonly string[]> {
  const live = await lane.live();
  const wrong = await Promise.all(
    lane.names.map(async (name) => {
      const [was, is] = [lane.originals.get(name), live.get(name)];
      const lost = differingPaths(was, is).filter((path) => !mayDiffer.has(path));
      const location = is === undefined ? "" : (text(is, "Command", "ScriptLocation") ?? "");
      return [
        ...lost.map((path) => `${name} lost ${path}`),
        ...(allowed.get(name)?.has(location) === true ? [] : [`${name} points to ${location}`]),
        ...(await wrongScript(lane, name, location)),
      ];
    }),
  );
  return wrong.flat();
}

async function wrongScript(lane: Lane, name: string, location: string): Promise<readonly string[]> {
  const stored = await getObject(
    lane.clients.s3,
    lane.place.bucket,
    parseS3Uri(location)?.key ?? "none",
    lane.place,
  );
  if (stored === undefined) return [`${name} points to ${location}, which is missing`];
  const hash = /-([0-9a-f]{12})\.py$/.exec(location)?.[1] ?? sha256(stored.bytes);
  return sha256(stored.bytes).startsWith(hash)
    ? []
    : [`${name} points to ${location}, which holds other bytes`];
}

/**
 * Content keys that were written more than once, or deleted: the bucket keeps versions.
 * @param pruned whether deletions are right
 */
export async function overwrittenKeys(lane: Lane, pruned = false): Promise<readonly string[]> {
  const versions = new Map<string, number>();
  let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await lane.clients.s3.send(
      new ListObjectVersionsCommand({ Bucket: lane.bucket, Prefix: "jobs/", ...marker }),
    );
    for (const { Key = "" } of [...(page.Versions ?? []), ...((pruned ? [] : page.DeleteMarkers) ?? [])])
      versions.set(Key, (versions.get(Key) ?? 0) + 1);
    if (page.IsTruncated !== true) break;
    marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  return [...versions]
    .filter(([key, count]) => count > 1 && !key.includes("/_releases/"))
    .map(([key]) => key);
}

/** Releases newer than one that are still pending. */
export async function pendingSince(lane: Lane, newestBefore: string): Promise<readonly string[]> {
  const ids = (await listReleaseIds(lane.place)).filter((id) => id > newestBefore);
  const stored = await Promise.all(ids.map((id) => readRelease(lane.place, id)));
  return stored.flatMap((release) => (release?.record.status === "pending" ? [release.record.id] : []));
}

/** The newest release's id; empty before the first. */
export async function newestId(lane: Lane): Promise<string> {
  return (await listReleaseIds(lane.place))[0] ?? "";
}
