import { describe, expect, it } from "vitest";
import { crawlerStep } from "../../../src/e2e/steps/crawler.ts";
import { refused } from "../../aws/scripted.ts";
import { scriptedRun, stepBase } from "../scripted-run.ts";

describe("a crawler step", () => {
  const step = { ...stepBase, kind: "crawler", crawler: "c" } as const;
  const at = (seconds: number, more: object = {}) => ({
    Crawler: { State: "READY", LastCrawl: { StartTime: seconds, ...more } },
  });

  it("tells the crawl's status, error and log", async () => {
    const run = await scriptedRun({
      GetCrawler: [
        { Crawler: { State: "READY" } },
        at(5, { Status: "FAILED", ErrorMessage: "no access", LogGroup: "/g", LogStream: "s" }),
      ],
      StartCrawler: [{}],
      FilterLogEvents: [{ events: [{ message: "ERROR: no access", logStreamName: "s" }] }],
    });
    const outcome = await crawlerStep(step, run);
    expect(outcome).toMatchObject({
      state: "failed",
      details: {
        crawler: "c",
        status: "FAILED",
        crawlStartedAt: "1970-01-01T00:00:05.000Z",
        error: "no access",
        log: "/g s",
      },
      problems: [{ code: "crawl-failed", log: ["ERROR: no access"] }],
    });
    expect(run.notes).toEqual([{ kind: "crawler", lastBefore: null }]);
  });

  it("knows a crawl that somebody cancelled, whose log says nothing", async () => {
    const run = await scriptedRun({
      GetCrawler: [at(1), at(5, { Status: "CANCELLED" })],
      StartCrawler: [{}],
      FilterLogEvents: [refused("ResourceNotFoundException")],
    });
    expect(await crawlerStep(step, run)).toMatchObject({
      state: "failed",
      details: { status: "CANCELLED" },
      problems: [{ code: "crawl-cancelled", facts: { log: "/aws-glue/crawlers" } }],
    });
    expect(run.notes).toEqual([{ kind: "crawler", lastBefore: "1970-01-01T00:00:01.000Z" }]);
  });

  it("stops its crawl when its time is up, but none that it didn't start", async () => {
    const running = { Crawler: { State: "RUNNING" } };
    const mine = await scriptedRun({ GetCrawler: [at(1), running], StartCrawler: [{}], StopCrawler: [{}] });
    expect((await crawlerStep(step, mine)).state).toBe("timed-out");
    expect(mine.seen.at(-1)).toBe("StopCrawler");
    const others = await scriptedRun({ GetCrawler: [running] });
    expect((await crawlerStep(step, others)).state).toBe("timed-out");
    expect(others.seen).not.toContain("StopCrawler");
  });

  it.each([
    ["with one before it", "1970-01-01T00:00:01.000Z"],
    ["that was its first", null],
  ])("goes on with the crawl that an earlier attempt started, %s", async (_, lastBefore) => {
    const run = await scriptedRun(
      { GetCrawler: [at(5, { Status: "SUCCEEDED" })] },
      { earlier: { kind: "crawler", lastBefore } },
    );
    expect(await crawlerStep(step, run)).toMatchObject({ state: "passed", details: { status: "SUCCEEDED" } });
    expect(run.seen).not.toContain("StartCrawler");
  });
});
