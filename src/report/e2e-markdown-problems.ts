import { formatLocation } from "../base/errors.ts";
import { type CauseText, say } from "../e2e/causes.ts";
import type { E2eResult, Problem, SourceLines } from "../e2e/result.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, codeBlock, prose, table } from "./markdown-text.ts";
import { numberedSource } from "./numbered-source.ts";

/** Every problem with cause, remedy and the log lines that show it; errors first. */
export function problemsSection(result: E2eResult, words: E2eWords): string {
  const { labels } = words;
  const heading = `## 🐛 ${labels.problems}`;
  if (result.problems.length === 0) return blocks(heading, labels.noProblems);
  const ordered = result.problems.toSorted((a, b) => rank(a) - rank(b));
  return blocks(heading, ...ordered.map((problem, index) => problemBlock(problem, index + 1, words)));
}

/** Cause and remedy in the report's language, where it knows the cause; else in the problem's own words. */
export function textOf(problem: Problem, words: E2eWords): CauseText {
  const known: Readonly<Record<string, CauseText>> = words.causes ?? {};
  const text = Object.hasOwn(known, problem.code) ? known[problem.code] : undefined;
  if (text === undefined) return problem;
  return say(text, problem.facts);
}

function problemBlock(problem: Problem, number: number, words: E2eWords): string {
  const { labels } = words;
  const { message, remedy } = textOf(problem, words);
  const { location, source, excerpt = [] } = problem;
  const place = location && {
    path: location.path,
    ...(location.line === undefined ? {} : { line: location.line }),
    ...(location.key === undefined ? {} : { key: location.key }),
  };
  const rows = [
    ...(problem.step === undefined ? [] : [[labels.step, code(problem.step)]]),
    ...(place === undefined ? [] : [[labels.where, code(formatLocation(place))]]),
    [labels.cause, prose(message)],
    [labels.remedy, prose(remedy)],
  ];
  return blocks(
    `### ${number}. ${words.severities[problem.severity]} ${code(problem.code)}`,
    table([labels.field, labels.value], rows),
    source && sourceBlock(source, words),
    excerpt.length > 0
      ? `<details><summary>${labels.logLines}</summary>\n\n${codeBlock(excerpt)}\n\n</details>`
      : "",
  );
}

function sourceBlock(source: SourceLines, { labels }: E2eWords): string {
  const of = source.commit === undefined ? "" : ` (${code(source.commit.slice(0, 12))})`;
  return blocks(
    `**${labels.sourceLine}:** ${code(`${source.path}:${source.line}`)}${of}`,
    codeBlock(numberedSource(source), "python"),
    source.inCheckout ? "" : `ℹ️ ${labels.sourceMoved}`,
  );
}

function rank({ severity }: Problem): number {
  return severity === "error" ? 0 : 1;
}
