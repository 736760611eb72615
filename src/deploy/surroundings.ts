import { isAccessDenied } from "../aws/errors.ts";
import { jobSchedules, jobTags, type Schedules } from "../aws/job-surroundings.ts";
import { messageOf } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import type { Place } from "./place.ts";
import type { JobPlan } from "./plan.ts";

const parallelReads = 4;
/** Tags are read one job at a time, so only this many are asked for. */
const askedJobs = 50;

/**
 * Adds to the jobs that change what else moves them: schedules that start them, and tags that say who defines them.
 * A courtesy of `mode: plan` that needs rights of its own (glue:GetTriggers, glue:GetTags): where they are missing,
 * or the call fails, the plan goes without, and only the debug log says so.
 */
export async function withSurroundings(
  place: Place,
  account: string,
  jobs: readonly JobPlan[],
): Promise<readonly JobPlan[]> {
  const changing = jobs.filter(({ action }) => action === "change");
  if (changing.length === 0) return jobs;
  const none: Schedules = new Map();
  const schedules = await asCourtesy(place, none, () => jobSchedules(place.clients.glue, place.signal));
  const owners = await ownersOf(
    place,
    account,
    changing.slice(0, askedJobs).map(({ job }) => job),
  );
  return jobs.map((job) => {
    if (job.action !== "change") return job;
    const scheduled = schedules.get(job.job) ?? [];
    const owner = owners.get(job.job);
    const warnings = [
      ...scheduled.map(
        (schedule) => `is started by the trigger ${schedule}: its next run takes the new script`,
      ),
      ...(owner === undefined
        ? []
        : [
            `is defined by ${owner}: let that ignore Command.ScriptLocation, or its next run moves the job back (docs/deploy.md)`,
          ]),
    ];
    return { ...job, warnings: [...job.warnings, ...warnings] };
  });
}

/** Who defines a job by its tags: `ManagedBy: Terraform`, `terraform: true`, CloudFormation's own. */
export function ownerByTags(tags: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(tags)) {
    if (name === "aws:cloudformation:stack-name") return `the CloudFormation stack ${value}`;
    const tool = /terraform|opentofu|terragrunt|pulumi|cdk|cloudformation/i;
    if (
      /^(managed|created|provisioned)[-_ ]?(by|with)$|^(provisioner|iac|tool)$/i.test(name) &&
      tool.test(value)
    ) {
      return `${value} (tag ${name})`;
    }
    if (/^(terraform|opentofu)(ed)?$/i.test(name) && !/^(false|no|0)?$/i.test(value))
      return `Terraform (tag ${name})`;
  }
  return undefined;
}

async function ownersOf(
  place: Place,
  account: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const owners = new Map<string, string>();
  let denied = false;
  await mapLimited(names, parallelReads, async (name) => {
    if (denied) return;
    const arn = `arn:aws:glue:${place.region}:${account}:job/${name}`;
    const tags = await asCourtesy(
      place,
      {},
      () => jobTags(place.clients.glue, arn, place.signal),
      (thrown) => {
        denied ||= isAccessDenied(thrown);
      },
    );
    const owner = ownerByTags(tags);
    if (owner !== undefined) owners.set(name, owner);
  });
  return owners;
}

async function asCourtesy<T>(
  place: Place,
  without: T,
  ask: () => Promise<T>,
  onError: (thrown: unknown) => void = () => undefined,
): Promise<T> {
  try {
    return await ask();
  } catch (thrown) {
    place.signal?.throwIfAborted();
    onError(thrown);
    place.progress({ code: "deploy.not-asked", level: "debug", message: messageOf(thrown) });
    return without;
  }
}
