import { GetJobsCommand, type GlueClient, type Job } from "@aws-sdk/client-glue";
import { awsCall } from "./errors.ts";
import { sendOptions } from "./send-options.ts";

const pageSize = 200;

/** What a manifest says of a live job. */
export interface JobDefinition {
  readonly name: string;
  /** `glueetl`, `gluestreaming`, `pythonshell` or `glueray`. */
  readonly command: string;
  readonly scriptLocation: string;
  readonly glueVersion: string | undefined;
  readonly pythonVersion: string | undefined;
  /** `SCRIPT`, `VISUAL` or `NOTEBOOK`. */
  readonly mode: string;
  readonly bookmarks: boolean;
  readonly hasExtraPyFiles: boolean;
}

/**
 * Every job of the account and region.
 * @throws ToolkitError; GetJobs has no resource of its own, so a policy must allow it on `*`
 */
export async function listJobDefinitions(
  glue: GlueClient,
  signal?: AbortSignal,
): Promise<readonly JobDefinition[]> {
  const found: JobDefinition[] = [];
  let token: string | undefined;
  do {
    const command = new GetJobsCommand({ MaxResults: pageSize, NextToken: token });
    const page = await awsCall({ service: "glue", operation: "GetJobs", resource: "*" }, () =>
      glue.send(command, sendOptions(signal)),
    );
    found.push(...(page.Jobs ?? []).map(definitionOf));
    token = page.NextToken;
  } while (token !== undefined && token !== "");
  return found;
}

function definitionOf(job: Job): JobDefinition {
  const given = { ...job.DefaultArguments, ...job.NonOverridableArguments };
  return {
    name: job.Name ?? "",
    command: job.Command?.Name ?? "",
    scriptLocation: job.Command?.ScriptLocation ?? "",
    glueVersion: job.GlueVersion,
    pythonVersion: job.Command?.PythonVersion,
    mode: job.JobMode ?? "SCRIPT",
    bookmarks: given["--job-bookmark-option"] === "job-bookmark-enable",
    hasExtraPyFiles: given["--extra-py-files"] !== undefined,
  };
}
