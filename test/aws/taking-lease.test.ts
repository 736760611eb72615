import { describe, expect, it } from "vitest";
import { fakeClock } from "../support/fake-clock.ts";
import { preconditionFailed, written } from "./answers.ts";
import { refusedByS3 } from "./scripted.ts";
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

describe("taking a lease", () => {
  it("writes who holds it and until when, where there is none", async () => {
    const { take, sent } = await leaseWorld({ PUT: [written] });
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
    const { take, told } = await leaseWorld(
      { PUT: [preconditionFailed, written], GET: [standing({}, age)] },
      { clock: fakeClock(now) },
    );
    if (refused === undefined) await take();
    else await expect(take()).rejects.toThrow(refused);
    expect(told).toEqual(refused === undefined ? ["taken over from 7"] : []);
  });

  it("of a holder whose age S3 doesn't tell is not taken by the machines' clocks alone", async () => {
    const { body } = standing() as { body: string };
    const undated = { status: 200, headers: { etag: '"e"' }, body };
    const { take } = await leaseWorld(
      { PUT: [preconditionFailed], GET: [undated] },
      { clock: fakeClock(60 * minute) },
    );
    await expect(take()).rejects.toThrow("held by 7");
  });

  it.each([
    ["of another version", '{"version": 2}'],
    ["no JSON", "{"],
    ["empty", ""],
  ])("that is %s waits for its age by S3's clock", async (_, body) => {
    const young = await leaseWorld({ PUT: [preconditionFailed], GET: [stored(body, dead - seconds)] });
    await expect(young.take()).rejects.toThrow("held by somebody");
    const old = await leaseWorld({ PUT: [preconditionFailed, written], GET: [stored(body, dead)] });
    await old.take();
    expect(old.told).toEqual(["taken over from somebody"]);
  });

  it.each([
    ["was given back", standing({ released: true }), () => false],
    ["is of a holder who is gone", standing(), ({ runId }: { runId: string }) => runId === "7"],
  ])("that %s needs no word about it", async (_, answer, isGone) => {
    const { take, told, sent } = await leaseWorld(
      { PUT: [preconditionFailed, written], GET: [answer] },
      { isGone },
    );
    await take();
    expect(told).toEqual([]);
    expect(documents(sent).at(-1)).toMatchObject({ ifMatch: '"e"', holder: { runId: "1" } });
  });

  it("knows its own write whose answer got lost", async () => {
    const { take, seen, told } = await leaseWorld({ PUT: [preconditionFailed], GET: [ownWrite] });
    await take();
    expect(seen).toEqual(["PUT", "GET"]);
    expect(told).toEqual([]);
  });

  it("is refused to all but the fastest", async () => {
    const { take } = await leaseWorld({
      PUT: [preconditionFailed],
      GET: [standing({ released: true }), standing({ holder: { runId: "9" } })],
    });
    await expect(take()).rejects.toThrow("held by 9");
  });

  it("that is deleted at that moment is written anew, or refused to the slower one", async () => {
    const fast = await leaseWorld({ PUT: [preconditionFailed, written], GET: [missing] });
    await fast.take();
    expect(documents(fast.sent).at(-1)).toMatchObject({ ifNoneMatch: "*" });
    const slow = await leaseWorld({ PUT: [preconditionFailed], GET: [missing] });
    await expect(slow.take()).rejects.toThrow("held by somebody");
  });

  it("ends with S3's own error", async () => {
    const { take } = await leaseWorld({ PUT: [refusedByS3("AccessDenied", 403)] });
    await expect(take()).rejects.toMatchObject({ code: "aws-access-denied" });
  });
});

describe("waiting for a lease", () => {
  it("grows its pauses up to ten seconds, names each holder once, and ends with its patience", async () => {
    const second = standing({ token: "next", holder: { runId: "8" } }, 0, '"f"');
    const { take, clock, told } = await leaseWorld(
      { PUT: [preconditionFailed], GET: [standing(), standing(), second] },
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
    const { take, clock, told } = await leaseWorld(
      { PUT: [preconditionFailed, written], GET: [far] },
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
    const { take, clock } = await leaseWorld(
      { PUT: [preconditionFailed, written], GET: [alive] },
      { patience: 10 * minute },
    );
    await take();
    const tenth = 1_000 + 1_500 + 2_250 + 3_375 + 5_062.5 + 7_593.75 + 3 * 10_000;
    expect(clock.now()).toBeGreaterThanOrEqual(tenth + 3 * minute);
  });

  it("ends at once when the run is cancelled", async () => {
    const cancel = new AbortController();
    const { take, seen } = await leaseWorld(
      {
        PUT: [preconditionFailed],
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
