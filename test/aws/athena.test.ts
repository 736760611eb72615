import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { AthenaClient } from "@aws-sdk/client-athena";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { readRows, startQuery, waitForQuery } from "../../src/aws/athena.ts";
import { patience, quickPace, useClients } from "./support.ts";

const aws = useClients();

beforeAll(async () => {
  await aws.clients.s3.send(new CreateBucketCommand({ Bucket: "athena-results" }));
});

function start(sql: string): Promise<string> {
  return startQuery(aws.clients.athena, {
    sql,
    token: crypto.randomUUID(),
    database: "default",
    workgroup: "primary",
    output: "s3://athena-results/",
  });
}

async function run(sql: string) {
  const id = await start(sql);
  const options = { ...patience(), timeout: 20_000, pace: quickPace, onState: () => undefined };
  const end = await waitForQuery(aws.clients.athena, id, options);
  return {
    end,
    rows: () => readRows(aws.clients.athena, id, { ...patience(), sampleSize: 3, countUpTo: 10_000 }),
  };
}

describe("a query", () => {
  it("gives rows without their header, and NULL as null", async () => {
    const { end, rows } = await run("SELECT 1 AS n, CAST(NULL AS varchar) AS nothing, '' AS empty");
    expect(end.state).toBe("SUCCEEDED");
    expect(await rows()).toEqual({
      columns: ["n", "nothing", "empty"],
      sample: [["1", null, ""]],
      count: 1,
      complete: true,
    });
  });

  it("counts rows over pages, and keeps a sample", async () => {
    const { rows } = await run("SELECT n FROM (SELECT unnest(range(2500)) AS n) ORDER BY n");
    expect(await rows()).toEqual({
      columns: ["n"],
      sample: [["0"], ["1"], ["2"]],
      count: 2_500,
      complete: true,
    });
  });

  it("keeps a row that says the same as the header", async () => {
    const { rows } = await run("SELECT 'n' AS n");
    expect(await rows()).toMatchObject({ sample: [["n"]], count: 1 });
  });

  it("has no rows", async () => {
    const { rows } = await run("SELECT 1 AS n WHERE 1 = 0");
    expect(await rows()).toMatchObject({ sample: [], count: 0 });
  });

  it("fails with Athena's reason", async () => {
    const { end } = await run("SELECT * FROM no_such_table");
    expect(end).toMatchObject({ state: "FAILED", reason: expect.stringContaining("no_such_table") });
  });

  it("is sent with its token, so that a repeated call starts nothing, and with result reuse off", async () => {
    let sent: unknown;
    const server = createServer((request, response) => {
      void json(request).then((body) => {
        sent = body;
        response.end('{"QueryExecutionId":"q1"}');
      });
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const athena = new AthenaClient({
      endpoint: `http://127.0.0.1:${port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
    const token = "0123456789abcdef0123456789abcdef";
    const query = { sql: "SELECT 1", database: "db", workgroup: "primary", output: undefined, token };
    expect(await startQuery(athena, query)).toBe("q1");
    athena.destroy();
    expect(sent).toEqual({
      QueryString: "SELECT 1",
      ClientRequestToken: token,
      QueryExecutionContext: { Database: "db" },
      WorkGroup: "primary",
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
    });
  });
});
