import { GetJobsCommand, type GlueClient, type Job } from "@aws-sdk/client-glue";
import { awsCall } from "./errors.ts";
import { sendOptions } from "./send-options.ts";

const pageSize = 200;

/** What one job of the account names in S3. */
export interface JobUris {
  readonly name: string;
  readonly uris: ReadonlySet<string>;
}

/**
 * The S3 URIs in the command and the arguments of every job of the account and region; no other setting is kept.
 * @throws ToolkitError; GetJobs has no resource of its own, so a policy must allow it on `*`
 */
export async function* jobUris(glue: GlueClient, signal?: AbortSignal): AsyncGenerator<JobUris> {
  let token: string | undefined;
  do {
    const command = new GetJobsCommand({ MaxResults: pageSize, NextToken: token });
    const page = await awsCall({ service: "glue", operation: "GetJobs", resource: "*" }, () =>
      glue.send(command, sendOptions(signal)),
    );
    for (const job of page.Jobs ?? []) yield { name: job.Name ?? "", uris: urisIn(job) };
    token = page.NextToken;
  } while (token !== undefined && token !== "");
}

function urisIn(job: Job): ReadonlySet<string> {
  const values = [
    job.Command?.ScriptLocation ?? "",
    ...Object.values(job.DefaultArguments ?? {}),
    ...Object.values(job.NonOverridableArguments ?? {}),
  ];
  return new Set(values.flatMap(listUris));
}

/** The S3 URIs in the value of an argument, a list or one among other words. */
export function listUris(value: string): readonly string[] {
  return [...value.matchAll(/s3[an]?:\/\/[^\s,;'"]+/g)].map(([uri]) => uri);
}
