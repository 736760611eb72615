import type { JobUpdate } from "@aws-sdk/client-glue";
import { invalidInput } from "../fault.ts";
import { findGlueVersion, isAtLeast } from "../glue-versions.ts";

/** One documented rule over several members: what is wrong, or undefined. */
type Rule = (job: JobUpdate) => string | undefined | false;

const COMMANDS = ["glueetl", "pythonshell", "gluestreaming", "glueray"];
const MAX_TIMEOUT_MINUTES = 10_080;
const MAX_ARGUMENT_BYTES = 260 * 1024;
const ROLE = /^(arn:aws[^:]*:iam::\d{12}:role\/.+|[\w+=,.@/-]{1,576})$/;

const isStreaming = (job: JobUpdate) => job.Command?.Name === "gluestreaming";
const isRay = (job: JobUpdate) => job.Command?.Name === "glueray";
const isShell = (job: JobUpdate) => job.Command?.Name === "pythonshell";
const hasWorkers = (job: JobUpdate) => job.WorkerType !== undefined || job.NumberOfWorkers !== undefined;

/** Rules of a job's capacity; a job run's overrides are judged by the same ones. */
const CAPACITY_RULES: readonly Rule[] = [
  (job) =>
    job.MaxCapacity !== undefined &&
    job.AllocatedCapacity !== undefined &&
    "Please set only Allocated Capacity or Max Capacity",
  (job) =>
    job.MaxCapacity !== undefined &&
    hasWorkers(job) &&
    "Please do not set Max Capacity if using Worker Type and Number of Workers.",
  (job) =>
    job.AllocatedCapacity !== undefined &&
    hasWorkers(job) &&
    "Please do not set Allocated Capacity if using Worker Type and Number of Workers.",
  (job) =>
    (job.WorkerType === undefined) !== (job.NumberOfWorkers === undefined) &&
    "Please set both Worker Type and Number of Workers.",
  (job) =>
    job.NumberOfWorkers !== undefined && job.NumberOfWorkers < 1 && "Number of Workers must be at least 1.",
  (job) =>
    isShell(job) &&
    hasWorkers(job) &&
    "Worker Type and Number of Workers are not supported for Python shell jobs.",
  (job) =>
    isShell(job) &&
    job.MaxCapacity !== undefined &&
    ![0.0625, 1].includes(job.MaxCapacity) &&
    "Max Capacity of a Python shell job must be 0.0625 or 1.0.",
  (job) =>
    !isShell(job) &&
    job.MaxCapacity !== undefined &&
    !(Number.isInteger(job.MaxCapacity) && job.MaxCapacity >= 2 && job.MaxCapacity <= 100) &&
    "Max Capacity of a Spark job must be a whole number from 2 to 100.",
  (job) =>
    isRay(job) &&
    job.WorkerType !== "Z.2X" &&
    "Worker type cannot be null and only [Z.2X] worker types are supported for glueray jobs",
  (job) => timeoutProblem(job),
  (job) => flexProblem(job),
];

const DEFINITION_RULES: readonly Rule[] = [
  (job) => !job.Role && "Role should not be null or empty.",
  (job) => !ROLE.test(job.Role ?? "") && `Role ${job.Role} is not valid: give a role's name or ARN.`,
  (job) => !job.Command?.Name && "Command name should not be null or empty.",
  (job) =>
    !COMMANDS.includes(job.Command?.Name ?? "") && `Command name must be one of ${COMMANDS.join(", ")}.`,
  (job) =>
    job.GlueVersion !== undefined &&
    !findGlueVersion(job.GlueVersion) &&
    `Glue version ${job.GlueVersion} is not supported.`,
  (job) =>
    job.GlueVersion === "auto" &&
    (job.MaxRetries ?? 0) < 1 &&
    "Glue version auto requires Max Retries of at least 1.",
  (job) =>
    job.MaxRetries !== undefined &&
    (job.MaxRetries < 0 || job.MaxRetries > 10) &&
    "Max Retries must be from 0 to 10.",
  (job) => (job.ExecutionProperty?.MaxConcurrentRuns ?? 1) < 1 && "Max Concurrent Runs must be at least 1.",
  (job) =>
    job.MaintenanceWindow !== undefined &&
    !isStreaming(job) &&
    "Maintenance Window is only supported for streaming jobs.",
  (job) => argumentBytes(job) > MAX_ARGUMENT_BYTES && "The job's arguments are larger than 260 KB.",
  (job) => isRay(job) && !job.Command?.Runtime && "Runtime parameter is required for GlueRay command",
  ...CAPACITY_RULES,
];

/** @throws GlueFault InvalidInputException with the first broken rule */
export function checkJob(job: JobUpdate): void {
  check(DEFINITION_RULES, job);
}

/** @throws GlueFault InvalidInputException with the first broken rule of capacity, timeout and execution class */
export function checkCapacity(job: JobUpdate): void {
  check(CAPACITY_RULES, job);
}

function check(rules: readonly Rule[], job: JobUpdate): void {
  for (const rule of rules) {
    const problem = rule(job);
    if (problem) throw invalidInput(problem);
  }
}

function timeoutProblem(job: JobUpdate): string | undefined {
  if (job.Timeout === undefined) return undefined;
  if (isRay(job)) return "Timeout not supported for Ray jobs";
  if (job.Timeout === 0) return isStreaming(job) ? undefined : "Timeout must be at least 1 minute.";
  return job.Timeout > MAX_TIMEOUT_MINUTES ? "Timeout must be at most 10080 minutes (7 days)." : undefined;
}

function flexProblem(job: JobUpdate): string | undefined {
  if (job.ExecutionClass !== "FLEX") return undefined;
  if (job.Command?.Name !== "glueetl") return "Execution class FLEX is only supported for glueetl jobs.";
  if (!isAtLeast(job.GlueVersion ?? "auto", "3.0"))
    return "Execution class FLEX requires Glue version 3.0 or later.";
  const workers = job.WorkerType ?? "G.1X";
  return ["G.1X", "G.2X"].includes(workers)
    ? undefined
    : "Execution class FLEX requires worker type G.1X or G.2X.";
}

function argumentBytes(job: JobUpdate): number {
  const entries = Object.entries({ ...job.DefaultArguments, ...job.NonOverridableArguments });
  return entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name + value), 0);
}
