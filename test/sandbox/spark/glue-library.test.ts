import {
  CreateDatabaseCommand,
  CreatePartitionCommand,
  CreateTableCommand,
  type StorageDescriptor,
} from "@aws-sdk/client-glue";
import { expect, it } from "vitest";
import { jobBench, report } from "./job-bench.ts";

const bench = await jobBench();

it("runs the console's boilerplate, common transforms and the catalog's tables", async () => {
  const bucket = await bench.bucket();
  await bench.glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: "fleet" } }));
  const storage: StorageDescriptor = {
    Columns: [
      { Name: "id", Type: "int" },
      { Name: "engine", Type: "struct<temp:double>" },
    ],
    SerdeInfo: { SerializationLibrary: "org.openx.data.jsonserde.JsonSerDe" },
  };
  const Location = `s3://${bucket}/cars/`;
  await bench.glue.send(
    new CreateTableCommand({
      DatabaseName: "fleet",
      TableInput: {
        Name: "cars",
        Parameters: { classification: "json" },
        PartitionKeys: [{ Name: "day", Type: "string" }],
        StorageDescriptor: { ...storage, Location },
      },
    }),
  );
  for (const [day, id, temp] of [
    ["05", 1, 90.5],
    ["06", 2, 80],
  ] as const) {
    const place = `cars/day=${day}/`;
    await bench.put(bucket, `${place}a.json`, JSON.stringify({ id, engine: { temp } }));
    const StorageDescriptor = { ...storage, Location: `s3://${bucket}/${place}` };
    const PartitionInput = { Values: [day], StorageDescriptor };
    const table = { DatabaseName: "fleet", TableName: "cars" };
    await bench.glue.send(new CreatePartitionCommand({ ...table, PartitionInput }));
  }
  const job = await bench.job("glue_library.py", {
    arguments: {
      "--database": "fleet",
      "--out": `s3://${bucket}/out/`,
      "--enable-glue-datacatalog": "true",
    },
  });
  const run = await bench.run(job);
  expect(run).toMatchObject({ JobRunState: "SUCCEEDED" });
  const mapped = '{"day": "05", "engine": {"temperature": "90.5"}, "id": 1}';
  expect(report(await bench.lines(run, "/aws-glue/jobs/output"))).toEqual({
    mapped: [mapped],
    filtered: [mapped],
    map: ['{"id": 1, "twice": 2}'],
    selected: ['{"engine": {"temp": 90.5}}'],
    dropped: ['{"id": 1}'],
    renamed: ['{"key": 1}'],
    joined: ["id", "engine", "day", ".id"],
    resolved: "string",
    nulls: 1,
    sql: [
      [1, "05"],
      [2, "06"],
    ],
    refused: "DynamicFrame.relationalize: AWS Glue has this, the sandbox has not",
    saved: expect.stringContaining(
      "saveAsTable: the sandbox's Spark reads the Data Catalog but does not write to it",
    ),
    created: expect.stringContaining("CREATE TABLE: the sandbox's Spark reads"),
    view: 1,
    unknown: "Connection type dynamodb: AWS Glue has this, the sandbox has not",
  });
  const written = await bench.keys(bucket, "out/");
  expect(written).toEqual([expect.stringMatching(/^out\/day=05\/part-.*\.snappy\.parquet$/)]);
}, 120_000);
