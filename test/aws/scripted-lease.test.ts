import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Lease } from "../../src/aws/held-lease.ts";
import { acquireLease } from "../../src/aws/lease.ts";
import type { LeaseTerms } from "../../src/aws/lease-terms.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { leaseTerms, minute } from "./lease-terms.ts";
import { refusedByS3, type Script, type Scripted, type Sent, scriptedAws } from "./scripted.ts";

const etag = { etag: '"e"' };
const written = { status: 200, headers: etag };
const refusal = refusedByS3("PreconditionFailed", 412);
const missing = refusedByS3("NoSuchKey", 404);
const seconds = 1_000;

type Terms = LeaseTerms<{ readonly runId: string }>;

/** A lease of run 7, as S3 gives it. */
function standing(more: object = {}, age = 0, tag = '"e"'): Scripted {
  const document = {
    version: 1,
    token: "other",
    holder: { runId: "7" },
    acquiredAt: "1970-01-01T00:00:00.000Z",
    expiresAt: new Date(3 * minute).toISOString(),
    released: false,
    ...more,
  };
  return stored(JSON.stringify(document), age, tag);
}

function stored(body: string, age = 0, tag = '"e"'): Scripted {
  const headers = {
    etag: tag,
    "last-modified": new Date(0).toUTCString(),
    date: new Date(age).toUTCString(),
  };
  return { status: 200, headers, body };
}

/** What the last write said: one's own, though its answer got lost. */
const ownWrite = (sent: readonly Sent[]): Scripted => stored(documents(sent).at(-1)?.text ?? "", 0, '"own"');

function documents(sent: readonly Sent[]) {
  return sent
    .filter(({ operation }) => operation === "PUT")
    .map(({ body, headers }) => {
      // The SDK sends its checksum after the body, in chunks of HTTP's own.
      const text = body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1);
      return {
        ...JSON.parse(text),
        text,
        ifMatch: headers["if-match"],
        ifNoneMatch: headers["if-none-match"],
      };
    });
}

async function world(script: Script, more: Partial<Terms> = {}) {
  const aws = await scriptedAws(script);
  const clock = fakeClock();
  const terms = { ...leaseTerms(aws.s3), clock, ...more };
  return { ...aws, terms, clock, told: terms.told, take: () => acquireLease(terms) };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

describe("taking a lease", () => {
  it("writes who holds it and until when, where there is none", async () => {
    const { take, sent } = await world({ PUT: [written] });
    await take();
    expect(documents(sent)).toMatchObject([
      {
        version: 1,
        token: expect.stringMatching(/^[0-9a-f-]{36}$/),
        holder: { runId: "1" },
        acquiredAt: "1970-01-01T00:00:00.000Z",
        expiresAt: "1970-01-01T00:03:00.000Z",
        released: false,
        ifNoneMatch: "*",
      },
    ]);
  });

  const dead = 3 * minute + 2 * seconds;
  it.each([
    ["by both clocks for a lifetime and the clocks' rounding", dead, dead, undefined],
    ["almost so long by S3's clock", dead - seconds, dead, "held by 7"],
    ["almost so long by the machines' clocks", dead, dead - 1, "held by 7"],
  ])("of a holder who was silent %s", async (_, age, now, refused) => {
    const { take, told } = await world(
      { PUT: [refusal, written], GET: [standing({}, age)] },
      { clock: fakeClock(now) },
    );
    if (refused === undefined) await take();
    else await expect(take()).rejects.toThrow(refused);
    expect(told).toEqual(refused === undefined ? ["taken over from 7"] : []);
  });

  it.each([
    ["of another version", '{"version": 2}'],
    ["no JSON", "{"],
    ["empty", ""],
  ])("that is %s waits for its age by S3's clock", async (_, body) => {
    const young = await world({ PUT: [refusal], GET: [stored(body, dead - seconds)] });
    await expect(young.take()).rejects.toThrow("held by somebody");
    const old = await world({ PUT: [refusal, written], GET: [stored(body, dead)] });
    await old.take();
    expect(old.told).toEqual(["taken over from somebody"]);
  });

  it.each([
    ["was given back", standing({ released: true }), () => false],
    ["is of a holder who is gone", standing(), ({ runId }: { runId: string }) => runId === "7"],
  ])("that %s needs no word about it", async (_, answer, isGone) => {
    const { take, told, sent } = await world({ PUT: [refusal, written], GET: [answer] }, { isGone });
    await take();
    expect(told).toEqual([]);
    expect(documents(sent).at(-1)).toMatchObject({ ifMatch: '"e"', holder: { runId: "1" } });
  });

  it("knows its own write whose answer got lost", async () => {
    const { take, seen, told } = await world({ PUT: [refusal], GET: [ownWrite] });
    await take();
    expect(seen).toEqual(["PUT", "GET"]);
    expect(told).toEqual([]);
  });

  it("is refused to all but the fastest", async () => {
    const { take } = await world({
      PUT: [refusal],
      GET: [standing({ released: true }), standing({ holder: { runId: "9" } })],
    });
    await expect(take()).rejects.toThrow("held by 9");
  });

  it("that is deleted at that moment is written anew, or refused to the slower one", async () => {
    const fast = await world({ PUT: [refusal, written], GET: [missing] });
    await fast.take();
    expect(documents(fast.sent).at(-1)).toMatchObject({ ifNoneMatch: "*" });
    const slow = await world({ PUT: [refusal], GET: [missing] });
    await expect(slow.take()).rejects.toThrow("held by somebody");
  });

  it("ends with S3's own error", async () => {
    const { take } = await world({ PUT: [refusedByS3("AccessDenied", 403)] });
    await expect(take()).rejects.toMatchObject({ code: "aws-access-denied" });
  });
});

describe("waiting for a lease", () => {
  it("grows its pauses up to ten seconds, names each holder once, and ends with its patience", async () => {
    const second = standing({ token: "next", holder: { runId: "8" } }, 0, '"f"');
    const { take, clock, told } = await world(
      { PUT: [refusal], GET: [standing(), standing(), second] },
      { patience: 30 * seconds },
    );
    await expect(take()).rejects.toThrow("held by 8");
    expect(clock.slept.map((pause) => Math.round(pause))).toEqual([
      1_000, 1_500, 2_250, 3_375, 5_063, 7_594, 10_000,
    ]);
    expect(told).toEqual(["waiting for 7", "waiting for 8"]);
  });

  it("takes a lease that doesn't change for a lifetime, whatever the clocks say", async () => {
    const far = standing({ expiresAt: "2100-01-01T00:00:00.000Z" });
    const { take, clock, told } = await world(
      { PUT: [refusal, written], GET: [far] },
      { patience: 10 * minute },
    );
    await take();
    expect(clock.now()).toBeGreaterThanOrEqual(3 * minute + 2 * seconds);
    expect(clock.now()).toBeLessThan(3 * minute + 12 * seconds);
    expect(told).toEqual(["waiting for 7", "taken over from 7"]);
  });

  it("starts its watch anew with each sign of life", async () => {
    let beats = 0;
    const alive = () => {
      beats += 1;
      return standing({ expiresAt: "2100-01-01T00:00:00.000Z" }, 0, `"beat ${Math.min(beats, 10)}"`);
    };
    const { take, clock } = await world({ PUT: [refusal, written], GET: [alive] }, { patience: 10 * minute });
    await take();
    const tenth = 1_000 + 1_500 + 2_250 + 3_375 + 5_062.5 + 7_593.75 + 3 * 10_000;
    expect(clock.now()).toBeGreaterThanOrEqual(tenth + 3 * minute);
  });

  it("ends at once when the run is cancelled", async () => {
    const cancel = new AbortController();
    const { take, seen } = await world(
      {
        PUT: [refusal],
        GET: [
          () => {
            cancel.abort(new Error("cancelled"));
            return standing();
          },
        ],
      },
      { patience: minute, signal: cancel.signal },
    );
    await expect(take()).rejects.toThrow("cancelled");
    expect(seen).toEqual(["PUT", "GET"]);
  });
});

describe("a lease that is held", () => {
  async function held(script: Script) {
    const found = await world({ ...script, PUT: [written, ...(script["PUT"] ?? [written])] });
    const lease: Lease = await found.take();
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
    const two = await held({ PUT: [refusal, refusal, written], GET: [ownWrite] });
    await two.clock.sleep(2 * minute);
    await two.lease.assertHeld();
    expect(documents(two.sent).map(({ ifMatch }) => ifMatch)).toEqual([undefined, '"e"', '"own"', '"own"']);
    const three = await held({ PUT: [refusal], GET: [ownWrite] });
    await three.clock.sleep(2 * minute);
    await expect(three.lease.assertHeld()).rejects.toThrow("taken away by somebody");
  });

  it("says who took it away, sends nothing more, and gives nothing back", async () => {
    const { lease, beat, seen, told } = await held({ PUT: [refusal], GET: [standing()] });
    await beat(() => expect(lease.lost.aborted).toBe(true));
    expect(lease.lost.reason).toMatchObject({ code: "taken-away", message: "taken away by 7" });
    expect(() => lease.assertFresh()).toThrow("taken away by 7");
    await expect(lease.assertHeld()).rejects.toThrow("taken away by 7");
    await lease.release();
    expect(seen).toEqual(["PUT", "PUT", "GET"]);
    expect(told).toEqual(["not renewed: taken away by 7"]);
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
