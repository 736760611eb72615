import { isDeepStrictEqual } from "node:util";
import type {
  BatchGetJobsRequest,
  CreateJobRequest,
  DeleteJobRequest,
  GetJobRequest,
  GetJobsRequest,
  ListJobsRequest,
  UpdateJobRequest,
} from "@aws-sdk/client-glue";
import { GlueFault, notFound } from "../fault.ts";
import type { Members } from "../model/parse-input.ts";
import type { CallContext, OperationTable } from "../operation.ts";
import type { AccountState } from "../state/account.ts";
import { paginate } from "../state/paging.ts";
import { matchesTags, resourceArn } from "../tags.ts";
import { completeJob } from "./complete-job.ts";
import { futureMembersOf } from "./future-members.ts";
import { regenerateScript } from "./generated-script.ts";
import type { JobDefinition, JobRecord } from "./job-record.ts";
import { checkJob } from "./job-rules.ts";
import { viewJob } from "./view-job.ts";

const DEFAULT_PAGE = 100;

/** The Jobs API (developer guide, aws-glue-api-jobs-job). */
export const jobOperations: OperationTable = {
  CreateJob: createJob,
  GetJob: getJob,
  GetJobs: getJobs,
  BatchGetJobs: batchGetJobs,
  ListJobs: listJobs,
  UpdateJob: updateJob,
  DeleteJob: deleteJob,
};

/** @throws GlueFault EntityNotFoundException */
export function findJob(account: AccountState, name: string | undefined): JobRecord {
  const job = account.jobs.get(name ?? "");
  if (!job) throw notFound("Job not found.");
  return job;
}

async function createJob(context: CallContext, input: CreateJobRequest): Promise<Members> {
  const { Name: name = "", Tags: tags, ...given } = input;
  checkJob(given);
  const definition: JobDefinition = { ...completeJob(given) };
  const existing = context.account.jobs.get(name);
  if (existing) throw alreadyThere(existing, definition);
  const now = context.world.clock.stamp();
  context.account.jobs.set(name, { name, definition, createdAt: now, modifiedAt: now, future: {} });
  if (tags) context.account.tags.set(resourceArn(context.account, "job", name), { ...tags });
  await regenerateScript(context, definition);
  return { Name: name };
}

/** The same name again: another fault for another definition (botocore operation CreateJob). */
function alreadyThere(existing: JobRecord, wanted: JobDefinition): GlueFault {
  return isDeepStrictEqual(existing.definition, wanted)
    ? new GlueFault("AlreadyExistsException", "Job already exists.")
    : new GlueFault(
        "IdempotentParameterMismatchException",
        "Job already submitted with different configuration.",
      );
}

function getJob(context: CallContext, input: GetJobRequest): Members {
  return { Job: viewJob(findJob(context.account, input.JobName)) };
}

function getJobs({ account }: CallContext, input: GetJobsRequest): Members {
  const page = paginate(inOrder(account), input.NextToken, input.MaxResults ?? DEFAULT_PAGE);
  return { Jobs: page.items.map(viewJob), NextToken: page.nextToken };
}

function batchGetJobs({ account }: CallContext, input: BatchGetJobsRequest): Members {
  const names = input.JobNames ?? [];
  const found = names.map((name) => account.jobs.get(name)).filter((job) => job !== undefined);
  return { Jobs: found.map(viewJob), JobsNotFound: names.filter((name) => !account.jobs.has(name)) };
}

function listJobs({ account }: CallContext, input: ListJobsRequest): Members {
  const tagged = inOrder(account).filter((job) => matchesTags(account, "job", job.name, input.Tags));
  const page = paginate(tagged, input.NextToken, input.MaxResults ?? DEFAULT_PAGE);
  return { JobNames: page.items.map((job) => job.name), NextToken: page.nextToken };
}

/**
 * Overwrites the definition completely: what is not sent is removed or reset. GlueVersion alone is kept, and
 * a visual job's graph unless an empty or another one is sent (botocore UpdateJobRequest; developer guide).
 */
async function updateJob(context: CallContext, input: UpdateJobRequest): Promise<Members> {
  const job = findJob(context.account, input.JobName);
  const update = input.JobUpdate ?? {};
  const { CodeGenConfigurationNodes: graph, ...rest } = update;
  const keptGraph = graph === undefined ? job.definition.CodeGenConfigurationNodes : graph;
  const next = completeJob({
    ...rest,
    ...(job.definition.GlueVersion === undefined || update.GlueVersion !== undefined
      ? {}
      : { GlueVersion: job.definition.GlueVersion }),
    ...(keptGraph && Object.keys(keptGraph).length > 0 ? { CodeGenConfigurationNodes: keptGraph } : {}),
  });
  checkJob({ ...update, GlueVersion: next.GlueVersion });
  const rawUpdate = (context.raw["JobUpdate"] ?? {}) as Members;
  job.definition = { ...next, ...futureMembersOf(rawUpdate, { ...next }, job.future) };
  job.modifiedAt = context.world.clock.stamp();
  if (graph) await regenerateScript(context, next);
  return { JobName: job.name };
}

function deleteJob({ account }: CallContext, input: DeleteJobRequest): Members {
  const name = input.JobName ?? "";
  account.jobs.delete(name);
  account.runs.delete(name);
  account.bookmarks.delete(name);
  account.tags.delete(resourceArn(account, "job", name));
  return { JobName: name };
}

function inOrder(account: AccountState): JobRecord[] {
  return [...account.jobs.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
