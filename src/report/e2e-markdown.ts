import { formatDuration } from "../base/duration.ts";
import { fill } from "../e2e/causes.ts";
import type { E2eResult } from "../e2e/result.ts";
import { type ReportLanguage, wordsOf } from "./e2e-catalogues.ts";
import { cleanSection } from "./e2e-markdown-clean.ts";
import { problemsSection } from "./e2e-markdown-problems.ts";
import { runSection } from "./e2e-markdown-run.ts";
import { producedSection, statusSection } from "./e2e-markdown-status.ts";
import { validateSection } from "./e2e-markdown-validate.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, prose } from "./markdown-text.ts";
import { formatMoment } from "./units.ts";

/** The report of a run as GitHub Markdown: summary, a part per phase, problems, final status, data produced, progress. */
export function renderE2eMarkdown(result: E2eResult, language: ReportLanguage = "en"): string {
  const words = wordsOf(language);
  const { labels } = words;
  const progress = fill(labels.progressLine, numbers(result.progress));
  const parts = [
    blocks(head(result, words), summary(result, words)),
    cleanSection(result, words, language),
    runSection(result, words, language),
    validateSection(result, words, language),
    problemsSection(result, words),
    statusSection(result, words),
    producedSection(result, words, language),
    `**${labels.progress}:** ${progress}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n---\n\n")}\n`;
}

function head(result: E2eResult, words: E2eWords): string {
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
  const facts = { ...numbers(result.progress), step: result.failedStep ? code(result.failedStep) : "" };
  const text =
    result.result === "passed"
      ? labels.summaryPassed
      : result.failedStep === undefined
        ? labels.summaryClean
        : labels.summaryStopped;
  const blocked = result.steps.filter(({ blockedBy }) => blockedBy.length > 0).length;
  const also = blocked > 0 ? fill(labels.summaryBlocked, { count: String(blocked) }) : "";
  return blocks(`## 📊 ${labels.summary}`, `${fill(text, facts)} ${also}`.trim());
}

function numbers(progress: E2eResult["progress"]): Record<string, string> {
  return Object.fromEntries(Object.entries(progress).map(([name, value]) => [name, String(value)]));
}
