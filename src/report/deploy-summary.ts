import { codeBlock, codeSpan, escapeHtml, escapeMarkdown } from "../base/escape-markdown.ts";
import { groupBy } from "../base/group-by.ts";
import { plainText } from "../base/plain-text.ts";
import { plural } from "../base/plural.ts";
import type { FieldChange } from "../deploy/code-location.ts";
import type { JobPlan, Plan } from "../deploy/plan.ts";
import type { DeployOutcome, DeployResult } from "../deploy/result.ts";

const shownJobs = 200;
const shownDiffs = 20;
const shownDiffLines = 400;
/** Characters; together with the tables all stays below the 1 MiB that a summary holds, so no block is cut open. */
const shownDiffText = 10_000;
const shownFieldText = 50_000;

const headings: Readonly<Record<DeployOutcome, string>> = {
  deployed: "✅ Deployed",
  unchanged: "✅ Unchanged",
  planned: "📋 Planned",
  "rolled-back": "⏪ Rolled back",
  failed: "❌ Not deployed",
};

const signs: Readonly<Record<JobPlan["action"], string>> = {
  change: "✏️ change",
  unchanged: "✅ unchanged",
  blocked: "⛔ blocked",
};

/** A deploy, plan or rollback as a job summary in Markdown: verdict, table of jobs, each change, warnings, release. */
export function deploySummary(result: DeployResult): string {
  const { plan } = result;
  const jobs = plan.jobs.toSorted((left, right) => rank(left) - rank(right));
  const parts = [
    `## ${headings[result.result]}: ${escapeMarkdown(plan.environment)}`,
    facts(result),
    failure(result),
    blockers(jobs),
    warnings(result),
    jobs.length === 0 ? "" : table(jobs),
    pruned(result),
    fieldBlock(jobs.filter(({ fields }) => fields.length > 0)),
    ...scriptChanges(jobs).slice(0, shownDiffs).map(scriptChange),
    missingDiffs(jobs),
  ];
  return parts
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function facts(result: DeployResult): string {
  const { plan } = result;
  const rows = [
    `${plural(plan.jobs.length, "job")} in account ${plan.account}, ${plan.region}: ${counts(plan)}`,
    `commit ${codeSpan(plan.provenance.commit.slice(0, 12))} of ${escapeMarkdown(plan.provenance.repository)}`,
    ...(plan.mode === "rollback" ? [`back to ${rollbackGoal(plan)}`] : []),
    ...(result.releaseId === undefined ? [] : [`release ${codeSpan(result.releaseId)}`]),
    ...(result.releaseUri === undefined ? [] : [`record ${codeSpan(result.releaseUri)}`]),
  ];
  return rows.map((row) => `- ${row}`).join("\n");
}

function rollbackGoal(plan: Plan): string {
  return plan.rollbackTo === null ? "the state before the first release" : codeSpan(plan.rollbackTo);
}

function counts(plan: Plan): string {
  const count = (action: JobPlan["action"]): number =>
    plan.jobs.filter((job) => job.action === action).length;
  return `${count("change")} to change, ${count("unchanged")} unchanged, ${count("blocked")} blocked`;
}

function failure(result: DeployResult): string {
  if (result.failure === undefined) return "";
  const { code, message, remedy } = result.failure;
  return `**${escapeMarkdown(message)}** (${codeSpan(code)})\n\n**To mend it:** ${escapeMarkdown(remedy)}`;
}

function blockers(jobs: readonly JobPlan[]): string {
  const rows = jobs
    .flatMap((job) => job.blockers.map((blocker) => ({ ...blocker, job: job.job })))
    .slice(0, shownJobs)
    .map(
      ({ job, code, message, remedy }) =>
        `| ${codeSpan(job)} | ${escapeMarkdown(message)} (${codeSpan(code)}) | ${escapeMarkdown(remedy)} |`,
    );
  return rows.length === 0 ? "" : ["| Blocked job | Why | To mend it |\n|---|---|---|", ...rows].join("\n");
}

function warnings(result: DeployResult): string {
  return result.warnings
    .slice(0, shownJobs)
    .map((warning) => `- ⚠️ ${escapeMarkdown(warning)}`)
    .join("\n");
}

function table(jobs: readonly JobPlan[]): string {
  const rows = jobs
    .slice(0, shownJobs)
    .map(
      (job) =>
        `| ${signs[job.action]} | ${codeSpan(job.job)} | ${code(baseName(job.current?.scriptLocation))} | ${code(baseName(job.next?.scriptLocation))} |`,
    );
  const more = jobs.length - shownJobs;
  return [
    "| | Job | Script before | Script after |\n|---|---|---|---|",
    ...rows,
    ...(more > 0 ? [`| | … and ${more} more | | |`] : []),
  ].join("\n");
}

function pruned({ pruned: done }: DeployResult): string {
  if (done === undefined) return "";
  const { releases, keys, failed } = done;
  return `🧹 Pruned ${plural(releases.length, "release")} and ${plural(keys.length, "object")}${failed.length > 0 ? `; ${failed.length} could not be deleted` : ""}.`;
}

/** All changes of members in one block, a job after the other. */
function fieldBlock(jobs: readonly JobPlan[]): string {
  if (jobs.length === 0) return "";
  const lines = jobs
    .slice(0, shownJobs)
    .map((job) => [`# ${job.job.replaceAll(/\s+/g, " ")}`, ...job.fields.map(fieldLines)].join("\n"));
  const fields = codeBlock(plainText(lines.join("\n"), shownFieldText), "diff");
  return `<details><summary>Changes of ${plural(jobs.length, "job")}</summary>\n\n${fields}\n\n</details>`;
}

/** Why scripts have no diff, each reason once. */
function missingDiffs(jobs: readonly JobPlan[]): string {
  const reasons = new Set(jobs.flatMap(({ noDiff }) => (noDiff === undefined ? [] : [noDiff])));
  return [...reasons]
    .slice(0, shownDiffs)
    .map((reason) => `- No diff of a script: ${escapeMarkdown(plainText(reason))}`)
    .join("\n");
}

interface ScriptChange {
  readonly script: string;
  readonly diff: string;
  readonly jobs: readonly string[];
}

/** Each diff once, however many jobs share the script. */
function scriptChanges(jobs: readonly JobPlan[]): readonly ScriptChange[] {
  const withDiff = jobs.filter(({ scriptDiff }) => scriptDiff !== null && scriptDiff !== "");
  return [...groupBy(withDiff, ({ script, scriptDiff }) => `${script}\n${scriptDiff}`).values()].map(
    (group) => ({
      script: group[0]?.script ?? "",
      diff: group[0]?.scriptDiff ?? "",
      jobs: group.map(({ job }) => job),
    }),
  );
}

function scriptChange({ script, diff, jobs }: ScriptChange): string {
  const more = jobs.length > 1 ? ` and ${jobs.length - 1} more jobs` : "";
  const block = codeBlock(cutLines(plainText(diff, shownDiffText)), "diff");
  return `<details><summary>${escapeHtml(script)} (${escapeHtml(jobs[0] ?? "")}${more})</summary>\n\n${block}\n\n</details>`;
}

function fieldLines({ member, from, to }: FieldChange): string {
  return [`  ${member}`, ...(from === null ? [] : [`- ${from}`]), ...(to === null ? [] : [`+ ${to}`])].join(
    "\n",
  );
}

function cutLines(text: string): string {
  const lines = text.split("\n");
  if (lines.length <= shownDiffLines) return text;
  return [...lines.slice(0, shownDiffLines), `… ${lines.length - shownDiffLines} more lines`].join("\n");
}

function baseName(uri: string | undefined): string {
  return uri?.split("/").at(-1) ?? "";
}

function code(text: string): string {
  return text === "" ? "" : codeSpan(text);
}

/** Blocked jobs first, then changes: a summary is cut at its end. */
function rank(job: JobPlan): number {
  return { blocked: 0, change: 1, unchanged: 2 }[job.action];
}
