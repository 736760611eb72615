import { execFileSync } from "node:child_process";
import {
  type Column,
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  GetCrawlerCommand,
  GetTablesCommand,
  StartCrawlerCommand,
  type Table,
} from "@aws-sdk/client-glue";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, inject, it, vi } from "vitest";
import { jobBench } from "./job-bench.ts";

const bench = await jobBench();
await bench.control("crawl-delay", { startMs: 1, stopMs: 1 });

/** A Parquet file of one row with a value of each kind. */
const WRITE_PARQUET = `
import datetime, decimal, io, sys
import pyarrow as pa, pyarrow.parquet as pq
row = {
    "Id": 1, "small": 2, "ratio": 1.5, "ok": True, "raw": b"x", "at": datetime.datetime(2025, 11, 5),
    "on": datetime.date(2025, 11, 5), "price": decimal.Decimal("10.25"), "tags": ["a"],
    "state": {"engine": {"temp": 90.5}, "codes": [1]}, "labels": [("k", 1)],
}
schema = pa.schema([
    ("Id", pa.int64()), ("small", pa.int32()), ("ratio", pa.float32()), ("ok", pa.bool_()), ("raw", pa.binary()),
    ("at", pa.timestamp("us")), ("on", pa.date32()), ("price", pa.decimal128(10, 2)), ("tags", pa.list_(pa.string())),
    ("state", pa.struct([("engine", pa.struct([("temp", pa.float64())])), ("codes", pa.list_(pa.int32()))])),
    ("labels", pa.map_(pa.string(), pa.int64())),
])
pq.write_table(pa.Table.from_pylist([row], schema), sys.stdout.buffer)
`;
const PARQUET_COLUMNS = {
  id: "bigint",
  small: "int",
  ratio: "float",
  ok: "boolean",
  raw: "binary",
  at: "timestamp",
  on: "date",
  price: "decimal(10,2)",
  tags: "array<string>",
  state: "struct<engine:struct<temp:double>,codes:array<int>>",
  labels: "map<string,bigint>",
};
const files: Record<string, string | Uint8Array> = {};

beforeAll(() => {
  const parquet = execFileSync(inject("sandboxPython"), ["-c", WRITE_PARQUET]);
  files["PARQUET"] = parquet;
});

/** Crawls a bucket with these objects; gives the tables by name. */
async function crawl(objects: Record<string, string>, include = ""): Promise<Record<string, Table>> {
  const Bucket = await bench.bucket();
  const name = Bucket.replaceAll("-", "_");
  for (const [Key, content] of Object.entries(objects)) {
    const Body = files[content] ?? content;
    await bench.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  }
  await bench.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: name } }));
  const Targets = { S3Targets: [{ Path: `s3://${Bucket}/${include}` }] };
  await bench.glue.send(new CreateCrawlerCommand({ Name: name, Role: "r", DatabaseName: name, Targets }));
  await bench.glue.send(new StartCrawlerCommand({ Name: name }));
  await vi.waitFor(
    async () => {
      const { Crawler } = await bench.glue.send(new GetCrawlerCommand({ Name: name }));
      expect(Crawler?.LastCrawl?.Status).toBe("SUCCEEDED");
    },
    { timeout: 20_000, interval: 100 },
  );
  const { TableList } = await bench.glue.send(new GetTablesCommand({ DatabaseName: name }));
  return Object.fromEntries((TableList ?? []).map((table) => [table.Name ?? "", table]));
}

function types(columns: readonly Column[] | undefined): Record<string, string | undefined> {
  return Object.fromEntries((columns ?? []).map(({ Name, Type }) => [Name, Type]));
}

const day = (number: string) => `cars/year=2025/day=${number}`;

describe("a crawler's inference", () => {
  it("takes a Parquet table's columns from the footer and its partitions from the folders", async () => {
    const { cars, ...others } = await crawl({
      [`${day("05")}/a.parquet`]: "PARQUET",
      [`${day("06")}/b.parquet`]: "PARQUET",
      "cars/": "",
      "cars/_SUCCESS": "",
      "cars/.hidden.parquet": "not Parquet",
    });
    expect(others).toEqual({});
    expect(types(cars?.StorageDescriptor?.Columns)).toEqual(PARQUET_COLUMNS);
    expect(types(cars?.PartitionKeys)).toEqual({ year: "string", day: "string" });
    expect(cars?.Parameters).toMatchObject({ classification: "parquet", recordCount: "2", objectCount: "2" });
    expect(cars?.StorageDescriptor).toMatchObject({
      Location: expect.stringMatching(/\/cars\/$/),
      InputFormat: "org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat",
      SerdeInfo: { SerializationLibrary: "org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe" },
    });
  });

  it.each([
    {
      file: "JSON lines",
      content: '{"a":1,"b":{"c":null},"d":[]}\n{"a":5000000000,"b":{"c":1.5},"d":[true]}\n',
      columns: { a: "bigint", b: "struct<c:double>", d: "array<boolean>" },
    },
    { file: "a JSON array", content: '[{"a":1},{"a":2}]', columns: { array: "array<struct<a:int>>" } },
    { file: "one JSON object over several lines", content: '{\n  "a": "x"\n}\n', columns: { a: "string" } },
    {
      file: "CSV with a header",
      content: "Id,name,price\n1,Fiat,2.5\n2,VW,3\n",
      columns: { id: "bigint", name: "string", price: "double" },
    },
    { file: "CSV of strings only", content: "a;b\nc;d\n", columns: { col0: "string", col1: "string" } },
  ])("reads $file", async ({ content, columns }) => {
    const { data } = await crawl({ "data/file": content });
    expect(types(data?.StorageDescriptor?.Columns)).toEqual(columns);
  });

  it("makes one table of folders that are alike, with partition_0 for plain folder names", async () => {
    const tables = await crawl(
      { "logs/x/1.json": '{"a":1,"b":2}', "logs/y/2.json": '{"a":1,"b":3}' },
      "logs/",
    );
    expect(Object.keys(tables)).toEqual(["logs"]);
    expect(types(tables["logs"]?.PartitionKeys)).toEqual({ partition_0: "string" });
  });

  it("makes a table of each folder where they differ", async () => {
    const tables = await crawl({ "all/Cars 1/x.json": '{"a":1}', "all/people/y.csv": "n,v\nbob,1\n" }, "all");
    expect(Object.keys(tables).toSorted()).toEqual(["cars_1", "people"]);
    expect(tables["people"]?.Parameters).toMatchObject({ "skip.header.line.count": "1", delimiter: "," });
  });

  it("makes no table of an empty folder or of files that no classifier knows", async () => {
    expect(await crawl({ "none/": "" }, "none/")).toEqual({});
    expect(await crawl({ "none/notes.txt": "just words" }, "none/")).toEqual({});
  });
});
