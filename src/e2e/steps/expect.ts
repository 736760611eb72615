import { s3Uri } from "../../aws/objects.ts";
import { type ListedObject, listObjects } from "../../aws/prefixes.ts";
import { formatDuration } from "../../base/duration.ts";
import { ToolkitError } from "../../base/errors.ts";
import { waitFor } from "../../base/wait.ts";
import type { ExpectStep } from "../../manifest/manifest.ts";
import { knownProblem } from "../causes.ts";
import { endedBy, type Outcome, ownBucket, paceOf, type StepRun } from "../context.ts";
import { keyGlob, literalPrefix } from "../key-glob.ts";
import { type ExpectDetails, momentOf, type ProducedObject } from "../result.ts";

/** Waits for an object under the glob that is at least as new as the latest upload before this step. */
export async function expectStep(step: ExpectStep, run: StepRun): Promise<Outcome<ExpectDetails>> {
  const since = sinceOf(run);
  const uri = s3Uri(step.bucket, step.pattern);
  const details: ExpectDetails = { uri, since: momentOf(since) };
  try {
    const found = await waitFor<ListedObject | undefined>({
      what: `an object matching ${uri}`,
      read: () => findNewest(step, run, since),
      state: (object) => (object === undefined ? "MISSING" : "FOUND"),
      pending: new Set(["MISSING"]),
      target: new Set(["FOUND"]),
      timeout: run.limit,
      clock: run.clock,
      signal: run.signal,
      ...paceOf(run),
      onState: (state) => run.report(state),
    });
    return {
      details: found === undefined ? details : { ...details, found: produced(step.bucket, found) },
      state: "passed",
      problems: [],
    };
  } catch (thrown) {
    const ended = endedBy(thrown, details, run);
    if (!(thrown instanceof ToolkitError) || ended.state !== "timed-out") return ended;
    const facts = { uri, since: details.since, limit: formatDuration(run.limit) };
    return { ...ended, problems: [knownProblem("object-not-found", facts)] };
  }
}

/** S3's time of the latest upload that this step depends on, else the run's start; S3 keeps whole seconds. */
function sinceOf(run: StepRun): number {
  const uploads = run.before.flatMap((result) =>
    result.kind === "upload" && result.details?.object.lastModified !== undefined
      ? [Date.parse(result.details.object.lastModified)]
      : [],
  );
  const since = uploads.length > 0 ? Math.max(...uploads) : run.memory.startedAt;
  return Math.floor(since / 1_000) * 1_000;
}

async function findNewest(step: ExpectStep, run: StepRun, since: number): Promise<ListedObject | undefined> {
  const bucket = ownBucket(run, step.bucket);
  const glob = keyGlob(step.pattern);
  let newest: ListedObject | undefined;
  for await (const object of listObjects(run.clients.s3, bucket, literalPrefix(step.pattern), run.signal)) {
    const time = object.lastModified?.getTime() ?? 0;
    if (time < since || !glob.test(object.key)) continue;
    if (newest === undefined || time > (newest.lastModified?.getTime() ?? 0)) newest = object;
  }
  return newest;
}

function produced(bucket: string, object: ListedObject): ProducedObject {
  const time = object.lastModified === undefined ? {} : { lastModified: momentOf(object.lastModified) };
  return { uri: s3Uri(bucket, object.key), bytes: object.bytes, ...time };
}
