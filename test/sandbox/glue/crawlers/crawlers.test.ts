import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type TestGlue, testGlue } from "../support.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const NAME = "bronze-crawler";
const CRAWLER = {
  Name: NAME,
  Role: "arn:aws:iam::000000000000:role/glue/crawler-role",
  DatabaseName: "db",
  Targets: { S3Targets: [{ Path: "s3://bucket/data" }] },
};

async function withCrawler(more: object = {}): Promise<TestGlue> {
  const glue = testGlue();
  await glue.call("CreateCrawler", { ...CRAWLER, ...more });
  return glue;
}

/** A crawler whose crawls are planned, so that no data is read. */
async function withPlan(...outcomes: object[]): Promise<TestGlue> {
  const glue = await withCrawler();
  await glue.control("plan-crawls", { crawlerName: NAME, outcomes });
  return glue;
}

async function crawlerOf(glue: TestGlue): Promise<Record<string, unknown>> {
  return (await glue.call("GetCrawler", { Name: NAME }))["Crawler"] as unknown as Record<string, unknown>;
}

async function crawlsOf(glue: TestGlue, more: object = {}): Promise<Record<string, unknown>[]> {
  const { Crawls } = await glue.call("ListCrawls", { CrawlerName: NAME, ...more });
  return Crawls as unknown as Record<string, unknown>[];
}

describe("CreateCrawler", () => {
  it("fills in what AWS fills in", async () => {
    const glue = await withCrawler();
    expect(await crawlerOf(glue)).toMatchObject({
      Role: "glue/crawler-role",
      State: "READY",
      Version: 1,
      CrawlElapsedTime: 0,
      Classifiers: [],
      SchemaChangePolicy: { UpdateBehavior: "UPDATE_IN_DATABASE", DeleteBehavior: "DEPRECATE_IN_DATABASE" },
      RecrawlPolicy: { RecrawlBehavior: "CRAWL_EVERYTHING" },
      LineageConfiguration: { CrawlerLineageSettings: "DISABLE" },
      Targets: {
        S3Targets: [{ Path: "s3://bucket/data", Exclusions: [] }],
        JdbcTargets: [],
        DynamoDBTargets: [],
      },
    });
    expect(await crawlerOf(glue)).not.toHaveProperty("LastCrawl");
  });

  it.each<[string, object, RegExp]>([
    ["no target", { Targets: {} }, /target/],
    ["a path that is none", { Targets: { S3Targets: [{ Path: "not a bucket!" }] } }, /path/],
    ["a schedule that is none", { Schedule: "daily" }, /cron/],
    [
      "new folders only with schema changes",
      { RecrawlPolicy: { RecrawlBehavior: "CRAWL_NEW_FOLDERS_ONLY" } },
      /only LOG/,
    ],
  ])("rejects %s", async (_name, more, message) => {
    const fault = await testGlue().fault("CreateCrawler", { ...CRAWLER, ...more });
    expect(fault.code).toBe("InvalidInputException");
    expect(fault.message).toMatch(message);
  });

  it("answers AlreadyExistsException", async () => {
    const glue = await withCrawler();
    expect((await glue.fault("CreateCrawler", CRAWLER)).code).toBe("AlreadyExistsException");
  });
});

describe("UpdateCrawler", () => {
  it("changes what it is given and leaves the rest", async () => {
    const glue = await withCrawler({ TablePrefix: "p_" });
    await glue.call("UpdateCrawler", { Name: NAME, Description: "new" });
    expect(await crawlerOf(glue)).toMatchObject({ Description: "new", TablePrefix: "p_", Version: 2 });
  });
});

describe("reading crawlers", () => {
  it("tells found and missing apart in BatchGetCrawlers", async () => {
    const glue = await withCrawler();
    const reply = await glue.call("BatchGetCrawlers", { CrawlerNames: [NAME, "none"] });
    expect(reply).toMatchObject({ Crawlers: [{ Name: NAME }], CrawlersNotFound: ["none"] });
  });

  it("lists names by tag and all crawlers", async () => {
    const glue = await withCrawler({ Tags: { team: "data" } });
    await glue.call("CreateCrawler", { ...CRAWLER, Name: "other" });
    expect(await glue.call("ListCrawlers", { Tags: { team: "data" } })).toEqual({ CrawlerNames: [NAME] });
    expect(await glue.call("GetCrawlers")).toMatchObject({ Crawlers: [{ Name: NAME }, { Name: "other" }] });
  });

  it.each(["GetCrawler", "StartCrawler", "StopCrawler", "DeleteCrawler", "UpdateCrawler"])(
    "%s answers EntityNotFoundException for a missing one",
    async (operation) => {
      expect((await testGlue().fault(operation, { Name: "none" })).code).toBe("EntityNotFoundException");
    },
  );
});

describe("a crawl", () => {
  it("still reads READY for a moment, then RUNNING, STOPPING and READY with its LastCrawl", async () => {
    const glue = await withPlan({ status: "SUCCEEDED", seconds: 1 });
    expect(await glue.call("StartCrawler", { Name: NAME })).toEqual({});
    expect((await crawlerOf(glue))["State"]).toBe("READY");
    await vi.advanceTimersByTimeAsync(301);
    expect((await crawlerOf(glue))["State"]).toBe("RUNNING");
    await vi.advanceTimersByTimeAsync(1000);
    expect((await crawlerOf(glue))["State"]).toBe("STOPPING");
    await vi.advanceTimersByTimeAsync(101);
    const { State, LastCrawl } = await crawlerOf(glue);
    expect(State).toBe("READY");
    expect(LastCrawl).toMatchObject({ Status: "SUCCEEDED", LogGroup: "/aws-glue/crawlers", LogStream: NAME });
  });

  it.each(["StartCrawler", "UpdateCrawler", "DeleteCrawler"])(
    "keeps %s away, in its READY moment too",
    async (operation) => {
      const glue = await withPlan({ status: "SUCCEEDED", seconds: 1 });
      await glue.call("StartCrawler", { Name: NAME });
      expect((await glue.fault(operation, { Name: NAME })).code).toBe("CrawlerRunningException");
      await vi.advanceTimersByTimeAsync(500);
      expect((await glue.fault(operation, { Name: NAME })).code).toBe("CrawlerRunningException");
    },
  );

  it("starts later than the one before, so that the two can be told apart", async () => {
    const glue = await withPlan({ status: "SUCCEEDED" }, { status: "SUCCEEDED" });
    const starts: number[] = [];
    for (let crawl = 0; crawl < 2; crawl += 1) {
      await glue.call("StartCrawler", { Name: NAME });
      await vi.advanceTimersByTimeAsync(2000);
      starts.push(Number(((await crawlerOf(glue))["LastCrawl"] as { StartTime: number }).StartTime));
    }
    expect(starts[1]).toBeGreaterThan(starts[0] ?? 0);
  });

  it("that fails says why", async () => {
    const glue = await withPlan({ status: "FAILED", errorMessage: "Database db not found." });
    await glue.call("StartCrawler", { Name: NAME });
    await vi.advanceTimersByTimeAsync(2000);
    expect((await crawlerOf(glue))["LastCrawl"]).toMatchObject({
      Status: "FAILED",
      ErrorMessage: "Database db not found.",
    });
    expect(await crawlsOf(glue)).toMatchObject([{ State: "FAILED", ErrorMessage: "Database db not found." }]);
  });

  it("that is stopped ends as CANCELLED, STOPPED in the history", async () => {
    const glue = await withPlan({ status: "SUCCEEDED", seconds: 60 });
    expect((await glue.fault("StopCrawler", { Name: NAME })).code).toBe("CrawlerNotRunningException");
    await glue.call("StartCrawler", { Name: NAME });
    await vi.advanceTimersByTimeAsync(500);
    await glue.call("StopCrawler", { Name: NAME });
    await vi.advanceTimersByTimeAsync(500);
    expect(await crawlerOf(glue)).toMatchObject({ State: "READY", LastCrawl: { Status: "CANCELLED" } });
    expect(await crawlsOf(glue)).toMatchObject([{ State: "STOPPED" }]);
  });

  it("that is stopping can't be stopped again", async () => {
    const glue = await withPlan({ status: "SUCCEEDED", seconds: 1 });
    await glue.call("StartCrawler", { Name: NAME });
    await vi.advanceTimersByTimeAsync(1350);
    expect((await glue.fault("StopCrawler", { Name: NAME })).code).toBe("CrawlerStoppingException");
  });

  it("of a target that is not S3 is refused", async () => {
    const glue = await withCrawler({ Targets: { JdbcTargets: [{ ConnectionName: "c", Path: "db/%" }] } });
    const fault = await glue.fault("StartCrawler", { Name: NAME });
    expect(fault.code).toBe("OperationNotSupportedException");
    expect(fault.message).toContain("JdbcTargets");
  });
});

describe("a crawler's history", () => {
  it("is newest first and can be filtered", async () => {
    const glue = await withPlan({ status: "SUCCEEDED" }, { status: "FAILED" });
    for (let crawl = 0; crawl < 2; crawl += 1) {
      await glue.call("StartCrawler", { Name: NAME });
      await vi.advanceTimersByTimeAsync(2000);
    }
    expect(await crawlsOf(glue)).toMatchObject([{ State: "FAILED" }, { State: "COMPLETED" }]);
    const Filters = [{ FieldName: "STATE", FilterOperator: "EQ", FieldValue: "COMPLETED" }];
    expect(await crawlsOf(glue, { Filters })).toMatchObject([{ State: "COMPLETED" }]);
    const after = [{ FieldName: "START_TIME", FilterOperator: "GT", FieldValue: String(Date.now()) }];
    expect(await crawlsOf(glue, { Filters: after })).toEqual([]);
  });

  it("is summed up by GetCrawlerMetrics", async () => {
    const glue = await withPlan({ status: "SUCCEEDED", seconds: 5 });
    await glue.call("StartCrawler", { Name: NAME });
    await vi.advanceTimersByTimeAsync(10_000);
    const { CrawlerMetricsList } = await glue.call("GetCrawlerMetrics", { CrawlerNameList: [NAME] });
    const [metrics] = CrawlerMetricsList as unknown as Record<string, unknown>[];
    expect(metrics).toMatchObject({ CrawlerName: NAME, StillEstimating: false, TablesCreated: 0 });
    expect(Number(metrics?.["LastRuntimeSeconds"])).toBeCloseTo(5.4, 1);
  });
});

describe("schedules", () => {
  it("can be stopped, started and changed, and say so", async () => {
    const glue = await withCrawler({ Schedule: "cron(0 6 * * ? *)" });
    const CrawlerName = NAME;
    expect((await glue.fault("StartCrawlerSchedule", { CrawlerName })).code).toBe(
      "SchedulerRunningException",
    );
    await glue.call("StopCrawlerSchedule", { CrawlerName });
    expect((await crawlerOf(glue))["Schedule"]).toEqual({
      ScheduleExpression: "cron(0 6 * * ? *)",
      State: "NOT_SCHEDULED",
    });
    expect((await glue.fault("StopCrawlerSchedule", { CrawlerName })).code).toBe(
      "SchedulerNotRunningException",
    );
    await glue.call("StartCrawlerSchedule", { CrawlerName });
    await glue.call("UpdateCrawlerSchedule", { CrawlerName, Schedule: "cron(0 7 * * ? *)" });
    expect((await crawlerOf(glue))["Schedule"]).toEqual({
      ScheduleExpression: "cron(0 7 * * ? *)",
      State: "SCHEDULED",
    });
  });

  it("that are not there can't be started", async () => {
    const glue = await withCrawler();
    expect((await glue.fault("StartCrawlerSchedule", { CrawlerName: NAME })).code).toBe(
      "NoScheduleException",
    );
  });
});
