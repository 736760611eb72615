import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { preconditionFailed, written } from "./answers.ts";
import { refusedByS3, type Script } from "./scripted.ts";
import {
  documents,
  leaseWorld,
  minute,
  missing,
  ownWrite,
  seconds,
  standing,
  stored,
} from "./scripted-lease.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

describe("a lease that is held", () => {
  async function held(script: Script) {
    const found = await leaseWorld({ ...script, PUT: [written, ...(script["PUT"] ?? [written])] });
    const lease = await found.take();
    /** Lets the heart beat once, and what it brings about settle. */
    const beat = async (until: () => void) => {
      vi.advanceTimersByTime(minute);
      await vi.waitFor(until);
    };
    return { ...found, lease, beat };
  }

  it("is renewed by itself, and keeps since when it is held", async () => {
    const { beat, sent, clock } = await held({});
    await clock.sleep(90 * seconds);
    await beat(() => expect(sent).toHaveLength(2));
    const [first, second] = documents(sent);
    expect(second).toMatchObject({
      token: first?.token,
      acquiredAt: "1970-01-01T00:00:00.000Z",
      expiresAt: "1970-01-01T00:04:30.000Z",
      ifMatch: '"e"',
    });
  });

  it("is renewed before a change where its last renewal is long ago, once for all who ask", async () => {
    const { lease, clock, seen } = await held({});
    await clock.sleep(minute);
    await lease.assertHeld();
    expect(seen).toEqual(["PUT"]);
    await clock.sleep(1);
    await Promise.all([lease.assertHeld(), lease.assertHeld(), lease.assertHeld()]);
    expect(seen).toEqual(["PUT", "PUT"]);
  });

  it("is not fresh in the last sixth of its lifetime, and is again once it is renewed", async () => {
    const { lease, clock } = await held({});
    await clock.sleep(2.5 * minute - 1);
    expect(() => lease.assertFresh()).not.toThrow();
    await clock.sleep(1);
    expect(() => lease.assertFresh()).toThrow("lapsed: held up");
    await lease.assertHeld();
    expect(() => lease.assertFresh()).not.toThrow();
    expect(lease.lost.aborted).toBe(false);
  });

  it("survives two writes whose answers got lost, and no third", async () => {
    const two = await held({ PUT: [preconditionFailed, preconditionFailed, written], GET: [ownWrite] });
    await two.clock.sleep(2 * minute);
    await two.lease.assertHeld();
    expect(documents(two.sent).map(({ ifMatch }) => ifMatch)).toEqual([undefined, '"e"', '"own"', '"own"']);
    const three = await held({ PUT: [preconditionFailed], GET: [ownWrite] });
    await three.clock.sleep(2 * minute);
    await expect(three.lease.assertHeld()).rejects.toThrow("taken away by somebody");
  });

  it("says who took it away, sends nothing more, and gives nothing back", async () => {
    const { lease, beat, seen, told } = await held({ PUT: [preconditionFailed], GET: [standing()] });
    await beat(() => expect(lease.lost.aborted).toBe(true));
    expect(lease.lost.reason).toMatchObject({ code: "taken-away", message: "taken away by 7" });
    expect(() => lease.assertFresh()).toThrow("taken away by 7");
    await expect(lease.assertHeld()).rejects.toThrow("taken away by 7");
    await lease.release();
    expect(seen).toEqual(["PUT", "PUT", "GET"]);
    expect(told).toEqual(["not renewed: taken away by 7"]);
  });

  it.each([
    ["deleted", missing],
    ["overwritten with something else", stored("{}")],
  ])("that was %s is lost, and nothing is sent for it any more", async (_, answer) => {
    const { lease, clock, seen } = await held({ PUT: [preconditionFailed], GET: [answer] });
    await clock.sleep(2 * minute);
    for (const _again of [1, 2]) {
      await expect(lease.assertHeld()).rejects.toThrow("taken away by somebody");
    }
    expect(seen).toEqual(["PUT", "PUT", "GET"]);
  });

  it("tells nothing of S3's clock once its object has gone", async () => {
    const { lease } = await held({ HEAD: [missing] });
    expect(await lease.clockAhead()).toBe(0);
  });

  it("is lost where S3 refuses its renewals until it lapses, and given back if it can be", async () => {
    const denied = refusedByS3("AccessDenied", 403);
    const { lease, beat, clock, told, seen } = await held({ PUT: [denied, denied, written] });
    await beat(() => expect(told).toHaveLength(1));
    expect(lease.lost.aborted).toBe(false);
    await clock.sleep(2.5 * minute);
    await beat(() => expect(lease.lost.aborted).toBe(true));
    expect(lease.lost.reason).toMatchObject({ code: "lapsed", message: expect.stringContaining("said S3") });
    await lease.release();
    expect(seen).toHaveLength(4);
  });

  it("is given back once, marked as released, after a renewal under way", async () => {
    const { lease, clock, sent } = await held({});
    await clock.sleep(2 * minute);
    await Promise.all([lease.assertHeld(), lease.release()]);
    expect(documents(sent).map(({ released }) => released)).toEqual([false, false, true]);
    vi.advanceTimersByTime(10 * minute);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("says where it can't be given back, for it expires by itself", async () => {
    const { lease, told } = await held({ PUT: [refusedByS3("AccessDenied", 403)] });
    await lease.release();
    expect(told).toEqual([expect.stringMatching(/^not released: .*said S3/)]);
  });
});
