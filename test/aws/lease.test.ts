import { randomUUID } from "node:crypto";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { acquireLease } from "../../src/aws/lease.ts";
import { systemClock } from "../../src/base/clock.ts";
import { leaseTerms, minute } from "./scripted-lease.ts";
import { useClients } from "./support.ts";

const aws = useClients();

async function termsInSandbox() {
  const { s3 } = aws.clients;
  const bucket = { name: `lease-${randomUUID().slice(0, 8)}` };
  await s3.send(new CreateBucketCommand({ Bucket: bucket.name }));
  return { ...leaseTerms(s3), bucket, clock: systemClock };
}

/** A machine whose clock is off. */
const clockOff = (milliseconds: number) => ({ ...systemClock, now: () => Date.now() + milliseconds });

/** S3 keeps whole seconds, and the answer takes its time. */
const second = 1_000;

describe("a lease that has just been taken", () => {
  it.each([0, 60 * minute, -60 * minute])("tells how far S3's clock is ahead: %i ms", async (ahead) => {
    const lease = await acquireLease({ ...(await termsInSandbox()), clock: clockOff(-ahead) });
    const told = await lease.clockAhead();
    expect(told).toBeLessThanOrEqual(ahead);
    expect(told).toBeGreaterThan(ahead - 30 * second);
    await lease.release();
  });

  it("tells nothing of S3's clock by what somebody else wrote", async () => {
    const terms = await termsInSandbox();
    const lease = await acquireLease({ ...terms, clock: clockOff(-60 * minute) });
    await terms.s3.send(new PutObjectCommand({ Bucket: terms.bucket.name, Key: terms.key, Body: "{}" }));
    expect(await lease.clockAhead()).toBe(0);
  });

  it.each([
    ["holder's clock is an hour behind", clockOff(-60 * minute), systemClock],
    ["taker's clock is an hour ahead", systemClock, clockOff(60 * minute)],
  ])("stays its holder's when the %s", async (_, theirs, ours) => {
    const terms = await termsInSandbox();
    const lease = await acquireLease({ ...terms, clock: theirs });
    const taken = acquireLease({ ...terms, clock: ours, holder: { runId: "2" } });
    await expect(taken).rejects.toThrow("held by 1");
    await lease.release();
  });
});

describe("a lease that was given back", () => {
  it("is anybody's", async () => {
    const terms = await termsInSandbox();
    await (await acquireLease(terms)).release();
    const next = await acquireLease({ ...terms, holder: { runId: "2" } });
    await expect(next.assertHeld()).resolves.toBeUndefined();
    expect(terms.told).toEqual([]);
    await next.release();
  });
});
