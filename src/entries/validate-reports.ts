import { readFile } from "node:fs/promises";
import { messageOf, sentence, ToolkitError } from "../base/errors.ts";
import { escapeMarkdown } from "../base/escape-markdown.ts";
import { plainText } from "../base/plain-text.ts";
import type { ValidateGlueInputs } from "../contract/validate-glue.ts";
import type { Suggestion } from "../github/suggestions.ts";
import { commentFooter } from "../report/comment-footer.ts";
import { fixByHand, fixSuggestion } from "../report/finding-fixes.ts";
import { findingsSummary } from "../report/findings-summary.ts";
import type { Finding } from "../validate/findings.ts";
import type { ScriptToCheck } from "../validate/scripts-to-check.ts";
import type { ValidationResult } from "../validate/validate.ts";
import { type GitHubReports, openReports, withNotes } from "./github-reports.ts";
import type { EntryHost } from "./host.ts";
import { documentation } from "./version.ts";

type Host = EntryHost<ValidateGlueInputs>;

export interface ValidateReport {
  /** Whose scripts they are, such as the pipeline and its environment: the comment has a section for each. */
  readonly subject: string;
  readonly note: string | undefined;
  readonly scripts: readonly ScriptToCheck[];
}

/** Tells the pull request what was found, and gives the summary. */
export async function reportFindings(
  host: Host,
  report: ValidateReport,
  result: ValidationResult,
): Promise<string> {
  const options = { documentation, notes: report.note === undefined ? [] : [report.note] };
  const summary = findingsSummary(result, options);
  if (host.inputs.comment === "never" || host.context.pullRequest === undefined) return summary;
  const reports = openReports(host);
  const fixes = await suggestFixes(reports, report.scripts, result.findings);
  await reports.comment({
    key: `validate-glue ${report.subject}`,
    calm: result.findings.length === 0 && (result.failures ?? []).length === 0,
    markdown: [summary.trimEnd(), ...fixes, commentFooter(host.context)].join("\n\n"),
  });
  return withNotes(summary, reports.notes);
}

/** A check that could not be made has to replace what an earlier one said. */
export async function reportUnchecked(host: Host, thrown: unknown): Promise<void> {
  if (host.inputs.comment === "never" || host.context.pullRequest === undefined) return;
  const remedy = thrown instanceof ToolkitError ? ` ${thrown.remedy}` : "";
  await openReports(host).comment({
    key: `validate-glue ${subjectOfInputs(host.inputs)}`,
    calm: false,
    markdown: `## ❌ Glue scripts: not checked\n\n${escapeMarkdown(plainText(sentence(messageOf(thrown)) + remedy))}\n\n${commentFooter(host.context)}`,
  });
}

/** The manifest and environment as they were asked for: known before the manifest is read, and the same on every push. */
export function subjectOfInputs(
  inputs: Pick<ValidateGlueInputs, "manifest" | "environment" | "paths">,
): string {
  return inputs.paths.length > 0 ? "paths" : [inputs.manifest, inputs.environment ?? "default"].join(" ");
}

/** Puts what can be put on the lines of the diff, and gives the others as text for the comment. */
async function suggestFixes(
  reports: GitHubReports,
  scripts: readonly ScriptToCheck[],
  findings: readonly Finding[],
): Promise<readonly string[]> {
  const fixable = await Promise.all(
    findings
      .filter(({ fix }) => fix !== undefined)
      .map(async (finding) => {
        const script = scripts.find(({ path }) => path === finding.path);
        const content = await readFile(script?.absolutePath ?? "").catch(() => undefined);
        return content === undefined ? [] : [{ finding, suggestion: suggestionFor(finding, content) }];
      }),
  );
  const pairs = fixable.flat();
  const title = "Orphan lines: the suggestions below delete them.";
  const placed = new Set(
    await reports.suggest(
      pairs.map(({ suggestion }) => suggestion),
      title,
    ),
  );
  return pairs
    .filter(({ suggestion }) => !placed.has(suggestion))
    .map(({ finding, suggestion }) =>
      fixByHand(finding, Buffer.from(suggestion.content).toString("utf8").split(/\r?\n/)),
    );
}

function suggestionFor(finding: Finding, content: Uint8Array): Suggestion {
  const [startLine, endLine] = finding.fix?.deleteLines ?? [finding.startLine, finding.endLine];
  return { path: finding.path, startLine, endLine, content, markdown: fixSuggestion(finding) };
}
