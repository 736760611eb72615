import type { Finding, PythonUsed } from "../validate/findings.ts";
import { ruleAnchor, rules, type Severity } from "../validate/rules.ts";
import type { ValidationResult } from "../validate/validate.ts";
import { codeBlock, codeSpan, escapeMarkdown } from "./escape-markdown.ts";

const shownInFull = 10;
const shownInTable = 200;
const signs: Readonly<Record<Severity, string>> = { error: "❌", warning: "⚠️", notice: "ℹ️" };

export interface FindingsSummaryOptions {
  /** Base address of the documentation's files, e.g. `https://github.com/acme/toolkit/blob/v1`; rules aren't linked without. */
  readonly documentation?: string;
}

/** The validation as a job summary in Markdown: verdict, table, each finding with its code. */
export function findingsSummary(result: ValidationResult, options: FindingsSummaryOptions = {}): string {
  const { findings } = result;
  return [
    `## ${result.result === "passed" ? "✅" : "❌"} Glue scripts: ${verdict(result)}`,
    findings.length === 0 ? "" : table(findings, options),
    ...findings.slice(0, shownInFull).map(detail),
    findings.length > shownInFull
      ? `The first ${shownInFull} of ${findings.length} findings are shown in full.`
      : "",
    footer(result),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function verdict({ counts, result }: ValidationResult): string {
  const found = [
    plural(counts.errors, "error"),
    plural(counts.warnings, "warning"),
    plural(counts.notices, "notice"),
  ].filter((text) => text !== undefined);
  const outcome = found.length === 0 ? "nothing to mend" : found.join(", ");
  return `${result}, ${outcome} in ${plural(counts.scripts, "script") ?? "no script"}`;
}

function table(findings: readonly Finding[], options: FindingsSummaryOptions): string {
  const rows = findings
    .slice(0, shownInTable)
    .map(
      (finding) =>
        `| ${signs[finding.severity]} ${ruleLink(finding.rule, options)} | ${codeSpan(place(finding))} | ${escapeMarkdown(finding.message)} |`,
    );
  const more = findings.length - shownInTable;
  return [
    "| Rule | Where | What |\n|---|---|---|",
    ...rows,
    ...(more > 0 ? [`| | | … and ${more} more in the findings file |`] : []),
  ].join("\n");
}

function detail(finding: Finding): string {
  const parts = [
    `### ${signs[finding.severity]} ${rules[finding.rule].title}: ${codeSpan(place(finding))}`,
    `${escapeMarkdown(finding.message)}.`,
    finding.excerpt.length === 0 ? "" : codeBlock(numbered(finding), "python"),
    `**To mend it:** ${escapeMarkdown(finding.remedy)}`,
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

function numbered({ excerpt, startLine, endLine }: Finding): string {
  const width = String(endLine).length;
  const lines = excerpt.map((line, index) => `${String(startLine + index).padStart(width)} | ${line}`);
  const left = endLine - startLine + 1 - excerpt.length;
  return [...lines, ...(left > 0 ? [`${"".padStart(width)} … ${left} more`] : [])].join("\n");
}

function footer(result: ValidationResult): string {
  const { skipped, suppressed } = result.counts;
  const notes = [
    ...result.python.map(describePython),
    ...(skipped > 0 ? [`${plural(skipped, "Scala script")} skipped: only Python is validated`] : []),
    ...(suppressed > 0 ? [`${plural(suppressed, "finding")} suppressed by comments`] : []),
  ];
  return notes.length === 0 ? "" : `<sub>${notes.map(escapeMarkdown).join("<br>")}</sub>`;
}

function describePython({ glueVersion, pythonVersion, interpreter, exact }: PythonUsed): string {
  const inexact = exact ? "" : " (not the job's own Python: findings may differ from the job's)";
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

function plural(count: number, thing: string): string | undefined {
  return count === 0 ? undefined : `${count} ${thing}${count === 1 ? "" : "s"}`;
}
