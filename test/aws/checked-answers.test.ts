import { randomUUID } from "node:crypto";
import { CreateCrawlerCommand, CreateJobCommand, ListCrawlsCommand } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutBucketVersioningCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { type AwsClients, createClients } from "../../src/aws/clients.ts";
import { crawl } from "../../src/aws/crawlers.ts";
import { callerIdentity } from "../../src/aws/identity.ts";
import { readJob } from "../../src/aws/jobs.ts";
import { getObject, putIfAbsent, sha256 } from "../../src/aws/objects.ts";
import { deletePrefix, isVersioned, listObjects } from "../../src/aws/prefixes.ts";
import { newestRuns } from "../../src/aws/runs.ts";
import { startRun } from "../../src/aws/start-run.ts";
import { silent } from "../../src/base/progress.ts";
import { sandboxAccount, useSandboxEnvironment } from "../support/aws-environment.ts";
import { type FaultName, kindNamed } from "../support/faults/kinds.ts";
import type { Faults } from "../support/faults/proxy.ts";
import { useFaultProxy } from "../support/faults/use-fault-proxy.ts";
import { patience, quickPace } from "./support.ts";

const sandbox = useSandboxEnvironment();
const proxy = useFaultProxy();
const signal = new AbortController().signal;
const object = { key: "below/object", bytes: new TextEncoder().encode("bytes of it\n") };

interface World {
  readonly clients: AwsClients;
  readonly bucket: { readonly name: string };
  readonly job: string;
}

async function world(): Promise<World> {
  const id = randomUUID().slice(0, 8);
  const clients = createClients({ region: "us-east-1", progress: silent });
  onTestFinished(() => clients.destroy());
  const bucket = { name: `answers-${id}` };
  const job = `job-${id}`;
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket.name }));
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await clients.s3.send(new PutBucketVersioningCommand({ Bucket: bucket.name, VersioningConfiguration }));
  await putIfAbsent(clients.s3, bucket, object);
  const Command = { Name: "glueetl", ScriptLocation: `s3://${bucket.name}/job.py`, PythonVersion: "3" };
  const Role = "arn:aws:iam::000000000000:role/glue";
  await clients.glue.send(new CreateJobCommand({ Name: job, Role, Command, GlueVersion: "5.0" }));
  return { clients, bucket, job };
}

/** Lets an operation meet a fault the first time, or always. */
function meeting(operation: string, name: FaultName, times = 1): Faults {
  let met = 0;
  const kind = kindNamed(name);
  const meets = (called: string): boolean => called === operation && ++met <= times;
  return kind.arrives
    ? { after: (call, reply) => (meets(call.operation) ? kind.answer(call, reply, []) : undefined) }
    : { before: (call) => (meets(call.operation) ? kind.answer(call, undefined, []) : undefined) };
}

async function keysOf(objects: AsyncIterable<{ readonly key: string }>): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const { key } of objects) keys.push(key);
  return keys;
}

/** What a call gives, fit to be compared. */
const reads: Readonly<Record<string, (given: World) => Promise<unknown>>> = {
  "s3:ListObjectsV2": ({ clients, bucket }) => keysOf(listObjects(clients.s3, bucket, "below/", signal)),
  "s3:GetObject": async ({ clients, bucket }) => {
    const stored = await getObject(clients.s3, bucket, object.key, patience());
    return stored && sha256(stored.bytes);
  },
  "s3:GetBucketVersioning": ({ clients, bucket }) => isVersioned(clients.s3, bucket, signal),
  "s3:DeleteObjects": async ({ clients, bucket }) => {
    const { objects } = await deletePrefix(clients.s3, { bucket, prefix: "below/" }, signal);
    return { objects, left: await keysOf(listObjects(clients.s3, bucket, "below/", signal)) };
  },
  "sts:GetCallerIdentity": ({ clients }) => callerIdentity(clients.sts),
  "glue:GetJob": async ({ clients, job }) => (await readJob(clients.glue, job))?.["Role"],
};

const expected: Readonly<Record<string, unknown>> = {
  "s3:ListObjectsV2": ["below/object"],
  "s3:GetObject": sha256(object.bytes),
  "s3:GetBucketVersioning": true,
  "s3:DeleteObjects": { objects: 1, left: [] },
  "sts:GetCallerIdentity": expect.objectContaining({ account: sandboxAccount }),
  "glue:GetJob": "arn:aws:iam::000000000000:role/glue",
};

describe("an answer that is not the service's, or not all of it", () => {
  it.each(
    Object.keys(reads).flatMap((operation) =>
      (["wrong content before", "truncated"] as const).map((fault) => [operation, fault] as const),
    ),
  )("%s, %s: is asked for again", async (operation, fault) => {
    const given = await world();
    proxy.inject(meeting(operation, fault));
    expect(await reads[operation]?.(given)).toEqual(expected[operation]);
  });

  it("is no object that S3 holds: bytes that their checksum belies are read again", async () => {
    const given = await world();
    proxy.inject(meeting("s3:GetObject", "damaged bytes"));
    expect(await reads["s3:GetObject"]?.(given)).toBe(sha256(object.bytes));
  });

  it("is no proof of a write", async () => {
    const { clients, bucket } = await world();
    proxy.inject(meeting("s3:PutObject", "wrong content before"));
    expect(await putIfAbsent(clients.s3, bucket, { ...object, key: "new" })).toMatch(/\w/);
    expect(await getObject(clients.s3, bucket, "new", patience())).toMatchObject({ bytes: object.bytes });
  });

  it("is an error that says so when it stays so", async () => {
    const given = await world();
    proxy.inject(meeting("s3:ListObjectsV2", "wrong content before", 100));
    await expect(reads["s3:ListObjectsV2"]?.(given)).rejects.toMatchObject({
      code: "aws-answer-unreadable",
      message: expect.stringContaining("the answer is not a ListBucketResult"),
    });
  });

  it.each(["truncated", "timeout after"] as const)(
    "%s: leaves the start of a crawl open, which is found although it has ended",
    async (fault) => {
      const { clients, job: Name } = await world();
      const Targets = { S3Targets: [{ Path: "s3://bronze/car/" }] };
      const Role = "arn:aws:iam::000000000000:role/glue";
      await clients.glue.send(new CreateCrawlerCommand({ Name, Role, DatabaseName: "db", Targets }));
      const outcomes = [{ status: "SUCCEEDED", seconds: 0 }];
      await sandbox.current.control("plan-crawls", { crawlerName: Name, outcomes });
      proxy.inject(meeting("glue:StartCrawler", fault));
      const done = await crawl({
        ...patience(),
        glue: clients.glue,
        glueOnce: clients.glueOnce,
        crawler: Name,
        timeout: 20_000,
        pace: quickPace,
        onState: () => undefined,
        onStarted: () => undefined,
      });
      expect(done.status).toBe("SUCCEEDED");
      const { Crawls } = await clients.glue.send(new ListCrawlsCommand({ CrawlerName: Name }));
      expect(Crawls).toHaveLength(1);
    },
  );

  it.each(["truncated", "wrong content after", "reset after"] as const)(
    "%s: leaves a start open, and its run is found",
    async (fault) => {
      const { clients, job } = await world();
      await sandbox.current.control("plan-runs", {
        jobName: job,
        outcomes: [{ state: "SUCCEEDED", seconds: 0 }],
      });
      proxy.inject(meeting("glue:StartJobRun", fault));
      const options = {
        ...patience(),
        glue: clients.glue,
        glueOnce: clients.glueOnce,
        job,
        arguments: {},
        deadline: Number.POSITIVE_INFINITY,
      };
      const started = await startRun(options);
      expect((await newestRuns(clients.glue, job, patience())).map(({ id }) => id)).toEqual([started]);
    },
  );
});
