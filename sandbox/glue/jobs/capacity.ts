import type { JobUpdate } from "@aws-sdk/client-glue";

/** DPUs of one worker (botocore shape Job.WorkerType). */
const DPU_PER_WORKER: Readonly<Record<string, number>> = {
  Standard: 1,
  "G.025X": 0.25,
  "G.1X": 1,
  "G.2X": 2,
  "G.4X": 4,
  "G.8X": 8,
  "G.12X": 12,
  "G.16X": 16,
  "R.1X": 1,
  "R.2X": 2,
  "R.4X": 4,
  "R.8X": 8,
  "Z.2X": 2,
};

/** The defaults where a job names no capacity (botocore shape Job.MaxCapacity). */
const DEFAULT_DPU = { pythonshell: 0.0625, other: 10 } as const;

type Capacity = Pick<
  JobUpdate,
  "Command" | "WorkerType" | "NumberOfWorkers" | "MaxCapacity" | "AllocatedCapacity"
>;

/**
 * The DPUs that GetJob answers as MaxCapacity: computed from the workers where there are any
 * (boto3 issue 2644).
 */
export function maxCapacity(job: Capacity): number {
  if (job.WorkerType !== undefined || job.NumberOfWorkers !== undefined) {
    return (DPU_PER_WORKER[job.WorkerType ?? "G.1X"] ?? 1) * (job.NumberOfWorkers ?? 0);
  }
  const fallback = job.Command?.Name === "pythonshell" ? DEFAULT_DPU.pythonshell : DEFAULT_DPU.other;
  return job.MaxCapacity ?? job.AllocatedCapacity ?? fallback;
}

/** The deprecated integer beside it: whole DPUs. */
export function allocatedCapacity(job: Capacity): number {
  return Math.floor(maxCapacity(job));
}
