import { GetJobRunsCommand, type GlueClient, type JobRun } from "@aws-sdk/client-glue";
import { mapLimited } from "../base/limit.ts";
import { plural } from "../base/plural.ts";
import { asToolkitError, awsCall, isAccessDenied, isNotFound } from "./errors.ts";
import { batchGetRawJobs, getRawJob, updateRawJob } from "./raw-exchange.ts";
import { type JobChanges, jobUpdateFrom, type RawJob, text } from "./raw-job.ts";
import { sendOptions } from "./send-options.ts";

/** BatchGetJobs publishes no limit; the batch operations of the job API that do take 25. */
const batchSize = 25;
const parallelReads = 4;
const activeStates: ReadonlySet<string> = new Set(["STARTING", "RUNNING", "STOPPING", "WAITING"]);

/**
 * Live definitions by name; undefined for a job that isn't there. Reads 25 at a time, and one by one where the
 * caller's policy allows GetJob only (BatchGetJobs is an action of its own).
 * @throws ToolkitError for every other failure
 */
export async function readJobs(
  glue: GlueClient,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, RawJob | undefined>> {
  const batches: string[][] = [];
  for (let start = 0; start < names.length; start += batchSize)
    batches.push(names.slice(start, start + batchSize));
  const results = await mapLimited(batches, parallelReads, (batch) => readBatch(glue, batch, signal));
  return new Map(results.flat());
}

/**
 * One live definition; undefined when there is no such job.
 * @throws ToolkitError for every other failure
 */
export async function readJob(
  glue: GlueClient,
  name: string,
  signal?: AbortSignal,
): Promise<RawJob | undefined> {
  try {
    return await getRawJob(glue, name, signal);
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw asToolkitError(thrown, { service: "glue", operation: "GetJob", resource: `job ${name}` });
  }
}

/**
 * Writes a job back with the changes and every other member as it is in `job`. Not cancellable: the outcome of a
 * write that was sent must be known.
 * @param beforeSend asked right before each attempt; what it throws keeps that attempt from being sent
 * @throws ToolkitError
 */
export async function updateJob(
  glue: GlueClient,
  name: string,
  job: RawJob,
  changes: JobChanges,
  beforeSend?: () => void,
): Promise<void> {
  await awsCall({ service: "glue", operation: "UpdateJob", resource: `job ${name}` }, () =>
    updateRawJob(glue, name, jobUpdateFrom(job, changes), beforeSend),
  );
}

/**
 * Runs of a job that haven't ended, among its newest 200 (GetJobRuns' page, newest first).
 * @throws ToolkitError
 */
export async function activeRuns(
  glue: GlueClient,
  name: string,
  signal?: AbortSignal,
): Promise<readonly JobRun[]> {
  const call = { service: "glue", operation: "GetJobRuns", resource: `job ${name}` } as const;
  const command = new GetJobRunsCommand({ JobName: name, MaxResults: 200 });
  const page = await awsCall(call, () => glue.send(command, sendOptions(signal)));
  return (page.JobRuns ?? []).filter(({ JobRunState }) => activeStates.has(JobRunState ?? ""));
}

type Reading = readonly [name: string, job: RawJob | undefined];

async function readBatch(
  glue: GlueClient,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly Reading[]> {
  const found = await tryBatch(glue, names, signal);
  const answered = new Map<string, RawJob | undefined>(found?.notFound.map((name) => [name, undefined]));
  for (const job of found?.jobs ?? []) answered.set(text(job, "Name") ?? "", job);
  return mapLimited(names, parallelReads, async (name): Promise<Reading> => {
    return [name, answered.has(name) ? answered.get(name) : await readJob(glue, name, signal)];
  });
}

async function tryBatch(
  glue: GlueClient,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Awaited<ReturnType<typeof batchGetRawJobs>> | undefined> {
  try {
    return await batchGetRawJobs(glue, names, signal);
  } catch (thrown) {
    if (isAccessDenied(thrown)) return undefined;
    throw asToolkitError(thrown, {
      service: "glue",
      operation: "BatchGetJobs",
      resource: plural(names.length, "job"),
    });
  }
}
