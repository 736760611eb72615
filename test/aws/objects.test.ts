import { randomUUID } from "node:crypto";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it, onTestFinished } from "vitest";
import { createClients } from "../../src/aws/clients.ts";
import { callerIdentity } from "../../src/aws/identity.ts";
import {
  getObject,
  headObject,
  objectSha256,
  parseS3Uri,
  putIfAbsent,
  putIfMatch,
  putOnce,
  sha256,
} from "../../src/aws/objects.ts";
import { systemClock } from "../../src/base/clock.ts";
import type { ProgressEvent } from "../../src/base/progress.ts";
import { sandboxAccount, useSandboxEnvironment } from "../support/aws-environment.ts";
import { patience } from "./support.ts";

useSandboxEnvironment();

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const options = { clock: systemClock };

async function bucketOfItsOwn() {
  const events: ProgressEvent[] = [];
  const clients = createClients({ region: "us-east-1", progress: (event) => void events.push(event) });
  onTestFinished(() => clients.destroy());
  const name = `objects-${randomUUID().slice(0, 8)}`;
  await clients.s3.send(new CreateBucketCommand({ Bucket: name }));
  return { clients, s3: clients.s3, bucket: { name, owner: sandboxAccount }, events };
}

describe("an object written once", () => {
  it("is created with its digest and metadata", async () => {
    const { s3, bucket } = await bucketOfItsOwn();
    const object = { key: "a/b.py", bytes: bytes("x"), metadata: { commit: "abc" } };
    expect(await putOnce(s3, bucket, object, options)).toBe("confirmed");
    expect(await headObject(s3, bucket, "a/b.py")).toMatchObject({
      size: 1,
      sha256: sha256(bytes("x")),
      metadata: { commit: "abc" },
    });
  });

  it("is present when the same bytes are there already", async () => {
    const { s3, bucket } = await bucketOfItsOwn();
    const object = { key: "k", bytes: bytes("same") };
    await putOnce(s3, bucket, object, options);
    expect(await putOnce(s3, bucket, object, options)).toBe("present");
  });

  it("is present when the same bytes are there without a SHA-256", async () => {
    const { s3, bucket } = await bucketOfItsOwn();
    await s3.send(new PutObjectCommand({ Bucket: bucket.name, Key: "k", Body: "same" }));
    expect(await putOnce(s3, bucket, { key: "k", bytes: bytes("same") }, options)).toBe("present");
  });

  it("is never overwritten: other bytes are an error", async () => {
    const { s3, bucket } = await bucketOfItsOwn();
    await putOnce(s3, bucket, { key: "k", bytes: bytes("theirs") }, options);
    const ours = putOnce(s3, bucket, { key: "k", bytes: bytes("ours") }, options);
    await expect(ours).rejects.toMatchObject({ code: "object-differs" });
    expect((await getObject(s3, bucket, "k", patience()))?.bytes).toEqual(bytes("theirs"));
  });

  it("is created by one of many writers at once", async () => {
    const { s3, bucket } = await bucketOfItsOwn();
    const object = { key: "k", bytes: bytes("same") };
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => putOnce(s3, bucket, object, options)));
    expect(outcomes.filter((outcome) => outcome === "confirmed")).toHaveLength(1);
  });
});

describe("conditional writes", () => {
  it("let the first one in, and then only who has read the last version", async () => {
    const { s3, bucket } = await bucketOfItsOwn();
    const etag = await putIfAbsent(s3, bucket, { key: "k", bytes: bytes("1") });
    expect(await putIfAbsent(s3, bucket, { key: "k", bytes: bytes("2") })).toBeUndefined();
    expect(await putIfMatch(s3, bucket, { key: "k", bytes: bytes("2") }, etag ?? "")).toBeDefined();
    expect(await putIfMatch(s3, bucket, { key: "k", bytes: bytes("3") }, etag ?? "")).toBeUndefined();
    expect((await getObject(s3, bucket, "k", patience()))?.bytes).toEqual(bytes("2"));
  });
});

describe("reading", () => {
  it("gives nothing for an object that isn't there, and an error for a bucket that isn't", async () => {
    const { s3, bucket } = await bucketOfItsOwn();
    expect(await getObject(s3, bucket, "nothing", patience())).toBeUndefined();
    expect(await headObject(s3, bucket, "nothing")).toBeUndefined();
    expect(await objectSha256(s3, bucket, "nothing", patience())).toBeUndefined();
    const nowhere = { name: "datalake-pipeline-raw-dev" };
    await expect(getObject(s3, nowhere, "k", patience())).rejects.toMatchObject({ code: "bucket-missing" });
  });

  it("gives a range of bytes", async () => {
    const { s3, bucket } = await bucketOfItsOwn();
    await putOnce(s3, bucket, { key: "k", bytes: bytes("0123456789") }, options);
    const part = await getObject(s3, bucket, "k", { ...patience(), range: "bytes=2-4" });
    expect(part?.bytes).toEqual(bytes("234"));
  });

  it.each([
    ["s3://b/a/k.py", { bucket: "b", key: "a/k.py" }],
    ["s3a://b/k", { bucket: "b", key: "k" }],
    ["s3://b/", undefined],
    ["/tmp/k", undefined],
  ])("takes %s apart", (uri, parts) => {
    expect(parseS3Uri(uri)).toEqual(parts);
  });
});

describe("the clients", () => {
  it("report every call with its request id, time and attempts, failed ones too", async () => {
    const { clients, events, bucket } = await bucketOfItsOwn();
    expect((await callerIdentity(clients.sts)).account).toBe(sandboxAccount);
    await headObject(clients.s3, bucket, "nothing");
    const calls = events.map(({ code, level, data }) => ({ code, level, ...data }));
    expect(calls).toMatchObject([
      {
        code: "aws.call",
        level: "debug",
        service: "S3",
        operation: "CreateBucket",
        attempts: 1,
        status: 200,
      },
      { service: "STS", operation: "GetCallerIdentity", requestId: expect.any(String) },
      { service: "S3", operation: "HeadObject", status: 404, error: "NotFound" },
    ]);
  });
});
