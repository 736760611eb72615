import { fill } from "../../e2e/causes.ts";
import type { E2eResult } from "../../e2e/result.ts";
import { comparedRows } from "../e2e-comparison.ts";
import { cleanedLine, resetLine } from "../e2e-markdown-clean.ts";
import { producedObjects } from "../e2e-markdown-status.ts";
import type { E2eWords } from "../e2e-words.ts";
import { formatBytes, formatMoment, formatNumber } from "../units.ts";
import { type Content, type Html, html } from "./html.ts";
import { chip, dataTable, link, section } from "./parts.ts";

/** What cleaning did, place by place and bookmark by bookmark. */
export function clean(result: E2eResult, words: E2eWords, language: string): Html {
  const { labels } = words;
  const { locations, bookmarks } = result.clean;
  if (locations.length + bookmarks.length === 0) {
    return section("clean", words.phases.clean, html`<p>${labels.noClean}</p>`);
  }
  const places = locations.map(({ uri, objects, markers, bytes, state, error }) => [
    html`<code>${uri}</code>`,
    formatNumber(objects, language),
    formatNumber(markers, language),
    formatBytes(bytes, language),
    html`${chip(state, words.cleaned[state])} ${error}`,
  ]);
  const marks = bookmarks.map(({ job, state, error }) => [
    html`<code>${job}</code>`,
    html`${chip(state, words.bookmarks[state])} ${error}`,
  ]);
  const head = [labels.location, labels.objects, labels.markers, labels.size, labels.state];
  return section(
    "clean",
    words.phases.clean,
    places.length > 0 &&
      html`<h3>${labels.cleanData}</h3>${dataTable(labels.cleanData, head, places)}<p>${cleanedLine(result, words)}</p>`,
    marks.length > 0 &&
      html`<h3>${labels.cleanBookmarks}</h3>${dataTable(labels.cleanBookmarks, [labels.job, labels.state], marks)}<p>${resetLine(result, words)}</p>`,
  );
}

/** Objects that the run wrote or that appeared in it. */
export function produced(result: E2eResult, words: E2eWords, language: string): Html {
  const { labels } = words;
  const rows = producedObjects(result).map(({ key, object }) => [
    key,
    html`<code>${object.uri}</code>`,
    formatBytes(object.bytes, language),
    formatMoment(object.lastModified),
  ]);
  return section(
    "produced",
    labels.produced,
    rows.length === 0
      ? html`<p>${labels.nothingProduced}</p>`
      : dataTable(labels.produced, [labels.step, labels.object, labels.size, labels.date], rows),
  );
}

/** This run beside the last green one. */
export function comparison({ comparison: compared }: E2eResult, words: E2eWords, language: string): Content {
  if (compared === undefined) return undefined;
  const { labels } = words;
  const { lastGreen, total, steps } = compared;
  if (lastGreen === undefined) {
    return section("comparison", labels.comparison, html`<p>${labels.noLastGreen}</p>`);
  }
  const row = (step: Content, each: ReturnType<typeof comparedRows>[number]): Content[] => [
    step,
    each.quantity,
    each.before,
    each.now,
    each.change,
  ];
  const rows = [
    ...comparedRows(total, words, language).map((each) => row(html`<strong>${labels.total}</strong>`, each)),
    ...steps.flatMap(({ key, ...quantities }) =>
      comparedRows(quantities, words, language).map((each) => row(key, each)),
    ),
  ];
  const [before = "", after = ""] = fill(labels.comparedWith, {
    date: formatMoment(lastGreen.startedAt),
  }).split("{run}");
  const head = [labels.step, labels.quantity, labels.lastGreen, labels.thisRun, labels.change];
  return section(
    "comparison",
    labels.comparison,
    html`<p>${before}${link(lastGreen.url, lastGreen.runId)}${after}</p>`,
    rows.length === 0 ? html`<p>${labels.nothingCompared}</p>` : dataTable(labels.comparison, head, rows),
  );
}
