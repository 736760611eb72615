import { fill } from "../e2e/causes.ts";
import type { E2eResult } from "../e2e/result.ts";
import { comparedRows } from "./e2e-comparison.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, table } from "./markdown-text.ts";
import { formatMoment } from "./units.ts";

/** This run beside the last green one, in sum and step by step. */
export function comparisonSection(result: E2eResult, words: E2eWords, language: string): string {
  const { comparison } = result;
  if (comparison === undefined) return "";
  const { labels } = words;
  const heading = `## 📈 ${labels.comparison}`;
  const { lastGreen, total, steps } = comparison;
  if (lastGreen === undefined) return blocks(heading, labels.noLastGreen);
  const compared = [
    ...comparedRows(total, words, language).map((row) => [`**${labels.total}**`, row] as const),
    ...steps.flatMap(({ key, ...quantities }) =>
      comparedRows(quantities, words, language).map((row) => [code(key), row] as const),
    ),
  ];
  const rows = compared.map(([step, { quantity, before, now, change }]) => [
    step,
    quantity,
    before,
    now,
    change,
  ]);
  return blocks(
    heading,
    fill(labels.comparedWith, { run: code(lastGreen.runId), date: formatMoment(lastGreen.startedAt) }),
    table([labels.step, labels.quantity, labels.lastGreen, labels.thisRun, labels.change], rows) ||
      labels.nothingCompared,
  );
}
