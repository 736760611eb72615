import type { Members } from "../model/parse-input.ts";
import { epochSeconds } from "../state/clock.ts";
import { allocatedCapacity, maxCapacity } from "./capacity.ts";
import type { JobRecord } from "./job-record.ts";

/** The Job structure as GetJob answers it, computed capacities beside the workers included. */
export function viewJob(job: JobRecord): Members {
  const { definition } = job;
  return {
    ...definition,
    Name: job.name,
    CreatedOn: epochSeconds(job.createdAt),
    LastModifiedOn: epochSeconds(job.modifiedAt),
    AllocatedCapacity: allocatedCapacity(definition),
    MaxCapacity: maxCapacity(definition),
  };
}
