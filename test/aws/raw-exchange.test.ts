import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GlueClient } from "@aws-sdk/client-glue";
import { describe, expect, it, onTestFinished } from "vitest";
import { stringifyExact } from "../../src/aws/exact-json.ts";
import { batchGetRawJobs, getRawJob, updateRawJob } from "../../src/aws/raw-exchange.ts";
import { jobUpdateFrom } from "../../src/aws/raw-job.ts";

interface Answer {
  readonly status?: number;
  readonly body: string;
}

interface Received {
  readonly operation: string;
  readonly body: string;
  readonly length: number;
  readonly signed: boolean;
}

/** A real HTTP server that gives the answers in turn, and a Glue client that talks to it. */
async function answering(...answers: readonly Answer[]) {
  const received: Received[] = [];
  const left = [...answers];
  const server = createServer(async (request, response) => {
    const body = (await request.toArray()).join("");
    received.push({
      operation: String(request.headers["x-amz-target"]),
      body,
      length: Number(request.headers["content-length"]),
      signed: String(request.headers.authorization).startsWith("AWS4-HMAC-SHA256"),
    });
    const answer = left.shift();
    response.writeHead(answer?.status ?? 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(answer?.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const glue = new GlueClient({
    region: "us-east-1",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  onTestFinished(() => {
    glue.destroy();
    server.close();
  });
  return { glue, received };
}

const job =
  '{"Name":"j","LastModifiedOn":1.7000000001E9,"Role":"r","Command":{"ScriptLocation":"s3://b/o.py"},"Future":{"big":12345678901234567890,"ratio":1.50,"none":null}}';

describe("the raw exchange with Glue", () => {
  it("reads a job and writes it back to the digit, members unknown to the SDK included", async () => {
    const { glue, received } = await answering({ body: `{"Job":${job}}` }, { body: '{"JobName":"j"}' });
    const raw = await getRawJob(glue, "j");
    expect(stringifyExact(raw)).toBe(job);
    await updateRawJob(glue, "j", jobUpdateFrom(raw, { scriptLocation: "s3://b/ü.py" }));
    expect(received[1]).toMatchObject({
      operation: "AWSGlue.UpdateJob",
      signed: true,
      body: '{"JobName":"j","JobUpdate":{"Role":"r","Command":{"ScriptLocation":"s3://b/ü.py"},"Future":{"big":12345678901234567890,"ratio":1.50,"none":null}}}',
    });
    expect(received[1]?.length).toBe(Buffer.byteLength(received[1]?.body ?? ""));
  });

  it("keeps the answer of the attempt that worked", async () => {
    const throttled = { status: 400, body: '{"__type":"ThrottlingException","Message":"slow down"}' };
    const { glue, received } = await answering(throttled, { body: `{"Job":${job}}` });
    expect(await getRawJob(glue, "j")).toMatchObject({ Name: "j" });
    expect(received).toHaveLength(2);
  });

  it("leaves errors to the SDK", async () => {
    const { glue } = await answering({
      status: 400,
      body: '{"__type":"EntityNotFoundException","Message":"no such job"}',
    });
    await expect(getRawJob(glue, "j")).rejects.toMatchObject({ name: "EntityNotFoundException" });
  });

  it("reads many jobs at once, and the names that there are not", async () => {
    const { glue } = await answering({ body: `{"Jobs":[${job}],"JobsNotFound":["x"]}` });
    const answer = await batchGetRawJobs(glue, ["j", "x"]);
    expect(stringifyExact({ ...answer })).toBe(`{"jobs":[${job}],"notFound":["x"]}`);
  });
});
