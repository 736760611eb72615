import { randomUUID } from "node:crypto";
import type { LastCrawlStatus } from "@aws-sdk/client-glue";
import { createLogWriter, type LogWriter } from "../process/log-writer.ts";
import type { AccountState } from "../state/account.ts";
import { delay } from "../state/delay.ts";
import type { World } from "../world.ts";
import type { CatalogChanges, CrawlerRecord, CrawlRecord } from "./crawler-record.ts";
import { inferSchema } from "./infer-schema.ts";
import { updateCatalog } from "./update-catalog.ts";
import { logPlace } from "./view-crawler.ts";

/** Takes crawls from start to end: READY for a moment, RUNNING, STOPPING, READY with a LastCrawl. */
export interface CrawlEngine {
  start(account: AccountState, crawler: CrawlerRecord): void;
  /** The crawl under way ends as CANCELLED. */
  stop(crawler: CrawlerRecord): void;
  /** Stops all crawls and waits for them. */
  close(): Promise<void>;
}

export function createCrawlEngine(world: World): CrawlEngine {
  const active = new Map<CrawlerRecord, Promise<void>>();
  const stop = (crawler: CrawlerRecord) => {
    if (crawler.state === "RUNNING") crawler.state = "STOPPING";
    crawler.active?.abort.abort();
  };
  return {
    start(account, crawler) {
      const crawl = newCrawl(world);
      const abort = new AbortController();
      crawler.active = { crawl, abort };
      crawler.crawls.unshift(crawl);
      const driven = drive(world, account, crawler, crawl, abort.signal).finally(() =>
        active.delete(crawler),
      );
      active.set(crawler, driven);
    },
    stop,
    async close() {
      for (const crawler of active.keys()) stop(crawler);
      await Promise.all(active.values());
    },
  };
}

interface CrawlEnd {
  readonly status: LastCrawlStatus;
  readonly errorMessage?: string | undefined;
  readonly changes?: CatalogChanges;
}

const HISTORY_STATE = { SUCCEEDED: "COMPLETED", FAILED: "FAILED", CANCELLED: "STOPPED" } as const;

function newCrawl(world: World): CrawlRecord {
  return {
    id: randomUUID(),
    state: "RUNNING",
    startedAt: world.clock.stamp(),
    endedAt: undefined,
    errorMessage: undefined,
    changes: undefined,
  };
}

async function drive(
  world: World,
  account: AccountState,
  crawler: CrawlerRecord,
  crawl: CrawlRecord,
  signal: AbortSignal,
): Promise<void> {
  await delay(world.timing.crawlStartMs, signal);
  if (!signal.aborted) crawler.state = "RUNNING";
  const logs = createLogWriter(world.upstream(crawler.caller).logs, world.clock.now);
  const end = await crawlOnce(world, account, crawler, crawl, signal, logs);
  await logs.close();
  crawler.state = "STOPPING";
  await delay(world.timing.crawlStopMs, signal);
  crawl.endedAt = world.clock.stamp();
  crawl.state = HISTORY_STATE[end.status];
  crawl.errorMessage = end.errorMessage;
  crawl.changes = end.changes;
  crawler.lastCrawl = { status: end.status, crawl };
  crawler.active = undefined;
  crawler.state = "READY";
}

async function crawlOnce(
  world: World,
  account: AccountState,
  crawler: CrawlerRecord,
  crawl: CrawlRecord,
  signal: AbortSignal,
  logs: LogWriter,
): Promise<CrawlEnd> {
  const plan = account.plannedCrawls.get(crawler.name)?.shift();
  if (plan) {
    await delay(plan.seconds * 1000, signal);
    return signal.aborted
      ? { status: "CANCELLED" }
      : { status: plan.status, errorMessage: plan.errorMessage };
  }
  const { LogGroup: group, LogStream: stream } = logPlace(crawler.name, crawl);
  const log = (line: string) => logs.write({ group, stream }, `[${crawl.id}] ${line}`);
  try {
    log(`BENCHMARK : Running Start Crawl for Crawler ${crawler.name}`);
    const { tables, messages } = await inferSchema(world, crawler, crawl.id, signal);
    for (const message of messages) log(`INFO : ${message}`);
    const { catalog } = world.upstream(crawler.caller);
    const changes = await updateCatalog(
      { catalog, crawler, crawlId: crawl.id, log, now: world.clock.now },
      tables,
    );
    log("BENCHMARK : Crawler has finished running and is in state READY");
    return { status: "SUCCEEDED", changes };
  } catch (error) {
    if (signal.aborted) return { status: "CANCELLED" };
    const errorMessage = error instanceof Error ? error.message : String(error);
    log(`ERROR : ${errorMessage}`);
    return { status: "FAILED", errorMessage };
  }
}
