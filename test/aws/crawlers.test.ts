import { CreateCrawlerCommand, StartCrawlerCommand } from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { crawl, getCrawler, stopCrawl } from "../../src/aws/crawlers.ts";
import { patience, quickPace, useClients } from "./support.ts";

const aws = useClients();

async function crawlerWith(outcomes: readonly object[]): Promise<string> {
  const name = `crawler-${crypto.randomUUID()}`;
  await aws.clients.glue.send(
    new CreateCrawlerCommand({
      Name: name,
      Role: "arn:aws:iam::000000000000:role/glue",
      DatabaseName: "db",
      Targets: { S3Targets: [{ Path: "s3://bronze/car/" }] },
    }),
  );
  await aws.sandbox.control("plan-crawls", { crawlerName: name, outcomes });
  return name;
}

function run(crawler: string, timeout = 20_000, states: string[] = [], signal = patience().signal) {
  return crawl({
    ...patience(),
    signal,
    glue: aws.clients.glue,
    glueOnce: aws.clients.glueOnce,
    crawler,
    timeout,
    pace: quickPace,
    onState: (state) => states.push(state),
    onStarted: () => states.push("started"),
  });
}

describe("crawl", () => {
  it("is not fooled by a crawler that still reads READY after its start", async () => {
    const crawler = await crawlerWith([{ status: "SUCCEEDED", seconds: 0.3 }]);
    const states: string[] = [];
    expect(await run(crawler, 20_000, states)).toMatchObject({ status: "SUCCEEDED" });
    expect(states.slice(0, 3)).toEqual(["started", "STARTING", "RUNNING"]);
  });

  it("gives the new crawl's status, not the one before", async () => {
    const crawler = await crawlerWith([
      { status: "SUCCEEDED" },
      { status: "FAILED", errorMessage: "denied" },
    ]);
    const first = await run(crawler);
    const second = await run(crawler);
    expect(second).toMatchObject({ status: "FAILED", error: "denied" });
    expect(second.startedOn?.getTime()).toBeGreaterThan(first.startedOn?.getTime() ?? Number.NaN);
  });

  it("waits for a crawl that was under way and starts its own", async () => {
    const crawler = await crawlerWith([
      { status: "FAILED", errorMessage: "somebody else's", seconds: 0.8 },
      { status: "SUCCEEDED" },
    ]);
    await aws.clients.glue.send(new StartCrawlerCommand({ Name: crawler }));
    const states: string[] = [];
    expect(await run(crawler, 20_000, states)).toMatchObject({ status: "SUCCEEDED" });
    expect(states.filter((state) => state === "started")).toHaveLength(1);
  });

  it("tells that a crawl was stopped", async () => {
    const crawler = await crawlerWith([{ status: "SUCCEEDED", seconds: 60 }]);
    const states: string[] = [];
    const running = run(crawler, 20_000, states);
    await expect.poll(() => states).toContain("RUNNING");
    await stopCrawl(aws.clients.glue, crawler);
    expect(await running).toMatchObject({ status: "CANCELLED" });
    await stopCrawl(aws.clients.glue, crawler);
  });

  it("ends at its limit", async () => {
    const crawler = await crawlerWith([{ status: "SUCCEEDED", seconds: 60 }]);
    await expect(run(crawler, 700)).rejects.toMatchObject({ code: "wait-timed-out" });
  });

  it("names a crawler that isn't there", async () => {
    await expect(run("no-such-crawler")).rejects.toMatchObject({ code: "crawler-missing" });
    expect(await getCrawler(aws.clients.glue, "no-such-crawler", patience())).toBeUndefined();
  });
});
