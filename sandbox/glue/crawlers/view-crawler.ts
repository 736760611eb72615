import type { Members } from "../model/parse-input.ts";
import { epochSeconds } from "../state/clock.ts";
import type { CatalogChanges, CrawlerRecord, CrawlRecord } from "./crawler-record.ts";

const LOG_GROUP = "/aws-glue/crawlers";

/** The Crawler structure as GetCrawler answers it. */
export function viewCrawler(crawler: CrawlerRecord, now: number): Members {
  return {
    ...crawler.definition,
    Name: crawler.name,
    State: crawler.state,
    Schedule: crawler.schedule && {
      ScheduleExpression: crawler.schedule.expression,
      State: crawler.schedule.state,
    },
    CrawlElapsedTime: crawler.state === "READY" ? 0 : elapsed(crawler.active?.crawl, now),
    CreationTime: epochSeconds(crawler.createdAt),
    LastUpdated: epochSeconds(crawler.updatedAt),
    LastCrawl: crawler.lastCrawl && {
      Status: crawler.lastCrawl.status,
      ErrorMessage: crawler.lastCrawl.crawl.errorMessage,
      ...logPlace(crawler.name, crawler.lastCrawl.crawl),
      StartTime: epochSeconds(crawler.lastCrawl.crawl.startedAt),
    },
    Version: crawler.version,
  };
}

/** The CrawlerHistory structure of ListCrawls. */
export function viewCrawl(crawlerName: string, crawl: CrawlRecord): Members {
  return {
    CrawlId: crawl.id,
    State: crawl.state,
    StartTime: epochSeconds(crawl.startedAt),
    EndTime: crawl.endedAt === undefined ? undefined : epochSeconds(crawl.endedAt),
    Summary: crawl.changes && summary(crawl.changes),
    ErrorMessage: crawl.errorMessage,
    ...logPlace(crawlerName, crawl),
    DPUHour: dpuHours(crawl),
  };
}

/** A crawler's counts are over all its crawls (botocore shape CrawlerMetrics). */
export function viewMetrics(crawler: CrawlerRecord): Members {
  const ended = crawler.crawls.filter((crawl) => crawl.endedAt !== undefined);
  const seconds = ended.map((crawl) => elapsed(crawl, 0) / 1000);
  const count = (kind: "ADD" | "UPDATE" | "DELETE") =>
    ended.reduce((sum, crawl) => sum + (crawl.changes?.tables[kind].length ?? 0), 0);
  return {
    CrawlerName: crawler.name,
    TimeLeftSeconds: 0,
    StillEstimating: crawler.active !== undefined,
    LastRuntimeSeconds: seconds[0] ?? 0,
    MedianRuntimeSeconds: seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? 0,
    TablesCreated: count("ADD"),
    TablesUpdated: count("UPDATE"),
    TablesDeleted: count("DELETE"),
  };
}

/** A crawl's lines: the stream has the crawler's name, each message starts with the crawl's id. */
export function logPlace(crawlerName: string, crawl: CrawlRecord) {
  return { LogGroup: LOG_GROUP, LogStream: crawlerName, MessagePrefix: crawl.id };
}

/** Two DPUs, as a crawler has by default. */
export function dpuHours(crawl: CrawlRecord): number | undefined {
  return crawl.endedAt === undefined ? undefined : (2 * elapsed(crawl, 0)) / 3_600_000;
}

function elapsed(crawl: CrawlRecord | undefined, now: number): number {
  return crawl ? (crawl.endedAt ?? now) - crawl.startedAt : 0;
}

/** JSON in JSON: one text per kind of entity, only what changed. */
function summary({ tables, partitions }: CatalogChanges): string {
  const kinds = { TABLE: tables, PARTITION: partitions };
  const texts = Object.entries(kinds).flatMap(([kind, changes]) => {
    const counted = Object.entries(changes)
      .filter(([, names]) => names.length > 0)
      .map(([change, names]) => [change, { Details: { names }, Count: names.length }]);
    return counted.length > 0 ? [[kind, JSON.stringify(Object.fromEntries(counted))]] : [];
  });
  return JSON.stringify(Object.fromEntries(texts));
}
