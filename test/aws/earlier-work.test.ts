import { describe, expect, it } from "vitest";
import type { AwsClients } from "../../src/aws/clients.ts";
import { crawl, crawlOn } from "../../src/aws/crawlers.ts";
import { isUsable } from "../../src/aws/follow-run.ts";
import { findStarted, startRun } from "../../src/aws/start-run.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { refused, scriptedAws } from "./scripted.ts";
import { quickPace } from "./support.ts";

const patience = () => ({ clock: fakeClock(), signal: new AbortController().signal });
const denied = refused("AccessDeniedException");

describe("a crawler", () => {
  const options = ({ glue, glueOnce }: Pick<AwsClients, "glue" | "glueOnce">, more: object = {}) => ({
    ...patience(),
    glue,
    glueOnce,
    crawler: "c",
    timeout: 60_000,
    pace: quickPace,
    onState: () => undefined,
    onStarted: () => undefined,
    ...more,
  });
  const crawlAt = (seconds: number, status = "SUCCEEDED") => ({
    Crawler: { State: "READY", LastCrawl: { StartTime: seconds, Status: status } },
  });

  it("that isn't there is named", async () => {
    const aws = await scriptedAws({ GetCrawler: [refused("EntityNotFoundException")] });
    await expect(crawl(options(aws))).rejects.toMatchObject({ code: "crawler-missing" });
  });

  it("that somebody else has started is waited for and started again", async () => {
    const aws = await scriptedAws({
      GetCrawler: [crawlAt(1), crawlAt(1), crawlAt(2)],
      StartCrawler: [refused("CrawlerRunningException"), {}],
    });
    const states: string[] = [];
    expect(await crawl(options(aws, { onState: (state: string) => states.push(state) }))).toMatchObject({
      status: "SUCCEEDED",
    });
    expect(states).toContain("RUNNING (started by somebody else)");
    expect(aws.seen.filter((name) => name === "StartCrawler")).toHaveLength(2);
  });

  it("that may not be started is an error", async () => {
    const aws = await scriptedAws({ GetCrawler: [crawlAt(1)], StartCrawler: [denied] });
    await expect(crawl(options(aws))).rejects.toMatchObject({ code: "aws-access-denied" });
  });

  it.each([
    ["has succeeded since is done", crawlAt(9), "SUCCEEDED", 0],
    ["has failed since is to be started anew by its step", crawlAt(9, "FAILED"), undefined, 0],
  ])("whose earlier crawl %s", async (_, answer, status, starts) => {
    const aws = await scriptedAws({ GetCrawler: [answer] });
    expect((await crawlOn(options(aws), new Date(1_000)))?.status).toBe(status);
    expect(aws.seen.filter((name) => name === "StartCrawler")).toHaveLength(starts);
  });

  it("that never began is started", async () => {
    const aws = await scriptedAws({
      GetCrawler: [{ Crawler: { State: "READY" } }, crawlAt(9)],
      StartCrawler: [{}],
    });
    expect(await crawlOn(options(aws), undefined)).toMatchObject({ status: "SUCCEEDED" });
  });
});

describe("a run that an earlier process started", () => {
  const usable = async (run: object, more: readonly object[] = [], maxRetries = 1) => {
    const { glue } = await scriptedAws({
      GetJobRuns: [{ JobRuns: [run, ...more] }],
      GetJobRun: [{ JobRun: { Id: "jr_1", JobRunState: "STOPPED" } }],
    });
    return isUsable({ glue, job: "a", runId: "jr_1", maxRetries, ...patience(), pace: quickPace });
  };

  it.each([
    ["runs", { Id: "jr_1", JobRunState: "RUNNING" }, true],
    ["has succeeded", { Id: "jr_1", JobRunState: "SUCCEEDED" }, true],
    ["has failed and has an attempt to come", { Id: "jr_1", JobRunState: "FAILED", CompletedOn: 0 }, true],
    ["has failed for good", { Id: "jr_1_attempt_1", JobRunState: "FAILED", CompletedOn: 0 }, false],
    ["was stopped", { Id: "jr_1", JobRunState: "STOPPED" }, false],
    ["is being stopped", { Id: "jr_1", JobRunState: "STOPPING" }, false],
    ["isn't among the newest", { Id: "jr_2", JobRunState: "RUNNING" }, false],
  ])("and that %s is usable or not", async (_, run, expected) => {
    expect(
      await usable(
        run,
        [{ Id: "jr_1", JobRunState: "FAILED" }].filter(({ Id }) => run.Id.startsWith(`${Id}_`)),
      ),
    ).toBe(expected);
  });

  it("is none where several may be it", async () => {
    const { glue } = await scriptedAws({
      GetJobRuns: [{ JobRuns: [{ Id: "jr_3" }, { Id: "jr_2" }, { Id: "jr_1" }] }],
    });
    await expect(findStarted({ glue, job: "a", arguments: {}, ...patience() }, "jr_1")).rejects.toMatchObject(
      { code: "start-unknown" },
    );
  });

  it("is looked for again where a read doesn't show it yet", async () => {
    const before = { JobRuns: [{ Id: "jr_1" }] };
    const { glue } = await scriptedAws({
      GetJobRuns: [before, before, { JobRuns: [{ Id: "jr_2" }, { Id: "jr_1" }] }],
    });
    expect(await findStarted({ glue, job: "a", arguments: {}, ...patience() }, "jr_1")).toBe("jr_2");
  });

  it("can't be told from none when the answer named no run and none shows", async () => {
    const clients = await scriptedAws({ GetJobRuns: [{}], StartJobRun: [{}] });
    const { glue, glueOnce } = clients;
    await expect(
      startRun({ glue, glueOnce, job: "a", arguments: {}, deadline: 60_000, ...patience() }),
    ).rejects.toMatchObject({
      code: "start-unknown",
    });
  });
});
