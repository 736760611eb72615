/** How long the sandbox's Glue takes between one thing and the next, in milliseconds; the `timing` verb changes it. */
export interface Timing {
  /** From a run's final state until its concurrency slot is free. */
  slotReleaseMs: number;
  /** From a failed run until its automatic retry appears. */
  retryDelayMs: number;
  /** How long a crawler still reads READY after StartCrawler. */
  crawlStartMs: number;
  /** How long a crawler reads STOPPING at the end of a crawl. */
  crawlStopMs: number;
  /** The length of a minute of a job's Timeout. */
  minuteMs: number;
}

export function defaultTiming(): Timing {
  return { slotReleaseMs: 300, retryDelayMs: 300, crawlStartMs: 300, crawlStopMs: 100, minuteMs: 60_000 };
}
