import type { BatchStopJobRunRequest, GetJobRunRequest, GetJobRunsRequest } from "@aws-sdk/client-glue";
import { notFound } from "../fault.ts";
import type { Members } from "../model/parse-input.ts";
import type { CallContext, OperationTable } from "../operation.ts";
import { paginate } from "../state/paging.ts";
import { isFinal, type RunRecord } from "./run-record.ts";
import { startJobRun } from "./start-job-run.ts";
import { viewRun } from "./view-run.ts";

const DEFAULT_PAGE = 200;

/** The Job runs API (developer guide, aws-glue-api-jobs-runs). */
export const runOperations: OperationTable = {
  StartJobRun: startJobRun,
  GetJobRun: getJobRun,
  GetJobRuns: getJobRuns,
  BatchStopJobRun: batchStopJobRun,
};

function getJobRun(context: CallContext, input: GetJobRunRequest): Members {
  const run = runsOf(context, input.JobName).find((candidate) => candidate.id === input.RunId);
  if (!run) throw notFound(`Job Run ${input.RunId} not found.`);
  const { PredecessorRuns, ...view } = viewRun(run, context.world.clock.now());
  return { JobRun: { ...view, PredecessorRuns: input.PredecessorsIncluded ? PredecessorRuns : undefined } };
}

/** Newest first, at most 200 a page. */
function getJobRuns(context: CallContext, input: GetJobRunsRequest): Members {
  const page = paginate(runsOf(context, input.JobName), input.NextToken, input.MaxResults ?? DEFAULT_PAGE);
  const now = context.world.clock.now();
  return { JobRuns: page.items.map((run) => viewRun(run, now)), NextToken: page.nextToken };
}

/** Answers 200 with an error per id that could not be stopped (botocore shape BatchStopJobRunError). */
function batchStopJobRun(context: CallContext, input: BatchStopJobRunRequest): Members {
  const { account, runs } = context;
  const JobName = input.JobName ?? "";
  const SuccessfulSubmissions: Members[] = [];
  const Errors: Members[] = [];
  for (const JobRunId of input.JobRunIds ?? []) {
    const run = account.runs.get(JobName)?.find((candidate) => candidate.id === JobRunId);
    const ErrorDetail = stopProblem(JobRunId, run);
    if (ErrorDetail) Errors.push({ JobName, JobRunId, ErrorDetail });
    else {
      if (run) runs.stop(account, run, "STOPPED");
      SuccessfulSubmissions.push({ JobName, JobRunId });
    }
  }
  return { SuccessfulSubmissions, Errors };
}

function stopProblem(id: string, run: RunRecord | undefined): Members | undefined {
  if (!run) return { ErrorCode: "EntityNotFoundException", ErrorMessage: `Job Run ${id} not found.` };
  if (!isFinal(run.state)) return undefined;
  return {
    ErrorCode: "JobRunInTerminalStateException",
    ErrorMessage: `Job run ${id} is already in the terminal state ${run.state}.`,
  };
}

function runsOf({ account }: CallContext, jobName = ""): RunRecord[] {
  if (!account.jobs.has(jobName)) throw notFound(`Job ${jobName} not found.`);
  return account.runs.get(jobName) ?? [];
}
