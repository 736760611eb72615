import { someOf } from "../base/some-of.ts";
import { fill } from "../e2e/causes.ts";
import type { CrawlChanges } from "../e2e/result.ts";
import type { E2eWords } from "./e2e-words.ts";

/** What a crawl did to the catalog, in one line. */
export function crawlText({ tables, partitions }: CrawlChanges, { labels }: E2eWords): string {
  const parts = [
    [labels.tablesMade, someOf(tables.made)],
    [labels.tablesChanged, someOf(tables.changed)],
    [labels.tablesDeleted, someOf(tables.deleted)],
    [labels.tablesUnchanged, someOf(tables.unchanged)],
    [labels.partitionsMade, numberOf(partitions.made)],
    [labels.partitionsChanged, numberOf(partitions.changed)],
    [labels.partitionsDeleted, numberOf(partitions.deleted)],
  ] as const;
  const said = parts.flatMap(([text, what]) => (what === "" ? [] : [fill(text, { what })]));
  return said.join("; ") || labels.crawledNothing;
}

function numberOf(count: number): string {
  return count === 0 ? "" : String(count);
}
