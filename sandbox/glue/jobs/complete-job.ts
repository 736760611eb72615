import type { JobUpdate } from "@aws-sdk/client-glue";
import { DEFAULT_GLUE_VERSION, findGlueVersion } from "../glue-versions.ts";

/**
 * Fills in what AWS fills in where a definition leaves members out: JobMode SCRIPT, MaxRetries 0, one
 * concurrent run, a Timeout by Glue version, Spark's Glue version and Python (botocore shapes Job, JobCommand).
 */
export function completeJob(job: JobUpdate): JobUpdate {
  const shell = job.Command?.Name === "pythonshell";
  const glueVersion = job.GlueVersion ?? (shell ? undefined : DEFAULT_GLUE_VERSION);
  return {
    ...job,
    JobMode: job.JobMode ?? "SCRIPT",
    JobRunQueuingEnabled: job.JobRunQueuingEnabled ?? false,
    ExecutionProperty: { MaxConcurrentRuns: 1, ...job.ExecutionProperty },
    Command: completeCommand(job, glueVersion),
    MaxRetries: job.MaxRetries ?? 0,
    Timeout: job.Timeout ?? findGlueVersion(glueVersion ?? "auto")?.defaultTimeout ?? 0,
    ...(glueVersion === undefined ? {} : { GlueVersion: glueVersion }),
  };
}

function completeCommand(job: JobUpdate, glueVersion: string | undefined): JobUpdate["Command"] {
  const command = { ...job.Command };
  const spark = command.Name === "glueetl" || command.Name === "gluestreaming";
  if (!spark || command.PythonVersion !== undefined) return command;
  return { ...command, PythonVersion: ["0.9", "1.0"].includes(glueVersion ?? "") ? "2" : "3" };
}
