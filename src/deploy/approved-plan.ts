import { ToolkitError } from "../base/errors.ts";
import { sameCodeLocation } from "./code-location.ts";
import type { JobPlan, Plan } from "./plan.ts";
import type { ApprovedPlan } from "./plan-file.ts";

type ApprovedJob = ApprovedPlan["jobs"][number];

const shown = 5;

/**
 * Holds a plan made now against the approved one. Nothing of the file is ever sent to AWS: it only says what this
 * plan, made from the checkout and the live jobs, must come to. Jobs that already are where they should be pass.
 * @throws ToolkitError `plan-for-elsewhere`, `plan-stale` naming what moved
 */
export function assertApproved(approved: ApprovedPlan, plan: Plan): void {
  const scope = ["environment", "region", "account", "bucket", "prefix"] as const;
  const wrong = scope.filter((name) => approved[name] !== plan[name]);
  if (wrong.length > 0) {
    const differences = wrong.map((name) => `${name} ${approved[name]}, here ${plan[name]}`);
    throw refused("plan-for-elsewhere", `The plan file is for ${differences.join("; ")}`);
  }
  const fresh = new Map(plan.jobs.map((job) => [job.job, job]));
  const moved = approved.jobs.flatMap((job) => {
    const why = movedSince(job, fresh.get(job.job));
    return why === undefined ? [] : [`${job.job} ${why}`];
  });
  const planned = new Set(approved.jobs.map(({ job }) => job));
  moved.push(...plan.jobs.filter(({ job }) => !planned.has(job)).map(({ job }) => `${job} is not in it`));
  if (moved.length === 0) return;
  const more = moved.length > shown ? `; and ${moved.length - shown} more` : "";
  throw refused(
    "plan-stale",
    `The plan file of ${approved.createdAt} no longer fits: ${moved.slice(0, shown).join("; ")}${more}`,
  );
}

function movedSince(approved: ApprovedJob, fresh: JobPlan | undefined): string | undefined {
  if (fresh === undefined) return "is no longer in the manifest";
  if (fresh.current === null || fresh.next === null) return "is gone";
  const sameArtifacts = fresh.artifacts.join("\n") === approved.artifacts.join("\n");
  if (!sameArtifacts) return "has another script or library in this checkout";
  if (sameCodeLocation(fresh.current, approved.next)) return undefined;
  if (!sameCodeLocation(fresh.current, approved.current)) return "points elsewhere now";
  if (fresh.lastModifiedOn !== approved.lastModifiedOn) return "was updated since";
  return sameCodeLocation(fresh.next, approved.next) ? undefined : "would get another definition";
}

function refused(code: string, message: string): ToolkitError {
  return new ToolkitError({
    code,
    message: `${message}. Nothing was changed`,
    remedy: "Plan again, look at the new plan, and apply that.",
    source: "user",
  });
}
