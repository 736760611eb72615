import { catalogResources } from "./catalog-resources.ts";
import type { Caller } from "./glue/api.ts";

/** Something that a policy must allow before a call is served. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
  /** Condition keys and their values. */
  readonly context?: Readonly<Record<string, string>>;
}

type Input = Readonly<Record<string, unknown>>;

/** The member that names the job or crawler a call is about. */
const subjects: Readonly<Record<string, { readonly type: "job" | "crawler"; readonly member: string }>> = {
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

/** Where a call holds the role that it hands to Glue. */
const passedRoles: Readonly<Record<string, (input: Input) => unknown>> = {
  CreateJob: (input) => input["Role"],
  UpdateJob: (input) => (input["JobUpdate"] as Input | undefined)?.["Role"],
  CreateCrawler: (input) => input["Role"],
  UpdateCrawler: (input) => input["Role"],
};

/**
 * What a policy must allow for a Glue call: the call's action on each resource it touches, and iam:PassRole on the
 * role it hands over. Calls about many items or with no resource of their own, such as GetJobs, ResetJobBookmark or
 * GetCrawlerMetrics, need `*` (Glue developer guide, "Specifying AWS Glue resource ARNs"; Service Authorization
 * Reference, "Actions defined by AWS Glue").
 */
export function requiredPermissions(operation: string, input: Input, caller: Caller): readonly Permission[] {
  const action = `glue:${operation}`;
  const permissions: Permission[] = resourcesOf(operation, input, caller).map((resource) => ({
    action,
    resource,
  }));
  const role = passedRoles[operation]?.(input);
  if (typeof role === "string") {
    permissions.push({
      action: "iam:PassRole",
      resource: roleArn(role, caller),
      context: { "iam:PassedToService": "glue.amazonaws.com" },
    });
  }
  return permissions;
}

function resourcesOf(operation: string, input: Input, caller: Caller): readonly string[] {
  if (typeof input["ResourceArn"] === "string") return [input["ResourceArn"]];
  const arn = (resource: string): string => `arn:aws:glue:${caller.region}:${caller.accountId}:${resource}`;
  const subject = subjects[operation];
  if (subject === undefined) return catalogResources(operation, input)?.map(arn) ?? ["*"];
  return [input[subject.member]]
    .flat()
    .filter((name) => typeof name === "string")
    .map((name) => arn(`${subject.type}/${name}`));
}

function roleArn(role: string, caller: Caller): string {
  return role.startsWith("arn:") ? role : `arn:aws:iam::${caller.accountId}:role/${role.replace(/^\//, "")}`;
}

function members(
  type: "job" | "crawler",
  member: string,
  operations: readonly string[],
): Record<string, { type: typeof type; member: string }> {
  return Object.fromEntries(operations.map((operation) => [operation, { type, member }]));
}
