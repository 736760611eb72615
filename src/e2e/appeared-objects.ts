import { parseS3Uri } from "../aws/objects.ts";
import { type ListedObject, listObjects } from "../aws/prefixes.ts";
import { literalPrefix } from "../base/glob.ts";
import type { ExpectStep } from "../manifest/manifest.ts";
import { ownBucket, type StepRun } from "./context.ts";

/** Objects that are looked at for what else appeared. */
const mostListed = 20_000;
const shown = 10;

/** Objects that appeared in the expected one's bucket since a time and that the run did not write itself, nearest keys first. */
export async function appearedSince(
  { bucket, pattern }: ExpectStep,
  since: number,
  run: StepRun,
): Promise<readonly ListedObject[]> {
  const wanted = literalPrefix(pattern);
  const found: ListedObject[] = [];
  let listed = 0;
  for await (const object of listObjects(run.clients.s3, ownBucket(run, bucket), "", run.signal)) {
    if (!isOwn(run, bucket, object.key) && (object.lastModified?.getTime() ?? 0) >= since) found.push(object);
    listed += 1;
    if (listed >= mostListed) break;
  }
  return found
    .toSorted((a, b) => common(b.key, wanted) - common(a.key, wanted) || a.key.localeCompare(b.key))
    .slice(0, shown);
}

/** What the run uploads, its state and the results of its queries. */
function isOwn({ e2e, manifest }: StepRun, bucket: string, key: string): boolean {
  const { scripts } = manifest;
  const output = parseS3Uri(`${e2e.athena?.output ?? ""}/`);
  return (
    e2e.steps.some((step) => step.kind === "upload" && step.bucket === bucket && step.objectKey === key) ||
    (scripts.bucket === bucket && key.startsWith(`${scripts.prefix}_runs/`)) ||
    (output?.bucket === bucket && key.startsWith(output.key.replace(/\/+$/, "/")))
  );
}

/** How many characters two keys have in common at their beginning. */
function common(a: string, b: string): number {
  let index = 0;
  while (index < a.length && a[index] === b[index]) index += 1;
  return index;
}
