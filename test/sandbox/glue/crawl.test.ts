import {
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
} from "@aws-sdk/client-athena";
import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  type Crawler,
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  GetCrawlerCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GetTablesCommand,
  ListCrawlsCommand,
  StartCrawlerCommand,
} from "@aws-sdk/client-glue";
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, vi } from "vitest";
import { serveGlue } from "./served.ts";

const served = await serveGlue();
const { glue, s3, athena, logs } = served;
await served.control("crawl-delay", { startMs: 10, stopMs: 10 });

let places = 0;

/** A database and a bucket of the test's own, with a crawler over its `cars/` folder. */
async function withCrawler(more: object = {}): Promise<{ name: string; database: string; bucket: string }> {
  places += 1;
  const [name, database, bucket] = [`crawler-${places}`, `db_${places}`, `crawled-${places}`];
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: database } }));
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const Targets = { S3Targets: [{ Path: `s3://${bucket}/cars/` }] };
  await glue.send(
    new CreateCrawlerCommand({ Name: name, Role: "r", DatabaseName: database, Targets, ...more }),
  );
  return { name, database, bucket };
}

async function put(bucket: string, key: string, ...records: object[]): Promise<void> {
  const Body = records.map((record) => JSON.stringify(record)).join("\n");
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body }));
}

/** Starts a crawl and waits for its own LastCrawl. */
async function crawl(name: string): Promise<Crawler["LastCrawl"]> {
  const read = async () => (await glue.send(new GetCrawlerCommand({ Name: name }))).Crawler;
  const before = (await read())?.LastCrawl?.StartTime?.getTime() ?? 0;
  await glue.send(new StartCrawlerCommand({ Name: name }));
  return vi.waitFor(
    async () => {
      const crawler = await read();
      const started = crawler?.LastCrawl?.StartTime?.getTime() ?? 0;
      expect([crawler?.State, started > before]).toEqual(["READY", true]);
      return crawler?.LastCrawl;
    },
    { timeout: 30_000, interval: 50 },
  );
}

async function rowsOf(QueryString: string, bucket: string): Promise<(string | undefined)[][]> {
  const ResultConfiguration = { OutputLocation: `s3://${bucket}/results/` };
  const { QueryExecutionId } = await athena.send(
    new StartQueryExecutionCommand({ QueryString, ResultConfiguration }),
  );
  await vi.waitFor(async () => {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    expect(QueryExecution?.Status?.State).toBe("SUCCEEDED");
  });
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  return (ResultSet?.Rows ?? []).slice(1).map(({ Data }) => (Data ?? []).map((datum) => datum.VarCharValue));
}

async function tableOf(database: string, name = "cars") {
  return (await glue.send(new GetTableCommand({ DatabaseName: database, Name: name }))).Table;
}

async function partitionsOf(database: string): Promise<string[]> {
  const { Partitions } = await glue.send(
    new GetPartitionsCommand({ DatabaseName: database, TableName: "cars" }),
  );
  return (Partitions ?? []).map(({ Values }) => (Values ?? []).join("/")).toSorted();
}

describe("a crawl", () => {
  it("makes a partitioned table that Athena reads", async () => {
    const { name, database, bucket } = await withCrawler();
    await put(bucket, "cars/year=2025/month=11/a.json", { vin: "A", speed: 10 }, { vin: "B", speed: 20 });
    await put(bucket, "cars/year=2025/month=12/b.json", { vin: "C", speed: 30 });
    expect(await crawl(name)).toMatchObject({ Status: "SUCCEEDED", LogGroup: "/aws-glue/crawlers" });
    expect(await tableOf(database)).toMatchObject({
      PartitionKeys: [{ Name: "year" }, { Name: "month" }],
      Parameters: { UPDATED_BY_CRAWLER: name, classification: "json", recordCount: "3", objectCount: "2" },
      StorageDescriptor: { Columns: [{ Name: "vin", Type: "string" }, { Name: "speed" }] },
    });
    expect(await partitionsOf(database)).toEqual(["2025/11", "2025/12"]);
    const sql = `SELECT month, sum(speed) FROM ${database}.cars GROUP BY month ORDER BY month`;
    expect(await rowsOf(sql, bucket)).toEqual([
      ["11", "30"],
      ["12", "30"],
    ]);
    const { Crawls } = await glue.send(new ListCrawlsCommand({ CrawlerName: name }));
    const summary = JSON.parse(Crawls?.[0]?.Summary ?? "{}") as { TABLE: string };
    expect(JSON.parse(summary.TABLE)).toEqual({ ADD: { Details: { names: ["cars"] }, Count: 1 } });
  });

  it("adds the partitions that came since", async () => {
    const { name, database, bucket } = await withCrawler();
    await put(bucket, "cars/year=2025/a.json", { vin: "A" });
    await crawl(name);
    await put(bucket, "cars/year=2026/b.json", { vin: "B" });
    await crawl(name);
    expect(await partitionsOf(database)).toEqual(["2025", "2026"]);
    expect(await rowsOf(`SELECT vin FROM ${database}.cars WHERE year = '2026'`, bucket)).toEqual([["B"]]);
  });

  it("honours the table prefix and exclusions", async () => {
    const { name, database, bucket } = await withCrawler({
      TablePrefix: "p_",
      Targets: { S3Targets: [{ Path: `s3://crawled-${places + 1}/cars/`, Exclusions: ["**.tmp"] }] },
    });
    await put(bucket, "cars/a.json", { vin: "A" });
    await put(bucket, "cars/b.tmp", { vin: "B" });
    await crawl(name);
    expect((await tableOf(database, "p_cars"))?.Parameters).toMatchObject({ objectCount: "1" });
  });

  it.each([
    ["UPDATE_IN_DATABASE", ["vin", "make", "model", "speed"]],
    ["LOG", ["vin", "make", "model"]],
  ] as const)("lets UpdateBehavior %s decide over a changed schema", async (UpdateBehavior, columns) => {
    const SchemaChangePolicy = { UpdateBehavior, DeleteBehavior: "LOG" };
    const { name, database, bucket } = await withCrawler({ SchemaChangePolicy });
    const car = { vin: "A", make: "M", model: "X" };
    await put(bucket, "cars/a.json", car);
    await crawl(name);
    await put(bucket, "cars/b.json", { ...car, speed: 1 });
    await crawl(name);
    const table = await tableOf(database);
    expect(table?.StorageDescriptor?.Columns?.map(({ Name }) => Name)).toEqual(columns);
  });

  it.each([
    ["DELETE_FROM_DATABASE", 0, false],
    ["DEPRECATE_IN_DATABASE", 1, true],
    ["LOG", 1, false],
  ] as const)(
    "lets DeleteBehavior %s decide over a table whose data is gone",
    async (DeleteBehavior, left, deprecated) => {
      const { name, database, bucket } = await withCrawler({ SchemaChangePolicy: { DeleteBehavior } });
      await put(bucket, "cars/a.json", { vin: "A" });
      await crawl(name);
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: "cars/a.json" }));
      expect(await crawl(name)).toMatchObject({ Status: "SUCCEEDED" });
      const { TableList } = await glue.send(new GetTablesCommand({ DatabaseName: database }));
      expect(TableList).toHaveLength(left);
      const marks = TableList?.map(({ Parameters }) => "DEPRECATED_BY_CRAWLER" in (Parameters ?? {}));
      expect(marks).toEqual(left === 0 ? [] : [deprecated]);
    },
  );

  it.each([
    ["database", { DatabaseName: "nowhere" }, /Database nowhere not found/],
    ["bucket", { Targets: { S3Targets: [{ Path: "s3://no-such-bucket/cars" }] } }, /bucket does not exist/],
  ])("fails over a missing %s and says so", async (_what, more, message) => {
    const { name, bucket } = await withCrawler(more);
    await put(bucket, "cars/a.json", { vin: "A" });
    const last = await crawl(name);
    expect(last?.Status).toBe("FAILED");
    expect(last?.ErrorMessage).toMatch(message);
    const { events } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: last?.LogGroup, logStreamNamePrefix: last?.LogStream }),
    );
    const mine = (events ?? []).filter((event) => event.message?.includes(last?.MessagePrefix ?? "?"));
    expect(mine.map((event) => event.message).join("\n")).toMatch(message);
  });
});
