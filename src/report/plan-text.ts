import { plainText } from "../base/plain-text.ts";
import type { JobPlan } from "../deploy/plan.ts";
import type { DeployResult } from "../deploy/result.ts";

const shownJobs = 200;
const shownDiff = 4_000;
const signs: Readonly<Record<JobPlan["action"], string>> = { change: "~", unchanged: "=", blocked: "!" };

/** A plan as lines for a log or a terminal: what changes and why, what blocks, and a count at the end. */
export function planText({ plan, warnings }: DeployResult): string {
  const shown = plan.jobs.filter(({ action }) => action !== "unchanged");
  const more = shown.length - shownJobs;
  const count = (action: JobPlan["action"]): number =>
    plan.jobs.filter((job) => job.action === action).length;
  return [
    ...shown.slice(0, shownJobs).flatMap(jobLines),
    ...(more > 0 ? [`… and ${more} more jobs`] : []),
    ...warnings.slice(0, shownJobs).map((warning) => `warning: ${plainText(warning)}`),
    `${plan.environment}: ${count("change")} to change, ${count("unchanged")} unchanged, ${count("blocked")} blocked`,
  ].join("\n");
}

function jobLines(job: JobPlan): readonly string[] {
  return [
    `${signs[job.action]} ${job.job}`,
    ...job.fields.map(({ member, from, to }) => `    ${member}: ${from ?? "(none)"} -> ${to ?? "(none)"}`),
    ...(job.fields.length === 0 ? job.reasons.map((reason) => `    ${reason}`) : []),
    ...job.blockers.map(({ code, message, remedy }) => `    blocked (${code}): ${message}. ${remedy}`),
    ...(job.scriptDiff ? [indented(plainText(job.scriptDiff, shownDiff))] : []),
  ];
}

function indented(text: string): string {
  // the runner trims a line before it looks for a workflow command, so spaces alone would not defuse one
  return text.replaceAll(/^/gm, "    | ");
}
