import { randomBytes } from "node:crypto";
import type { StartJobRunRequest } from "@aws-sdk/client-glue";
import { GlueFault, invalidInput, notFound, unsupported } from "../fault.ts";
import { findGlueVersion } from "../glue-versions.ts";
import { findJob } from "../jobs/job-operations.ts";
import type { JobDefinition, JobRecord } from "../jobs/job-record.ts";
import { checkCapacity } from "../jobs/job-rules.ts";
import type { Members } from "../model/parse-input.ts";
import type { CallContext } from "../operation.ts";
import type { AccountState } from "../state/account.ts";
import { freshRun, type RunOverrides, type RunRecord } from "./run-record.ts";

const RUNNABLE = ["glueetl", "pythonshell"];
const WORKERS = ["WorkerType", "NumberOfWorkers"] as const;
const CAPACITIES = ["MaxCapacity", "AllocatedCapacity"] as const;

/**
 * StartJobRun: refused, queued (WAITING) or started. There is no idempotency token: two calls, two runs.
 * @throws GlueFault ConcurrentRunsExceededException when the job's slots are taken and queuing is off
 */
export function startJobRun(context: CallContext, input: StartJobRunRequest): Members {
  const { account, world, runs } = context;
  const job = jobToRun(account, input.JobName);
  const previous = previousRun(account, input);
  const definition = overriddenDefinition(job, input);
  checkCapacity(definition);
  const queuing = input.JobRunQueuingEnabled ?? job.definition.JobRunQueuingEnabled ?? false;
  const free = runs.hasFreeSlot(account, job);
  if (!(free || queuing)) {
    throw new GlueFault("ConcurrentRunsExceededException", `Concurrent runs exceeded for ${job.name}`);
  }
  const now = world.clock.stamp();
  const run: RunRecord = {
    ...freshRun(),
    id: `jr_${randomBytes(32).toString("hex")}`,
    jobName: job.name,
    caller: context.caller,
    attempt: 0,
    previousRunId: previous?.id,
    definition,
    arguments: input.Arguments ?? previous?.arguments ?? {},
    queuing,
    state: free ? "STARTING" : "WAITING",
    stateDetail: free
      ? undefined
      : "Job run is queued: the maximum number of concurrent runs of the job is reached.",
    startedAt: now,
    modifiedAt: now,
  };
  runs.add(account, run);
  return { JobRunId: run.id };
}

function jobToRun(account: AccountState, name: string | undefined): JobRecord {
  if (!account.jobs.has(name ?? "")) throw notFound("Failed to start job run due to missing metadata.");
  const job = findJob(account, name);
  const command = job.definition.Command?.Name ?? "";
  if (!RUNNABLE.includes(command)) throw unsupported(`runs of ${command} jobs`);
  const version = job.definition.GlueVersion;
  if (command !== "pythonshell" && version !== undefined && findGlueVersion(version)?.ended) {
    throw invalidInput(`Glue version ${version} has reached end of life: job runs can no longer be started.`);
  }
  return job;
}

function previousRun(account: AccountState, input: StartJobRunRequest): RunRecord | undefined {
  if (input.JobRunId === undefined) return undefined;
  const found = account.runs.get(input.JobName ?? "")?.find((run) => run.id === input.JobRunId);
  if (!found) throw notFound(`Job Run ${input.JobRunId} not found.`);
  return found;
}

/** Capacity given for the run replaces the job's of the other kind; given in both kinds it is refused. */
function overriddenDefinition(job: JobRecord, input: StartJobRunRequest): JobDefinition {
  const { JobName, JobRunId, JobRunQueuingEnabled, Arguments, ExecutionRoleSessionPolicy, ...rest } = input;
  const overrides: RunOverrides = rest;
  const base = { ...job.definition };
  if (WORKERS.some((member) => overrides[member] !== undefined))
    for (const member of CAPACITIES) delete base[member];
  return { ...base, ...overrides };
}
