import { randomUUID } from "node:crypto";
import { CreateBucketCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { acquireLease, type LeaseOptions } from "../../src/aws/lease.ts";
import { systemClock } from "../../src/base/clock.ts";
import { useClients } from "./support.ts";

const aws = useClients();
const minute = 60_000;

async function leaseOf(): Promise<LeaseOptions> {
  const { s3 } = aws.clients;
  const bucket = { name: `lease-${randomUUID().slice(0, 8)}` };
  await s3.send(new CreateBucketCommand({ Bucket: bucket.name }));
  const holder = { runId: "1" };
  return {
    s3,
    bucket,
    key: "lock.json",
    clock: systemClock,
    holder,
    lifetime: 5 * minute,
    isGone: () => false,
  };
}

/** A machine whose clock is off. */
const clockOff = (milliseconds: number) => ({ ...systemClock, now: () => Date.now() + milliseconds });

/** S3 keeps whole seconds, and the answer takes its time. */
const second = 1_000;

describe("a lease that has just been taken", () => {
  it.each([0, 60 * minute, -60 * minute])("tells how far S3's clock is ahead: %i ms", async (ahead) => {
    const lease = await acquireLease({ ...(await leaseOf()), clock: clockOff(-ahead) });
    const told = await lease.clockAhead();
    expect(told).toBeLessThanOrEqual(ahead);
    expect(told).toBeGreaterThan(ahead - 30 * second);
  });

  it.each([
    ["holder's clock is an hour behind", clockOff(-60 * minute), systemClock],
    ["taker's clock is an hour ahead", systemClock, clockOff(60 * minute)],
  ])("stays its holder's when the %s", async (_, theirs, ours) => {
    const options = await leaseOf();
    await acquireLease({ ...options, clock: theirs });
    const taken = acquireLease({ ...options, clock: ours, holder: { runId: "2" } });
    await expect(taken).rejects.toMatchObject({ code: "lease-held" });
  });
});
