import { describe, expect, it } from "vitest";
import { retry } from "../../src/base/retry.ts";
import { fakeClock } from "../support/fake-clock.ts";

function failing(times: number, error = new Error("throttled")) {
  let calls = 0;
  return {
    calls: () => calls,
    action: () => (++calls <= times ? Promise.reject(error) : Promise.resolve(calls)),
  };
}

describe("retry", () => {
  it("tries again what is retryable", async () => {
    const { action } = failing(3);
    await expect(retry(action, { retryable: () => true, clock: fakeClock() })).resolves.toBe(4);
  });

  it("doesn't try again what is not", async () => {
    const { action, calls } = failing(3);
    await expect(retry(action, { retryable: () => false, clock: fakeClock() })).rejects.toThrow("throttled");
    expect(calls()).toBe(1);
  });

  it("is bounded in attempts and in total time", async () => {
    const many = failing(100);
    await expect(
      retry(many.action, { retryable: () => true, clock: fakeClock(), attempts: 4 }),
    ).rejects.toThrow();
    expect(many.calls()).toBe(4);
    const clock = fakeClock();
    const long = failing(100);
    await expect(
      retry(long.action, { retryable: () => true, clock, attempts: 100, totalMilliseconds: 30_000 }),
    ).rejects.toThrow();
    expect(clock.now()).toBeLessThanOrEqual(30_000);
  });
});
