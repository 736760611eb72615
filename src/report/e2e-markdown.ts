import { formatDuration } from "../base/duration.ts";
import { fill } from "../e2e/causes.ts";
import type { E2eResult } from "../e2e/result.ts";
import { type ReportLanguage, wordsOf } from "./e2e-catalogues.ts";
import { cleanSection } from "./e2e-markdown-clean.ts";
import { comparisonSection } from "./e2e-markdown-comparison.ts";
import { problemsSection } from "./e2e-markdown-problems.ts";
import { runSection } from "./e2e-markdown-run.ts";
import { notRunSection, producedSection, statusSection } from "./e2e-markdown-status.ts";
import { timelineSection } from "./e2e-markdown-timeline.ts";
import { validateSection } from "./e2e-markdown-validate.ts";
import { textOf } from "./e2e-problem-groups.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, prose } from "./markdown-text.ts";
import { formatBytes, formatMoment, formatNumber } from "./units.ts";
import { usageText } from "./usage-text.ts";

/** The report of a run as GitHub Markdown: summary, a part per phase, problems, final status, data produced, progress. */
export function renderE2eMarkdown(result: E2eResult, language: ReportLanguage = "en"): string {
  const words = wordsOf(language);
  const { labels } = words;
  const progress = fill(labels.progressLine, numbers(result.progress));
  const parts = [
    blocks(head(result, words, language), summary(result, words)),
    timelineSection(result, words),
    cleanSection(result, words, language),
    runSection(result, words, language),
    validateSection(result, words, language),
    notRunSection(result, words),
    problemsSection(result, words),
    statusSection(result, words),
    producedSection(result, words, language),
    comparisonSection(result, words, language),
    `**${labels.progress}:** ${progress}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n---\n\n")}\n`;
}

function head(result: E2eResult, words: E2eWords, language: string): string {
  const { labels } = words;
  const { run, environment } = result;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [labels.date, formatMoment(result.startedAt)],
    [labels.by, run.actor && prose(run.actor)],
    [labels.environment, `${prose(environment.name)} (${environment.region})`],
    [labels.commit, run.commit && code(run.commit)],
    [labels.release, result.expectedRelease && code(result.expectedRelease)],
    [labels.run, run.url && /^https:\/\/[^\s<>()]+$/.test(run.url) ? `<${run.url}>` : code(run.runId)],
    [labels.duration, formatDuration(result.milliseconds)],
    [labels.dpuSeconds, usageText(result.usage.dpuSeconds, (value) => formatNumber(value, language), words)],
    [labels.scanned, usageText(result.usage.scannedBytes, (value) => formatBytes(value, language), words)],
    [labels.status, words.results[result.result]],
  ];
  const lines = rows.flatMap(([label, value]) => (value ? [`**${label}:** ${value}`] : []));
  return blocks(
    `# 🧪 ${fill(words.title, { pipeline: prose(result.pipeline) })}`,
    // two spaces at a line's end are Markdown's line break
    lines.join("  \n"),
  );
}

function summary(result: E2eResult, words: E2eWords): string {
  const { labels } = words;
  const error = result.problems.find(({ severity }) => severity === "error");
  const cause = error && textOf(error, words);
  return blocks(
    `## 📊 ${labels.summary}`,
    summaryText(result, words, code),
    cause && `**${labels.cause}:** ${prose(cause.message)}  \n**${labels.remedy}:** ${prose(cause.remedy)}`,
  );
}

/** What came of the run, in a sentence or two. */
export function summaryText(result: E2eResult, { labels }: E2eWords, show: (key: string) => string): string {
  const facts = { ...numbers(result.progress), step: result.failedStep ? show(result.failedStep) : "" };
  const text =
    result.result === "passed"
      ? labels.summaryPassed
      : result.failedStep === undefined
        ? labels.summaryClean
        : labels.summaryStopped;
  const blocked = result.steps.filter(({ blockedBy }) => blockedBy.length > 0).length;
  const also = blocked > 0 ? fill(labels.summaryBlocked, { count: String(blocked) }) : "";
  return `${fill(text, facts)} ${also}`.trim();
}

function numbers(progress: E2eResult["progress"]): Record<string, string> {
  return Object.fromEntries(Object.entries(progress).map(([name, value]) => [name, String(value)]));
}
