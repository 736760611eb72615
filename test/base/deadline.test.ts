import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { orAborted, startLimit, timeUpOf, within } from "../../src/base/deadline.ts";
import { retry } from "../../src/base/retry.ts";
import { waitFor } from "../../src/base/wait.ts";
import { fakeClock } from "../support/fake-clock.ts";

const what = "the work";

describe("a limit", () => {
  it("aborts its signal when the time is up, and says what was not over", async () => {
    const clock = fakeClock();
    const { signal } = startLimit(clock, { what, milliseconds: 2_000 });
    await clock.sleep(1_999);
    expect(timeUpOf(signal)).toBeUndefined();
    await clock.sleep(1);
    expect(timeUpOf(signal)).toMatchObject({
      code: "wait-timed-out",
      message: "the work was not over after 2.0s",
    });
  });

  it("is over with the work", async () => {
    const clock = fakeClock();
    const signals: AbortSignal[] = [];
    await within(clock, { what, milliseconds: 1_000 }, async (signal) => void signals.push(signal));
    await clock.sleep(5_000);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });

  it("ends with the work around it, which is no time that is up", () => {
    const abort = new AbortController();
    const { signal } = startLimit(fakeClock(), { what, milliseconds: 1_000 }, abort.signal);
    abort.abort(new Error("cancelled"));
    expect([signal.aborted, timeUpOf(signal)]).toEqual([true, undefined]);
  });

  it("holds by the machine's own time, and none is too long for it", async () => {
    const short = startLimit(systemClock, { what, milliseconds: 1 });
    const long = startLimit(systemClock, { what, milliseconds: 2 ** 40 });
    await expect(systemClock.sleep(60_000, short.signal)).rejects.toMatchObject({ code: "wait-timed-out" });
    expect(long.signal.aborted).toBe(false);
    for (const { release } of [short, long]) release();
  });
});

it("a wait tells the last state when its signal's time is up", async () => {
  const clock = fakeClock();
  const { signal } = startLimit(clock, { what, milliseconds: 3_000 });
  const wait = waitFor({
    what: "run jr_1",
    read: async () => "RUNNING",
    state: (state) => state,
    pending: new Set(["RUNNING"]),
    target: new Set(["SUCCEEDED"]),
    timeout: 60_000,
    clock,
    signal,
  });
  await expect(wait).rejects.toThrow("run jr_1 was still RUNNING");
  expect(clock.now()).toBeLessThan(4_000);
});

it("a retry uses the time it has, and begins nothing beyond it", async () => {
  const clock = fakeClock();
  const begun: number[] = [];
  const action = async (): Promise<never> => {
    begun.push(clock.now());
    throw new Error("busy");
  };
  const options = { retryable: () => true, clock, attempts: 1_000, totalMilliseconds: 60_000 };
  await expect(retry(action, options)).rejects.toThrow("busy");
  expect(begun.at(-1)).toBeGreaterThan(58_000);
  expect(begun.at(-1)).toBeLessThanOrEqual(60_000);
});

it("what can't be cancelled is left alone when the signal is aborted", async () => {
  const abort = new AbortController();
  const waiting = orAborted(new Promise(() => undefined), abort.signal);
  abort.abort(new Error("over"));
  await expect(waiting).rejects.toThrow("over");
  await expect(orAborted(Promise.resolve(1), new AbortController().signal)).resolves.toBe(1);
});
