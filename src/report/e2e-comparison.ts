import { formatDuration } from "../base/duration.ts";
import type { Change, Comparison } from "../e2e/result.ts";
import type { E2eWords } from "./e2e-words.ts";
import { formatBytes, formatNumber } from "./units.ts";

export interface ComparedRow {
  readonly quantity: string;
  readonly before: string;
  readonly now: string;
  /** `+12 %`, or a dash where there is nothing to divide by. */
  readonly change: string;
}

type Quantities = Comparison["total"];

/** The quantities that both runs have, as a report shows them. */
export function comparedRows(quantities: Quantities, words: E2eWords, language: string): ComparedRow[] {
  const { labels } = words;
  const shown: readonly (readonly [string, Change | undefined, (value: number) => string])[] = [
    [labels.duration, quantities.milliseconds, formatDuration],
    [labels.dpuSeconds, quantities.dpuSeconds, (value) => formatNumber(value, language)],
    [labels.rows, quantities.rows, (value) => formatNumber(value, language)],
    [labels.bytes, quantities.bytes, (value) => formatBytes(value, language)],
  ];
  return shown.flatMap(([quantity, change, format]) => {
    if (change === undefined) return [];
    const { before, now } = change;
    return [{ quantity, before: format(before), now: format(now), change: percent(change, language) }];
  });
}

function percent({ before, now }: Change, language: string): string {
  if (before === now) return "=";
  if (before === 0) return "–";
  const share = new Intl.NumberFormat(language, {
    style: "percent",
    maximumFractionDigits: 0,
    signDisplay: "exceptZero",
  });
  return share.format(now / before - 1);
}
