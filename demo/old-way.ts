import {
  ConcurrentRunsExceededException,
  GetJobRunCommand,
  type GlueClient,
  type JobRun,
  StartJobRunCommand,
} from "@aws-sdk/client-glue";
import { PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { systemClock } from "../src/base/clock.ts";
import { retry } from "../src/base/retry.ts";

const finalStates: ReadonlySet<string | undefined> = new Set([
  "SUCCEEDED",
  "FAILED",
  "STOPPED",
  "TIMEOUT",
  "ERROR",
  "EXPIRED",
]);

/** `aws s3 cp script s3://bucket/key`: the overwrite in place that the incident's team did. */
export async function overwrite(
  s3: S3Client,
  bucket: string,
  key: string,
  script: Uint8Array,
): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: script }));
}

/** `aws glue start-job-run`, then polling by hand until the run is over. */
export async function runJob(glue: GlueClient, job: string, signal: AbortSignal): Promise<JobRun> {
  // the slot of the run before is freed a little after its final state
  const { JobRunId } = await retry(() => glue.send(new StartJobRunCommand({ JobName: job })), {
    retryable: (thrown) => thrown instanceof ConcurrentRunsExceededException,
    clock: systemClock,
    signal,
  });
  for (;;) {
    const { JobRun } = await glue.send(new GetJobRunCommand({ JobName: job, RunId: JobRunId }));
    if (JobRun && finalStates.has(JobRun.JobRunState)) return JobRun;
    await systemClock.sleep(500, signal);
  }
}
