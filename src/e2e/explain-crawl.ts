import type { CrawlView } from "../aws/crawlers.ts";
import { tailCrawlLog } from "../aws/logs.ts";
import { crawlerCauses } from "./causes/crawler.ts";
import { type CauseCode, knownProblem } from "./causes.ts";
import type { RunContext } from "./context.ts";
import { causeIn } from "./diagnose.ts";
import { readLog } from "./read-log.ts";
import type { Problem } from "./result.ts";

const causeByStatus: Readonly<Record<string, CauseCode>> = { CANCELLED: "crawl-cancelled" };
const defaultGroup = "/aws-glue/crawlers";

/** Why a crawl failed, with its log; never throws. */
export async function explainCrawl(crawler: string, crawl: CrawlView, context: RunContext): Promise<Problem> {
  const { logGroup: group = defaultGroup, logStream: stream = crawler, startedOn } = crawl;
  const log = await readLog(context, crawler, () =>
    tailCrawlLog(context.clients.logs, { group, stream, startedOn }, context),
  );
  const facts = {
    crawler,
    status: crawl.status,
    error: crawl.error ?? "no error message",
    log: placeOfLog(crawl) ?? defaultGroup,
  };
  return knownProblem(
    causeByStatus[crawl.status] ?? causeIn(crawlerCauses, facts.error) ?? "crawl-failed",
    facts,
    log.shown,
  );
}

/** Group and stream of a crawl's log, as they are told. */
export function placeOfLog({ logGroup, logStream }: CrawlView): string | undefined {
  return logGroup === undefined ? undefined : [logGroup, logStream].filter(Boolean).join(" ");
}
