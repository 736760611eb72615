import { formatLocation } from "../base/errors.ts";
import type { E2eResult, SourceLines } from "../e2e/result.ts";
import { type ProblemGroup, problemGroups } from "./e2e-problem-groups.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, codeBlock, prose, table } from "./markdown-text.ts";
import { numberedSource } from "./numbered-source.ts";

/** Every problem with cause, remedy and the log lines that show it; errors first. */
export function problemsSection(result: E2eResult, words: E2eWords): string {
  const { labels } = words;
  const heading = `## 🐛 ${labels.problems}`;
  if (result.problems.length === 0) return blocks(heading, labels.noProblems);
  const groups = problemGroups(result, words);
  return blocks(heading, ...groups.map((group, index) => problemBlock(group, index + 1, words)));
}

function problemBlock({ first, causes, remedy }: ProblemGroup, number: number, words: E2eWords): string {
  const { labels } = words;
  const { code: name, severity, step, location, headline, source, excerpt = [] } = first;
  const place = location && {
    path: location.path,
    ...(location.line === undefined ? {} : { line: location.line }),
    ...(location.key === undefined ? {} : { key: location.key }),
  };
  const rows = [
    ...(step === undefined ? [] : [[labels.step, code(step)]]),
    ...(place === undefined ? [] : [[labels.where, code(formatLocation(place))]]),
    [labels.cause, causes.map((cause) => prose(cause)).join("<br>")],
    [labels.remedy, prose(remedy)],
  ];
  return blocks(
    `### ${number}. ${words.severities[severity]} ${code(name)}`,
    headline === undefined ? "" : `**${prose(headline.text)}**`,
    table([labels.field, labels.value], rows),
    source && sourceBlock(source, words),
    folded(labels.logLines, excerpt),
  );
}

function folded(title: string, text: readonly string[]): string {
  if (text.length === 0) return "";
  return `<details><summary>${title}</summary>\n\n${codeBlock(text)}\n\n</details>`;
}

function sourceBlock(source: SourceLines, { labels }: E2eWords): string {
  const of = source.commit === undefined ? "" : ` (${code(source.commit.slice(0, 12))})`;
  return blocks(
    `**${labels.sourceLine}:** ${code(`${source.path}:${source.line}`)}${of}`,
    codeBlock(numberedSource(source), "python"),
    source.inCheckout ? "" : `ℹ️ ${labels.sourceMoved}`,
  );
}
