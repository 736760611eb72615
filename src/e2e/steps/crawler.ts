import { type CrawlOptions, type CrawlView, crawl, crawlOn, stopCrawl } from "../../aws/crawlers.ts";
import { plainText } from "../../base/plain-text.ts";
import type { CrawlerStep } from "../../manifest/manifest.ts";
import { stopStarted } from "../aftermath.ts";
import { endedBy, explaining, type Outcome, paceOf, type StepRun } from "../context.ts";
import { crawlEffects } from "../crawl-effects.ts";
import { explainCrawl, placeOfLog } from "../explain-crawl.ts";
import { type CrawlerDetails, momentOf, type Problem } from "../result.ts";

/** Runs a crawler and judges the crawl that this step started, in this attempt of the workflow run or an earlier one. */
export async function crawlerStep(step: CrawlerStep, run: StepRun): Promise<Outcome<CrawlerDetails>> {
  let started = false;
  const options: CrawlOptions = {
    glue: run.clients.glue,
    glueOnce: run.clients.glueOnce,
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
    if (done.status !== "SUCCEEDED") {
      const problem = await explaining(run, (unhurried) => explainCrawl(step.crawler, done, unhurried));
      return { details: detailsOf(step, done), state: "failed", problems: [problem] };
    }
    started = false;
    const { changes, problems } = await crawlEffects(step, done, run);
    const isFailed = problems.some(({ severity }) => severity === "error");
    const details = { ...detailsOf(step, done), ...(changes === undefined ? {} : { changes }) };
    return { details, state: isFailed ? "failed" : "passed", problems };
  } catch (thrown) {
    const ended = endedBy<CrawlerDetails>(thrown, { crawler: step.crawler }, run);
    const stopped = started ? await stopOwnCrawl(step.crawler, run) : [];
    return { ...ended, problems: [...ended.problems, ...stopped] };
  }
}

function stopOwnCrawl(crawler: string, run: StepRun): Promise<readonly Problem[]> {
  const left = { what: `the crawl of ${crawler}`, command: `aws glue stop-crawler --name ${crawler}` };
  return stopStarted(run, left, (signal) => stopCrawl(run.clients.glue, crawler, signal));
}

async function goOn(options: CrawlOptions, run: StepRun): Promise<CrawlView | undefined> {
  if (run.earlier?.kind !== "crawler") return undefined;
  const { lastBefore } = run.earlier;
  return crawlOn(options, lastBefore === null ? undefined : new Date(lastBefore));
}

function detailsOf(step: CrawlerStep, done: CrawlView): CrawlerDetails {
  const log = placeOfLog(done);
  return {
    crawler: step.crawler,
    status: done.status,
    ...(done.startedOn === undefined ? {} : { crawlStartedAt: momentOf(done.startedOn) }),
    ...(done.error === undefined ? {} : { error: plainText(done.error) }),
    ...(log === undefined ? {} : { log }),
  };
}
