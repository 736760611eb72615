import type { Caller } from "../caller.ts";
import type { PlannedCrawl, PlannedRun } from "../control/plans.ts";
import type { CrawlerRecord } from "../crawlers/crawler-record.ts";
import type { RunRecord } from "../job-runs/run-record.ts";
import type { JobRecord } from "../jobs/job-record.ts";
import type { BookmarkRecord } from "./bookmark-record.ts";

/** Everything one account has in one region. */
export interface AccountState {
  readonly accountId: string;
  readonly region: string;
  readonly jobs: Map<string, JobRecord>;
  /** By job name, newest first. */
  readonly runs: Map<string, RunRecord[]>;
  readonly bookmarks: Map<string, BookmarkRecord>;
  readonly crawlers: Map<string, CrawlerRecord>;
  /** By ARN. */
  readonly tags: Map<string, Record<string, string>>;
  readonly plannedRuns: Map<string, PlannedRun[]>;
  readonly plannedCrawls: Map<string, PlannedCrawl[]>;
}

/** Keeps accounts apart: a caller sees its own account and region only. */
export function createAccounts(): (caller: Caller) => AccountState {
  const accounts = new Map<string, AccountState>();
  return ({ accountId, region }) => {
    const key = `${accountId}/${region}`;
    const known = accounts.get(key) ?? emptyAccount(accountId, region);
    accounts.set(key, known);
    return known;
  };
}

function emptyAccount(accountId: string, region: string): AccountState {
  return {
    accountId,
    region,
    jobs: new Map(),
    runs: new Map(),
    bookmarks: new Map(),
    crawlers: new Map(),
    tags: new Map(),
    plannedRuns: new Map(),
    plannedCrawls: new Map(),
  };
}
