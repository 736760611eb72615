import { describe, expect, it } from "vitest";
import { defaultPace, type PollPace, waitFor } from "../../src/base/wait.ts";
import { fakeClock } from "../support/fake-clock.ts";

function waiting(states: readonly string[], timeout = 60_000, pace: PollPace = defaultPace) {
  const clock = fakeClock();
  const seen: string[] = [];
  let index = 0;
  const done = waitFor({
    what: "job run jr_1",
    read: () => Promise.resolve(states[Math.min(index++, states.length - 1)] ?? ""),
    state: (value) => value,
    pending: new Set(["RUNNING", "STARTING"]),
    target: new Set(["SUCCEEDED", "FAILED"]),
    timeout,
    clock,
    pace,
    random: () => 0,
    onState: (state) => seen.push(state),
  });
  return { clock, seen, done };
}

describe("waitFor", () => {
  it("returns the value in a target state and tells each change once", async () => {
    const { seen, done } = waiting(["STARTING", "STARTING", "RUNNING", "FAILED"]);
    await expect(done).resolves.toBe("FAILED");
    expect(seen).toEqual(["STARTING", "RUNNING", "FAILED"]);
  });

  it("looks often at first, then less, and never sees the end much too late", async () => {
    const { clock, done } = waiting([...Array<string>(200).fill("RUNNING"), "SUCCEEDED"], 3_600_000);
    await done;
    expect(clock.slept.slice(0, 3)).toEqual([250, 250, 250]);
    expect(Math.max(...clock.slept)).toBe(15_000);
    let waited = 0;
    for (const pause of clock.slept) {
      expect(pause).toBeLessThanOrEqual(Math.max(250, waited * 0.03) + 1e-6);
      waited += pause;
    }
  });

  it("keeps a pace that no share of the waiting bounds, from a first look that took no time", async () => {
    const pace = { firstMilliseconds: 100, maxMilliseconds: 300, factor: 2, jitter: 0 };
    const { clock, done } = waiting([...Array<string>(4).fill("RUNNING"), "SUCCEEDED"], 60_000, pace);
    await done;
    expect(clock.slept).toEqual([100, 200, 300, 300]);
  });

  it("fails at its limit, to the millisecond, with the last state seen", async () => {
    const { clock, done } = waiting(["STARTING", "RUNNING"], 10_000);
    await expect(done).rejects.toMatchObject({
      code: "wait-timed-out",
      message: "job run jr_1 was still RUNNING after 10s",
    });
    expect(clock.now()).toBe(10_000);
  });

  it("fails on a state it doesn't know", async () => {
    await expect(waiting(["RUNNING", "MELTED"]).done).rejects.toMatchObject({ code: "unknown-state" });
  });
});
