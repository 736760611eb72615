import { sentence } from "../base/errors.ts";
import { codeBlock, codeSpan, escapeHtml, escapeMarkdown } from "../base/escape-markdown.ts";
import type { Finding } from "../validate/findings.ts";
import { rules } from "../validate/rules.ts";

const shownLines = 400;

/** A finding as a review comment whose button deletes its lines: an empty suggestion deletes those it stands on. */
export function fixSuggestion(finding: Finding): string {
  return [
    `**${rules[finding.rule].title}** (${codeSpan(finding.rule)}): ${escapeMarkdown(sentence(finding.message))}`,
    escapeMarkdown(finding.remedy),
    codeBlock("", "suggestion").replace("\n\n", "\n"),
  ].join("\n\n");
}

/**
 * The fix of a finding where no button can stand: a command, and the lines it deletes.
 * @param lines of the whole script
 */
export function fixByHand({ path, fix }: Finding, lines: readonly string[]): string {
  if (fix === undefined) return "";
  const [first, last] = fix.deleteLines;
  const deleted = lines.slice(first - 1, last);
  const more = deleted.length - shownLines;
  const diff = [
    `@@ -${first},${deleted.length} +${first - 1},0 @@`,
    ...deleted.slice(0, shownLines).map((line) => `-${line}`),
    ...(more > 0 ? [`… ${more} more lines`] : []),
  ];
  const title = `Fix of ${escapeHtml(path)}: delete lines ${first}–${last}`;
  const command = `sed -i '${first},${last}d' '${path.replaceAll("'", "'\\''")}'`;
  const body = [codeBlock(command, "sh"), codeBlock(diff.join("\n"), "diff")].join("\n\n");
  return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
