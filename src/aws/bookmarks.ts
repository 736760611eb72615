import { type GlueClient, ResetJobBookmarkCommand } from "@aws-sdk/client-glue";
import { ToolkitError } from "../base/errors.ts";
import { isNotFound } from "./errors.ts";
import { readJob } from "./jobs.ts";
import { type Patience, readAgain } from "./read-again.ts";

/**
 * Resets a job's bookmark to the start. ResetJobBookmark answers EntityNotFoundException both for a missing job and for
 * one that never committed a bookmark; GetJob tells them apart.
 * @returns `reset`, or `none` when the job has no bookmark yet
 * @throws ToolkitError `job-missing`, and other AWS errors
 */
export async function resetBookmark(
  glue: GlueClient,
  job: string,
  patience: Patience,
): Promise<"reset" | "none"> {
  const call = { service: "glue", operation: "ResetJobBookmark", resource: `job ${job}` } as const;
  try {
    await readAgain(call, patience, () =>
      glue.send(new ResetJobBookmarkCommand({ JobName: job }), { abortSignal: patience.signal }),
    );
    return "reset";
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
  }
  if ((await readJob(glue, job, patience.signal)) !== undefined) return "none";
  throw new ToolkitError({
    code: "job-missing",
    message: `there is no Glue job ${job} whose bookmark could be reset`,
    remedy: "Check the job's name in the manifest; the toolkit never creates jobs.",
    source: "user",
  });
}
