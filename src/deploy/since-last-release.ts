import { type CodeLocation, sameCodeLocation } from "./code-location.ts";
import type { JobPlan } from "./plan.ts";
import type { ReleaseRecord } from "./record.ts";

/** AWS's clock and this machine's may differ: an update this soon after a release counts as the release's own. */
const toleranceMilliseconds = 5 * 60_000;

/** Adds to each job that changes what was done to it, by somebody else, since the newest release that names it. */
export function withChangesSince(
  jobs: readonly JobPlan[],
  records: readonly ReleaseRecord[],
): readonly JobPlan[] {
  return jobs.map((job) => {
    if (job.action !== "change" || job.current === null) return job;
    const warning = changeSince(job, job.current, records);
    return warning === undefined ? job : { ...job, warnings: [...job.warnings, warning] };
  });
}

function changeSince(
  plan: JobPlan,
  current: CodeLocation,
  records: readonly ReleaseRecord[],
): string | undefined {
  for (const record of records) {
    const released = record.jobs.find(({ job }) => job === plan.job);
    if (released === undefined) continue;
    if (!sameCodeLocation(current, released.after)) {
      return `was pointed elsewhere since release ${record.id} (by hand, or by Terraform or CDK), which this undoes`;
    }
    const updated = Number(plan.lastModifiedOn) * 1_000;
    const settled = Date.parse(record.settledAt ?? "");
    if (updated > settled + toleranceMilliseconds) {
      return `was updated at ${new Date(updated).toISOString()}, after release ${record.id}: its settings stay as they are now`;
    }
    return undefined;
  }
  return undefined;
}
