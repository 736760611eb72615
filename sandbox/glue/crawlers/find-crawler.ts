import { notFound } from "../fault.ts";
import type { AccountState } from "../state/account.ts";
import type { CrawlerRecord } from "./crawler-record.ts";

/** @throws GlueFault EntityNotFoundException */
export function findCrawler(account: AccountState, name: string | undefined): CrawlerRecord {
  const crawler = account.crawlers.get(name ?? "");
  if (!crawler) throw notFound(`Crawler entry with name ${name} does not exist`);
  return crawler;
}
