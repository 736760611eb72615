import type { AwsClients } from "../../aws/clients.ts";
import { readJobs } from "../../aws/jobs.ts";
import { text } from "../../aws/raw-job.ts";

/**
 * ARNs of the roles that live jobs run under; Glue also takes a role's name, with or without its path.
 * @throws ToolkitError
 */
export async function rolesOfJobs(
  glue: AwsClients["glue"],
  names: readonly string[],
  account: string,
  partition = "aws",
): Promise<readonly string[]> {
  const live = await readJobs(glue, names);
  const roles = [...live.values()].flatMap((job) => (job === undefined ? [] : [text(job, "Role") ?? ""]));
  const arns = roles
    .filter((role) => role !== "")
    .map((role) =>
      role.startsWith("arn:") ? role : `arn:${partition}:iam::${account}:role/${role.replace(/^\//, "")}`,
    );
  return [...new Set(arns)].sort();
}
