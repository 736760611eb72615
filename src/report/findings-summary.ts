import { codeBlock, codeSpan, escapeHtml, escapeMarkdown } from "../base/escape-markdown.ts";
import { plural } from "../base/plural.ts";
import type { Finding, PythonUsed } from "../validate/findings.ts";
import { ruleAnchor, rules, type Severity } from "../validate/rules.ts";
import type { ValidationResult } from "../validate/validate.ts";
import { numberedExcerpt } from "./numbered-excerpt.ts";

/** Open at first sight, below the table: what fits one screen. */
const shownOpen = 3;
const shownFolded = 50;
const shownInTable = 200;
const jobsShown = 2;
const signs: Readonly<Record<Severity, string>> = { error: "❌", warning: "⚠️", notice: "ℹ️" };

export interface FindingsSummaryOptions {
  /** Base address of the documentation's files, e.g. `https://github.com/acme/toolkit/blob/v1`; rules aren't linked without. */
  readonly documentation?: string;
  /** What the reader should know of how the scripts were chosen. */
  readonly notes?: readonly string[];
}

/**
 * The validation as a job summary in Markdown: verdict, table, each finding with its code. The first findings are open,
 * the others fold out.
 */
export function findingsSummary(result: ValidationResult, options: FindingsSummaryOptions = {}): string {
  const { findings } = result;
  const details = findings.slice(0, shownOpen + shownFolded).map((finding, index) => {
    const body = detail(finding, options);
    return index < shownOpen ? `#### ${headline(finding)}\n\n${body}` : folded(finding, body);
  });
  return [
    `## ${result.result === "passed" ? "✅" : "❌"} Glue scripts: ${verdict(result)}`,
    ...(result.failures ?? []).map(
      ({ message, remedy }) => `❌ **Not judged:** ${escapeMarkdown(message)}. ${escapeMarkdown(remedy)}`,
    ),
    findings.length > 0 ? table(result) : "",
    ...details,
    findings.length > details.length
      ? `The first ${details.length} of ${findings.length} findings are shown in full; the findings file has all.`
      : "",
    footer(result, options.notes ?? []),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function verdict({ counts, result }: ValidationResult): string {
  const found = [
    some(counts.errors, "error"),
    some(counts.warnings, "warning"),
    some(counts.notices, "notice"),
  ].filter((text) => text !== undefined);
  const outcome = found.length === 0 ? "nothing to mend" : found.join(", ");
  const modules = counts.modules === undefined ? "" : ` and ${plural(counts.modules, "library module")}`;
  return `${result}, ${outcome} in ${some(counts.scripts, "script") ?? "no script"}${modules}`;
}

function table({ findings, scripts }: ValidationResult): string {
  const jobsOf = new Map(scripts.map(({ path, jobs }) => [path, jobs]));
  const rows = findings
    .slice(0, shownInTable)
    .map(
      (finding) =>
        `| ${signs[finding.severity]} | ${codeSpan(place(finding))} | ${rules[finding.rule].title} | ${jobNames(jobsOf.get(finding.path) ?? [])} |`,
    );
  const more = findings.length - shownInTable;
  return [
    "| | Where | What | Job |\n|---|---|---|---|",
    ...rows,
    ...(more > 0 ? [`| | | … and ${more} more in the findings file | |`] : []),
  ].join("\n");
}

function jobNames(jobs: readonly string[]): string {
  const more = jobs.length - jobsShown;
  return [...jobs.slice(0, jobsShown).map(escapeMarkdown), ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function headline(finding: Finding): string {
  return `${signs[finding.severity]} ${rules[finding.rule].title}: ${codeSpan(place(finding))}`;
}

function detail(finding: Finding, options: FindingsSummaryOptions): string {
  const parts = [
    `${escapeMarkdown(finding.message)}.`,
    finding.excerpt.length === 0 ? "" : codeBlock(numberedExcerpt(finding), "python"),
    `**To mend it:** ${escapeMarkdown(finding.remedy)} Rule ${ruleLink(finding.rule, options)}.`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

/** GitHub renders no Markdown inside a summary element, but does below its empty line. */
function folded(finding: Finding, body: string): string {
  const title = `${signs[finding.severity]} ${rules[finding.rule].title}: ${place(finding)}`;
  return `<details><summary>${escapeHtml(title)}</summary>\n\n${body}\n\n</details>`;
}

function footer(result: ValidationResult, chosen: readonly string[]): string {
  const { skipped, suppressed } = result.counts;
  const notes = [
    ...chosen,
    ...result.python.map(describePython),
    ...(skipped > 0 ? [`${plural(skipped, "Scala script")} skipped: only Python is validated`] : []),
    ...(suppressed > 0 ? [`${plural(suppressed, "finding")} suppressed by comments`] : []),
  ];
  return notes.length === 0 ? "" : `<sub>${notes.map(escapeMarkdown).join("<br>")}</sub>`;
}

function describePython({ glueVersion, pythonVersion, interpreter, exact }: PythonUsed): string {
  const inexact = exact
    ? ""
    : ` (not the job's own Python: newer syntax is told by tables, so findings may differ from the job's)`;
  return `Glue ${glueVersion} runs Python ${pythonVersion}; checked by ${interpreter}${inexact}`;
}

function ruleLink(rule: Finding["rule"], { documentation }: FindingsSummaryOptions): string {
  return documentation === undefined
    ? codeSpan(rule)
    : `[${codeSpan(rule)}](${documentation}/${ruleAnchor(rule)})`;
}

function place({ path, startLine, endLine }: Finding): string {
  return startLine === endLine ? `${path}:${startLine}` : `${path}:${startLine}-${endLine}`;
}

/** Nothing where there is none. */
function some(count: number, thing: string): string | undefined {
  return count === 0 ? undefined : plural(count, thing);
}
