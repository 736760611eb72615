import type { Caller } from "./glue/api.ts";

type Input = Readonly<Record<string, unknown>>;

/** Names of the resources a call touches, by the member of its input that holds them. */
const resourceOf: Readonly<Record<string, { readonly type: "job" | "crawler"; readonly member: string }>> = {
  ...members("job", "JobName", [
    "GetJob",
    "UpdateJob",
    "DeleteJob",
    "StartJobRun",
    "GetJobRun",
    "GetJobRuns",
    "BatchStopJobRun",
  ]),
  ...members("job", "Name", ["CreateJob"]),
  ...members("job", "JobNames", ["BatchGetJobs"]),
  ...members("crawler", "Name", [
    "GetCrawler",
    "CreateCrawler",
    "UpdateCrawler",
    "DeleteCrawler",
    "StartCrawler",
    "StopCrawler",
  ]),
  ...members("crawler", "CrawlerName", [
    "ListCrawls",
    "UpdateCrawlerSchedule",
    "StartCrawlerSchedule",
    "StopCrawlerSchedule",
  ]),
  ...members("crawler", "CrawlerNames", ["BatchGetCrawlers"]),
};

/**
 * The ARNs a policy must allow a Glue call on; `*` for calls with no resource-level permission, such as GetJobs,
 * ResetJobBookmark or GetCrawlerMetrics (Service Authorization Reference, "Actions defined by AWS Glue").
 */
export function resourceArns(operation: string, input: Input, caller: Caller): readonly string[] {
  if (typeof input["ResourceArn"] === "string") return [input["ResourceArn"]];
  const known = resourceOf[operation];
  if (known === undefined) return ["*"];
  const value = input[known.member];
  const names = (Array.isArray(value) ? value : [value]).filter((name) => typeof name === "string");
  return names.map((name) => `arn:aws:glue:${caller.region}:${caller.accountId}:${known.type}/${name}`);
}

/** The role that a call hands to Glue, as an ARN: the caller needs iam:PassRole on it. */
export function passedRole(operation: string, input: Input, caller: Caller): string | undefined {
  const holder =
    operation === "UpdateJob"
      ? input["JobUpdate"]
      : /^(?:CreateJob|CreateCrawler|UpdateCrawler)$/.test(operation)
        ? input
        : undefined;
  if (holder === null || typeof holder !== "object" || !("Role" in holder) || typeof holder.Role !== "string")
    return undefined;
  return holder.Role.startsWith("arn:")
    ? holder.Role
    : `arn:aws:iam::${caller.accountId}:role/${holder.Role.replace(/^\//, "")}`;
}

function members(
  type: "job" | "crawler",
  member: string,
  operations: readonly string[],
): Record<string, { type: typeof type; member: string }> {
  return Object.fromEntries(operations.map((operation) => [operation, { type, member }]));
}
