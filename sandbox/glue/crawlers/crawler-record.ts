import type { CreateCrawlerRequest, LastCrawlStatus } from "@aws-sdk/client-glue";
import type { Caller } from "../caller.ts";

export type CrawlerDefinition = Omit<CreateCrawlerRequest, "Tags" | "Schedule">;

/** What a crawl did to the catalog, by kind. */
export interface CatalogChanges {
  readonly tables: Readonly<Record<"ADD" | "UPDATE" | "DELETE", readonly string[]>>;
  readonly partitions: Readonly<Record<"ADD" | "UPDATE" | "DELETE", readonly string[]>>;
}

/** One crawl of a crawler's history; times in milliseconds. */
export interface CrawlRecord {
  readonly id: string;
  state: "RUNNING" | "COMPLETED" | "FAILED" | "STOPPED";
  readonly startedAt: number;
  endedAt: number | undefined;
  errorMessage: string | undefined;
  changes: CatalogChanges | undefined;
}

/** A crawler as the sandbox keeps it. */
export interface CrawlerRecord {
  readonly name: string;
  readonly caller: Caller;
  definition: CrawlerDefinition;
  schedule: { expression: string; state: "SCHEDULED" | "NOT_SCHEDULED" } | undefined;
  readonly createdAt: number;
  updatedAt: number;
  version: number;
  /** What GetCrawler shows; a start shows a moment later. */
  state: "READY" | "RUNNING" | "STOPPING";
  /** The crawl under way, shown in State or not yet. */
  active: { readonly crawl: CrawlRecord; readonly abort: AbortController } | undefined;
  /** Newest first. */
  readonly crawls: CrawlRecord[];
  lastCrawl: { readonly status: LastCrawlStatus; readonly crawl: CrawlRecord } | undefined;
}
