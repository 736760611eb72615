import { messageOf } from "../base/errors.ts";
import type { Lock } from "./lock.ts";
import type { Place, Provenance } from "./place.ts";
import { type Pruned, prune } from "./prune.ts";
import type { DeployResult } from "./result.ts";

/** Prunes after a release that is applied and stays so: whatever goes wrong here is a warning, never a failure. */
export async function pruneAfter(
  place: Place,
  keep: number | undefined,
  by: Provenance,
  lock: Lock,
  result: DeployResult,
): Promise<DeployResult> {
  if (keep === undefined) return result;
  try {
    const pruned = await prune(place, keep, by, lock);
    const { releases, inUse, failed, damaged } = pruned;
    if (releases.length + inUse.length + failed.length + damaged.length === 0) return result;
    return { ...result, pruned, warnings: [...result.warnings, ...pruneWarnings(pruned)] };
  } catch (thrown) {
    const warning = `keep-releases: pruning stopped, and the next release tries again: ${messageOf(thrown)}`;
    return { ...result, warnings: [...result.warnings, warning] };
  }
}

/** What whoever asked for pruning should know of it. */
export function pruneWarnings({ failed, inUse, damaged, unseenJobs, more }: Pruned): readonly string[] {
  return [
    ...failed.map(
      ({ key, code, message }) =>
        `keep-releases: ${key} could not be deleted: ${code} ${message}${code === "AccessDenied" ? " (allow s3:DeleteObject)" : ""}`,
    ),
    ...inUse.map((key) => `keep-releases: ${key} stays, for a live job or a run in flight uses it`),
    ...damaged.map(
      (id) =>
        `keep-releases: the record of release ${id} is damaged; it stays, with every script that it names`,
    ),
    ...(unseenJobs.length === 0
      ? []
      : [
          `keep-releases: whether runs are in flight could not be seen for ${unseenJobs.join(", ")} (allow glue:GetJobRuns); what they ever used stays`,
        ]),
    ...(more
      ? ["keep-releases: more old releases are left; the next release, or `releases prune`, goes on"]
      : []),
  ];
}
