import { fill } from "../e2e/causes.ts";
import type { E2eResult, Phase } from "../e2e/result.ts";
import type { E2eWords } from "./e2e-words.ts";
import { blocks, code, prose, table } from "./markdown-text.ts";
import { formatBytes, formatNumber } from "./units.ts";

/** `## ✅ PHASE 1: CLEANING - …`, or the plain heading of a phase that was not reached. */
export function phaseHeading(result: E2eResult, words: E2eWords, name: Phase["name"]): string {
  const state = result.phases.find((phase) => phase.name === name)?.state ?? "skipped";
  return `## ${words.phases[name]} – ${words.phaseStates[state]}`;
}

/** Phase 1: a row per location and per bookmark. */
export function cleanSection(result: E2eResult, words: E2eWords, language: string): string {
  const { labels } = words;
  const { locations, bookmarks } = result.clean;
  if (locations.length + bookmarks.length === 0) return blocks(`## ${words.phases.clean}`, labels.noClean);
  const withMarkers = locations.some(({ markers }) => markers > 0);
  const data = table(
    [labels.location, labels.objects, ...(withMarkers ? [labels.markers] : []), labels.size, labels.state],
    locations.map((location) => [
      code(location.uri),
      formatNumber(location.objects, language),
      ...(withMarkers ? [formatNumber(location.markers, language)] : []),
      formatBytes(location.bytes, language),
      withError(words.cleaned[location.state], location.error),
    ]),
  );
  const marks = table(
    [labels.job, labels.state],
    bookmarks.map(({ job, state, error }) => [code(job), withError(words.bookmarks[state], error)]),
  );
  return blocks(
    phaseHeading(result, words, "clean"),
    data &&
      blocks(`### 1.1 ${labels.cleanData}`, data, `**${labels.result}:** ${cleanedLine(result, words)}`),
    marks &&
      blocks(`### 1.2 ${labels.cleanBookmarks}`, marks, `**${labels.result}:** ${resetLine(result, words)}`),
  );
}

/** `7 of 7 locations are clean`. */
export function cleanedLine({ clean: { locations } }: E2eResult, { labels }: E2eWords): string {
  const done = locations.filter(({ state }) => state === "cleaned" || state === "empty").length;
  return fill(labels.locationsClean, { done: String(done), total: String(locations.length) });
}

/** `3 of 4 bookmarks reset, 1 without a bookmark`. */
export function resetLine({ clean: { bookmarks } }: E2eResult, { labels }: E2eWords): string {
  const count = (wanted: string): number => bookmarks.filter(({ state }) => state === wanted).length;
  const [done, none] = [count("reset"), count("none")];
  const also = none === 0 ? "" : `, ${fill(labels.withoutBookmark, { count: String(none) })}`;
  return fill(labels.bookmarksReset, { done: String(done), total: String(bookmarks.length) }) + also;
}

function withError(state: string, error: string | undefined): string {
  return error === undefined ? state : `${state}: ${prose(error, 300)}`;
}
