import { describe, expect, it } from "vitest";
import { createPacer, type Pacer } from "../../src/aws/pacer.ts";
import { mapLimited } from "../../src/base/limit.ts";
import { type VirtualTime, virtualTime } from "../support/virtual-time.ts";

type Service = () => boolean;

/** A token bucket, as AWS's APIs have: `rate` calls a second, and as many at once after a rest. */
function limitedTo(rate: () => number, time: VirtualTime): Service {
  let [tokens, refilledAt] = [rate(), time.now()];
  return () => {
    tokens = Math.min(rate(), tokens + ((time.now() - refilledAt) / 1_000) * rate());
    refilledAt = time.now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}

/** Lets through all but a share of the calls, drawn from a fixed sequence. */
function failing(share: number): Service {
  let seed = 1;
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32 >= share;
  };
}

/** Makes so many calls from 16 workers, each until it passes; tells the seconds and the calls that were throttled. */
async function run(time: VirtualTime, calls: number, latency: number, passes: Service) {
  const pacer = createPacer(time);
  const startedAt = time.now();
  let throttled = 0;
  const call = async (): Promise<boolean> => {
    await pacer.turn();
    const sentAt = time.now();
    await time.sleep(latency / 2);
    const passed = passes();
    await time.sleep(latency / 2);
    pacer.answered(!passed, sentAt);
    if (!passed) throttled += 1;
    return passed;
  };
  const work = mapLimited(Array.from({ length: calls }), 16, async () => {
    while (!(await call()));
  });
  await time.until(work);
  return { seconds: (time.now() - startedAt) / 1_000, throttled, rate: pacer.rate };
}

describe("a pacer", () => {
  it("holds nothing up while nothing is throttled", async () => {
    const time = virtualTime();
    const { seconds, rate } = await run(time, 1_600, 10, () => true);
    expect(seconds).toBeCloseTo(1, 5);
    expect(rate).toBe(Number.POSITIVE_INFINITY);
  });

  it.each([
    [2, 200, 5],
    [2, 200, 200],
    [10, 100, 5],
    [10, 500, 5],
    [10, 500, 200],
    [50, 500, 5],
    [50, 1_000, 200],
  ])("uses up a limit of %i calls a second: %i calls of %i ms each", async (limit, calls, latency) => {
    const time = virtualTime();
    const { seconds, throttled } = await run(
      time,
      calls,
      latency,
      limitedTo(() => limit, time),
    );
    const least = (calls - limit) / limit;
    expect(seconds / least).toBeLessThan(1.2);
    expect(throttled).toBeLessThan(calls * 1.5);
  });

  it("shares one limit with the pacers of other operations", async () => {
    const [time, limit, items] = [virtualTime(), 10, 300];
    const passes = limitedTo(() => limit, time);
    const pacers = [createPacer(time), createPacer(time), createPacer(time)];
    const call = async (pacer: Pacer): Promise<void> => {
      for (let passed = false; !passed; ) {
        await pacer.turn();
        const sentAt = time.now();
        passed = passes();
        await time.sleep(5);
        pacer.answered(!passed, sentAt);
      }
    };
    const work = mapLimited(Array.from({ length: items }), 16, async () => {
      for (const pacer of pacers) await call(pacer);
    });
    await time.until(work);
    expect(time.now() / 1_000 / ((items * pacers.length - limit) / limit)).toBeLessThan(1.2);
  });

  it("follows a limit that rises, and one that falls", async () => {
    for (const [before, after] of [
      [10, 40],
      [40, 10],
    ] as const) {
      const time = virtualTime();
      const limit = limitedTo(() => (time.now() < 10_000 ? before : after), time);
      const { seconds } = await run(time, 10 * before + 20 * after, 20, limit);
      expect(seconds).toBeLessThan(1.3 * 30);
    }
  });

  it("does not slow down for ever where calls fail whatever their rate", async () => {
    const time = virtualTime();
    const { rate } = await run(time, 2_000, 20, failing(0.3));
    expect(rate).toBeGreaterThan(20);
  });

  it("catches up a few turns that its callers were late for, and no more", async () => {
    const time = virtualTime();
    const pacer = createPacer(time);
    pacer.answered(true, time.now());
    await time.until(time.sleep(10_000));
    const startedAt = time.now();
    await time.until(mapLimited(Array.from({ length: 23 }), 23, () => pacer.turn()));
    expect(time.now() - startedAt).toBeCloseTo(2_000, -2);
  });
});
