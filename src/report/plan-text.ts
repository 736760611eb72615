import { type Paint, plainPaint } from "../base/paint.ts";
import { plainText } from "../base/plain-text.ts";
import type { JobPlan } from "../deploy/plan.ts";
import type { DeployResult } from "../deploy/result.ts";

const shownJobs = 200;
const shownDiff = 4_000;
const signs: Readonly<Record<JobPlan["action"], string>> = { change: "~", unchanged: "=", blocked: "!" };
const colors = { change: "yellow", unchanged: "dim", blocked: "red" } as const;

/** A plan as lines for a log or a terminal: what changes, or has changed, and why, what blocks, and a count at the end. */
export function planText({ plan, warnings, result }: DeployResult, paint: Paint = plainPaint): string {
  const changes = result === "deployed" || result === "rolled-back" ? "changed" : "to change";
  const shown = plan.jobs.filter(({ action }) => action !== "unchanged");
  const more = shown.length - shownJobs;
  const count = (action: JobPlan["action"]): number =>
    plan.jobs.filter((job) => job.action === action).length;
  return [
    ...shown.slice(0, shownJobs).flatMap((job, index) => jobLines(job, paint, shown.slice(0, index))),
    ...(more > 0 ? [`… and ${more} more jobs`] : []),
    ...warnings.slice(0, shownJobs).map((warning) => `${paint.yellow("warning:")} ${plainText(warning)}`),
    `${plan.environment}: ${count("change")} ${changes}, ${count("unchanged")} unchanged, ${count("blocked")} blocked`,
  ].join("\n");
}

/** @param before the jobs above it: a diff that stands there is not repeated */
function jobLines(job: JobPlan, paint: Paint, before: readonly JobPlan[]): readonly string[] {
  const twin = before.find(({ scriptDiff }) => scriptDiff !== null && scriptDiff === job.scriptDiff);
  return [
    paint[colors[job.action]](`${signs[job.action]} ${job.job}`),
    ...job.fields.map(({ member, from, to }) => `    ${member}: ${from ?? "(none)"} -> ${to ?? "(none)"}`),
    ...(job.fields.length === 0 ? job.reasons.map((reason) => `    ${reason}`) : []),
    ...job.blockers.map(({ code, message, remedy }) => `    blocked (${code}): ${message}. ${remedy}`),
    ...(job.noDiff === undefined ? [] : [`    no diff of the script: ${plainText(job.noDiff)}`]),
    ...(job.scriptDiff ? [diffLines(job.scriptDiff, twin, paint)] : []),
  ];
}

function diffLines(diff: string, twin: JobPlan | undefined, paint: Paint): string {
  if (twin !== undefined) return `    the script changes as that of ${twin.job}`;
  return painted(indented(plainText(diff, shownDiff)), paint);
}

function painted(diff: string, paint: Paint): string {
  return diff
    .replaceAll(/^ {4}\| \+.*$/gm, (line) => paint.green(line))
    .replaceAll(/^ {4}\| -.*$/gm, (line) => paint.red(line));
}

function indented(text: string): string {
  // the runner trims a line before it looks for a workflow command, so spaces alone would not defuse one
  return text.replaceAll(/^/gm, "    | ");
}
