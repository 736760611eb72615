import type { CrawlsFilter, ListCrawlsRequest } from "@aws-sdk/client-glue";
import type { Members } from "../model/parse-input.ts";
import type { CallContext } from "../operation.ts";
import { paginate } from "../state/paging.ts";
import type { CrawlRecord } from "./crawler-record.ts";
import { findCrawler } from "./find-crawler.ts";
import { dpuHours, viewCrawl } from "./view-crawler.ts";

const DEFAULT_PAGE = 20;

/** The values that a filter's field stands for; times are epoch milliseconds (botocore shape CrawlsFilter). */
const FIELDS: Readonly<Record<string, (crawl: CrawlRecord) => string | number | undefined>> = {
  CRAWL_ID: (crawl) => crawl.id,
  STATE: (crawl) => crawl.state,
  START_TIME: (crawl) => crawl.startedAt,
  END_TIME: (crawl) => crawl.endedAt,
  DPU_HOUR: dpuHours,
};

const OPERATORS: Readonly<Record<string, (left: string | number, right: string | number) => boolean>> = {
  EQ: (left, right) => left === right,
  NE: (left, right) => left !== right,
  GT: (left, right) => left > right,
  GE: (left, right) => left >= right,
  LT: (left, right) => left < right,
  LE: (left, right) => left <= right,
};

/** A crawler's history, newest first. */
export function listCrawls({ account }: CallContext, input: ListCrawlsRequest): Members {
  const crawler = findCrawler(account, input.CrawlerName);
  const crawls = crawler.crawls.filter((crawl) =>
    (input.Filters ?? []).every((filter) => matches(crawl, filter)),
  );
  const page = paginate(crawls, input.NextToken, input.MaxResults ?? DEFAULT_PAGE);
  return { Crawls: page.items.map((crawl) => viewCrawl(crawler.name, crawl)), NextToken: page.nextToken };
}

function matches(crawl: CrawlRecord, filter: CrawlsFilter): boolean {
  const actual = FIELDS[filter.FieldName ?? ""]?.(crawl);
  const wanted = typeof actual === "number" ? Number(filter.FieldValue) : (filter.FieldValue ?? "");
  return actual !== undefined && (OPERATORS[filter.FilterOperator ?? ""]?.(actual, wanted) ?? false);
}
