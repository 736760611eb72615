import { formatDuration } from "../base/duration.ts";
import type { E2eResult, RunDetails, StepResult } from "../e2e/result.ts";
import { crawlText } from "./crawl-text.ts";
import { phaseHeading } from "./e2e-markdown-clean.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, prose, table } from "./markdown-text.ts";
import { formatBytes, formatMoment, formatNumber, formatTime } from "./units.ts";

type Row = readonly [label: string, value: string | undefined];

/** Phase 2: a table per step with times, states, run ids and the script's version. */
export function runSection(result: E2eResult, words: E2eWords, language: string): string {
  const steps = result.steps.filter(({ kind, state }) => kind !== "query" && state !== "not-selected");
  if (steps.length === 0) return "";
  const sections = steps.map((step, index) =>
    blocks(
      `### 2.${index + 1} ${code(step.key)} (${words.kinds[step.kind]}) – ${words.states[step.state]}`,
      stepTable(step, words, language),
      attemptsTable(step, words, language),
    ),
  );
  return blocks(phaseHeading(result, words, "run"), ...sections);
}

function stepTable(step: StepResult, words: E2eWords, language: string): string {
  const { labels } = words;
  const rows: readonly Row[] = [
    ...detailRows(step, words, language),
    [labels.started, step.startedAt && formatMoment(step.startedAt)],
    [labels.ended, step.endedAt && formatMoment(step.endedAt)],
    [labels.duration, step.milliseconds === undefined ? undefined : formatDuration(step.milliseconds)],
    [labels.pickedUp, step.pickedUp && "✅"],
    [labels.blockedBy, step.blockedBy.map((key) => code(key)).join(", ")],
  ];
  const filled = rows.flatMap(([label, value]) => (value ? [[label, value]] : []));
  return filled.length === 0 ? labels.notReached : table([labels.field, labels.value], filled);
}

function detailRows(step: StepResult, words: E2eWords, language: string): readonly Row[] {
  const { labels } = words;
  if (step.details === undefined) return [];
  switch (step.kind) {
    case "upload": {
      const { file, object } = step.details;
      return [
        [labels.file, code(file)],
        [labels.object, code(object.uri)],
        [labels.size, formatBytes(object.bytes, language)],
      ];
    }
    case "expect": {
      const { uri, since, found, appeared = [] } = step.details;
      return [
        [labels.awaited, code(uri)],
        [labels.since, formatMoment(since)],
        [labels.found, found && `${code(found.uri)} (${formatBytes(found.bytes, language)})`],
        [labels.appeared, appeared.map((object) => code(object.uri)).join(", ")],
      ];
    }
    case "crawler": {
      const { crawler, status, crawlStartedAt, error, log, changes } = step.details;
      return [
        [labels.crawler, code(crawler)],
        [labels.state, status && code(status)],
        [labels.crawlStarted, crawlStartedAt && formatMoment(crawlStartedAt)],
        [labels.error, error && prose(error)],
        [labels.crawled, changes && prose(crawlText(changes, words))],
        [labels.log, log && code(log)],
      ];
    }
    case "run":
      return runRows(step.details, words);
    case "query":
      return [];
  }
}

function runRows({ job, script }: RunDetails, { labels }: E2eWords): readonly Row[] {
  return [
    [labels.job, code(job)],
    [labels.script, script && code(script.location)],
    [labels.scriptHash, script?.hash && code(script.hash)],
    [labels.scriptRelease, script?.release && code(script.release)],
  ];
}

function attemptsTable(step: StepResult, words: E2eWords, language: string): string {
  if (step.kind !== "run") return "";
  const { labels } = words;
  return table(
    [
      labels.attempt,
      labels.runId,
      labels.state,
      labels.started,
      labels.ended,
      labels.execution,
      labels.dpuSeconds,
      labels.error,
    ],
    (step.details?.attempts ?? []).map((attempt, index) => [
      String(index + 1),
      code(attempt.id),
      code(attempt.state),
      formatTime(attempt.startedAt),
      formatTime(attempt.endedAt),
      formatDuration(attempt.executionSeconds * 1_000),
      attempt.dpuSeconds === undefined ? "–" : formatNumber(attempt.dpuSeconds, language),
      attempt.error === undefined ? "" : code(attempt.error, 300),
    ]),
  );
}
