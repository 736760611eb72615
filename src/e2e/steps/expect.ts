import { s3Uri } from "../../aws/objects.ts";
import { type ListedObject, listObjects } from "../../aws/prefixes.ts";
import { formatDuration } from "../../base/duration.ts";
import { globMatcher, literalPrefix } from "../../base/glob.ts";
import { waitFor } from "../../base/wait.ts";
import type { ExpectStep } from "../../manifest/manifest.ts";
import { knownProblem } from "../causes.ts";
import { endedBy, explaining, type Outcome, ownBucket, paceOf, type StepRun } from "../context.ts";
import { explainExpect } from "../explain-expect.ts";
import { type ExpectDetails, momentOf, type ProducedObject } from "../result.ts";

/** Waits for an object under the glob that is at least as new as the latest upload before this step. */
export async function expectStep(step: ExpectStep, run: StepRun): Promise<Outcome<ExpectDetails>> {
  const uri = s3Uri(step.bucket, step.pattern);
  let details: ExpectDetails = { uri, since: momentOf(run.memory.startedAt) };
  try {
    const since = await sinceOf(run);
    details = { uri, since: momentOf(since) };
    const found = await waitFor<ListedObject | undefined>({
      what: `an object matching ${uri}`,
      read: () => findNewest(step, run, since),
      state: (object) => (object === undefined ? "MISSING" : "FOUND"),
      pending: new Set(["MISSING"]),
      target: new Set(["FOUND"]),
      timeout: run.deadline - run.clock.now(),
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
    if (ended.state !== "timed-out") return ended;
    const wait = { uri, since: details.since, limit: formatDuration(run.limit) };
    const { problems, appeared } = await explaining(run, (unhurried) =>
      explainExpect(step, wait, Date.parse(wait.since), unhurried),
    ).catch(() => ({ problems: [knownProblem("object-not-found", wait)], appeared: [] }));
    return {
      ...ended,
      details: {
        ...details,
        ...(appeared.length > 0 ? { appeared: appeared.map((object) => produced(step.bucket, object)) } : {}),
      },
      problems,
    };
  }
}

/** When the latest upload was made that this step depends on, else when the run began, by S3's clock in whole seconds. */
async function sinceOf(run: StepRun): Promise<number> {
  const uploads = run.before.flatMap((result) =>
    result.kind === "upload" && result.details?.object.lastModified !== undefined
      ? [Date.parse(result.details.object.lastModified)]
      : [],
  );
  const since = uploads.length > 0 ? Math.max(...uploads) : run.memory.startedAt + (await run.storageAhead());
  return Math.floor(since / 1_000) * 1_000;
}

async function findNewest(step: ExpectStep, run: StepRun, since: number): Promise<ListedObject | undefined> {
  const bucket = ownBucket(run, step.bucket);
  const matches = globMatcher(step.pattern);
  let newest: ListedObject | undefined;
  for await (const object of listObjects(run.clients.s3, bucket, literalPrefix(step.pattern), run.signal)) {
    const time = object.lastModified?.getTime() ?? 0;
    if (time < since || !matches(object.key)) continue;
    if (newest === undefined || time > (newest.lastModified?.getTime() ?? 0)) newest = object;
  }
  return newest;
}

function produced(bucket: string, object: ListedObject): ProducedObject {
  const time = object.lastModified === undefined ? {} : { lastModified: momentOf(object.lastModified) };
  return { uri: s3Uri(bucket, object.key), bytes: object.bytes, ...time };
}
