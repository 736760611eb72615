import { formatDuration } from "../../base/duration.ts";
import { fill } from "../../e2e/causes.ts";
import type { QueryDetails, RunDetails, StepResult } from "../../e2e/result.ts";
import { crawlText } from "../crawl-text.ts";
import type { E2eWords } from "../e2e-words.ts";
import { formatBytes, formatMoment, formatNumber, formatTime } from "../units.ts";
import { type Content, type Html, html } from "./html.ts";
import { dataTable, facts, lines } from "./parts.ts";

/** What a step of its kind has to tell. */
export function stepDetails(step: StepResult, words: E2eWords, language: string): Content {
  const { labels } = words;
  if (step.details === undefined) return undefined;
  switch (step.kind) {
    case "upload": {
      const { file, object } = step.details;
      return facts([
        [labels.file, code(file)],
        [labels.object, code(object.uri)],
        [labels.size, formatBytes(object.bytes, language)],
      ]);
    }
    case "expect": {
      const { uri, since, found, appeared = [] } = step.details;
      return facts([
        [labels.awaited, code(uri)],
        [labels.since, formatMoment(since)],
        [labels.found, found && html`${code(found.uri)} (${formatBytes(found.bytes, language)})`],
        [
          labels.appeared,
          appeared.length > 0 &&
            lines(
              step.key,
              appeared.map((object) => object.uri),
            ),
        ],
      ]);
    }
    case "crawler": {
      const { crawler, status, crawlStartedAt, error, log, changes } = step.details;
      return facts([
        [labels.crawler, code(crawler)],
        [labels.state, code(status)],
        [labels.crawlStarted, crawlStartedAt && formatMoment(crawlStartedAt)],
        [labels.error, error],
        [labels.crawled, changes && crawlText(changes, words)],
        [labels.log, code(log)],
      ]);
    }
    case "run":
      return jobRun(step.key, step.details, words, language);
    case "query":
      return query(step.key, step.details, words, language);
  }
}

function jobRun(key: string, { job, script, attempts }: RunDetails, words: E2eWords, language: string): Html {
  const { labels } = words;
  const head = [
    labels.attempt,
    labels.state,
    labels.started,
    labels.ended,
    labels.execution,
    labels.dpuSeconds,
    labels.error,
  ];
  const rows = attempts.map((attempt, index) => [
    html`${index + 1}. ${code(attempt.id)}`,
    code(attempt.state),
    formatTime(attempt.startedAt),
    formatTime(attempt.endedAt),
    formatDuration(attempt.executionSeconds * 1_000),
    attempt.dpuSeconds === undefined ? "–" : formatNumber(attempt.dpuSeconds, language),
    attempt.error,
  ]);
  return html`${facts([
    [labels.job, code(job)],
    [labels.script, code(script?.location)],
    [labels.scriptHash, code(script?.hash)],
    [labels.scriptRelease, code(script?.release)],
  ])}${dataTable(`${labels.attempts}: ${key}`, head, rows)}`;
}

function query(key: string, details: QueryDetails, words: E2eWords, language: string): Html {
  const { labels } = words;
  const { sql, columns = [], sample = [], rows, more, scannedBytes, expected, actual } = details;
  const caption = `${labels.rows}: ${key} (${fill(labels.rowsShown, { count: `${rows ?? 0}${more ? "+" : ""}` })})`;
  const cells = sample.map((row) => row.map((cell) => cell ?? html`<em>NULL</em>`));
  return html`${facts([
    [labels.expected, expected.join("; ")],
    [labels.result, actual.join("; ")],
    [labels.rows, rows === undefined ? undefined : `${formatNumber(rows, language)}${more ? "+" : ""}`],
    [labels.scanned, scannedBytes === undefined ? undefined : formatBytes(scannedBytes, language)],
  ])}${lines(`SQL: ${key}`, [sql.trim()])}${dataTable(caption, columns, cells, { visible: true })}`;
}

function code(text: string | undefined): Content {
  return text === undefined || text === "" ? undefined : html`<code>${text}</code>`;
}
