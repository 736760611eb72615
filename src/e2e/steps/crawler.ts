import { type CrawlOptions, type CrawlView, crawl, crawlOn, stopCrawl } from "../../aws/crawlers.ts";
import { plainText } from "../../base/plain-text.ts";
import type { CrawlerStep } from "../../manifest/manifest.ts";
import { type CauseCode, knownProblem } from "../causes.ts";
import { afterwards, endedBy, type Outcome, paceOf, type StepRun } from "../context.ts";
import { type CrawlerDetails, momentOf, type Problem } from "../result.ts";

const causeByStatus: Readonly<Record<string, CauseCode>> = { CANCELLED: "crawl-cancelled" };

/** Runs a crawler and judges the crawl that this step started, in this attempt of the workflow run or an earlier one. */
export async function crawlerStep(step: CrawlerStep, run: StepRun): Promise<Outcome<CrawlerDetails>> {
  let started = false;
  const options: CrawlOptions = {
    glue: run.clients.glue,
    crawler: step.crawler,
    timeout: run.limit,
    clock: run.clock,
    signal: run.signal,
    ...paceOf(run),
    onState: (state) => run.report(state),
    beforeStart: (last) => run.note({ kind: "crawler", lastBefore: last === null ? null : momentOf(last) }),
    onStarted: () => {
      started = true;
    },
  };
  try {
    const done = (await goOn(options, run)) ?? (await crawl(options));
    const problems = done.status === "SUCCEEDED" ? [] : [crawlProblem(step, done)];
    return {
      details: detailsOf(step, done),
      state: problems.length === 0 ? "passed" : "failed",
      problems,
    };
  } catch (thrown) {
    const ended = endedBy<CrawlerDetails>(thrown, { crawler: step.crawler }, run);
    const stopped = started ? await afterwards(() => stopCrawl(run.clients.glue, step.crawler)) : [];
    return { ...ended, problems: [...ended.problems, ...stopped] };
  }
}

async function goOn(options: CrawlOptions, run: StepRun): Promise<CrawlView | undefined> {
  if (run.earlier?.kind !== "crawler") return undefined;
  const { lastBefore } = run.earlier;
  return crawlOn(options, lastBefore === null ? undefined : new Date(lastBefore));
}

function crawlProblem(step: CrawlerStep, done: CrawlView): Problem {
  return knownProblem(causeByStatus[done.status] ?? "crawl-failed", {
    crawler: step.crawler,
    status: done.status,
    error: done.error ?? "no error message",
    log: logOf(done) ?? "/aws-glue/crawlers",
  });
}

function detailsOf(step: CrawlerStep, done: CrawlView): CrawlerDetails {
  const log = logOf(done);
  return {
    crawler: step.crawler,
    status: done.status,
    ...(done.startedOn === undefined ? {} : { crawlStartedAt: momentOf(done.startedOn) }),
    ...(done.error === undefined ? {} : { error: plainText(done.error) }),
    ...(log === undefined ? {} : { log }),
  };
}

function logOf({ logGroup, logStream }: CrawlView): string | undefined {
  return logGroup === undefined ? undefined : [logGroup, logStream].filter(Boolean).join(" ");
}
