import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ProgressEvent } from "../../src/base/progress.ts";
import { acquireLock, lockUri } from "../../src/deploy/lock.ts";
import { preconditionFailed, written } from "../aws/answers.ts";
import { refusedByS3, type Script } from "../aws/scripted.ts";
import { documents, stored } from "../aws/scripted-lease.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { placeOn } from "./support/scripted-place.ts";

const mine = { repository: "acme/datalake", commit: "c0ffee", runId: "78" };
const theirs = { repository: "acme/lake", commit: "beef", runId: "77" };

function lockOf(holder: object, more: object = {}, etag = '"e"') {
  const document = {
    version: 1,
    token: "other",
    holder,
    acquiredAt: "1970-01-01T00:00:00.000Z",
    expiresAt: "1970-01-01T00:00:30.000Z",
    released: false,
    ...more,
  };
  return stored(JSON.stringify(document), 32_000, etag);
}

async function place(script: Script, start = 0) {
  const events: ProgressEvent[] = [];
  const progress = (event: ProgressEvent): void => void events.push(event);
  return { ...(await placeOn(script, { clock: fakeClock(start), progress })), events };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

describe("the lock of an environment", () => {
  it("is written for thirty seconds, with all that names its holder", async () => {
    const here = await place({ PUT: [written] });
    await acquireLock(here, mine);
    expect(lockUri(here)).toBe("s3://b/p/_releases/dev/lock.json");
    expect(documents(here.sent)).toMatchObject([{ holder: mine, expiresAt: "1970-01-01T00:00:30.000Z" }]);
  });

  it.each([
    [
      "all that is known",
      lockOf({ ...theirs, actor: "ana", runUrl: "https://ci/77" }),
      "run 77 of ana in acme/lake (https://ci/77) since 1970-01-01T00:00:00.000Z",
    ],
    ["no more than there is", lockOf(theirs), "run 77 in acme/lake since 1970-01-01T00:00:00.000Z"],
    ["its place where it can't be read", stored("{"), "whoever wrote s3://b/p/_releases/dev/lock.json"],
    ["its place where it names no commit", lockOf({ runId: "77" }), "whoever wrote s3://b/p/"],
  ])("names its holder by %s", async (_, standing, name) => {
    const here = await place({ PUT: [preconditionFailed], GET: [standing] });
    await expect(acquireLock(here, mine, { patience: 0 })).rejects.toMatchObject({
      code: "deploy-locked",
      message: expect.stringContaining(`The environment dev is locked by ${name}`),
      remedy: expect.stringContaining("falls free 30 seconds after its last sign of life"),
      source: "user",
    });
    expect(here.events).toEqual([]);
  });

  it("is waited for five minutes, and says so", async () => {
    let beats = 0;
    const alive = () => {
      beats += 1;
      return lockOf(theirs, { expiresAt: "2100-01-01T00:00:00.000Z" }, `"${beats}"`);
    };
    const here = await place({ PUT: [preconditionFailed], GET: [alive] });
    await expect(acquireLock(here, mine)).rejects.toMatchObject({ code: "deploy-locked" });
    expect(here.clock.now()).toBeGreaterThanOrEqual(300_000);
    expect(here.clock.now()).toBeLessThan(310_000);
    expect(here.events).toEqual([
      {
        code: "deploy.waiting-for-lock",
        level: "info",
        message:
          "Waiting for run 77 in acme/lake since 1970-01-01T00:00:00.000Z, which holds the lock of the environment dev",
      },
    ]);
  });

  it("is taken over from a holder without a sign of life, with a warning", async () => {
    const here = await place({ PUT: [preconditionFailed, written], GET: [lockOf(theirs)] }, 32_000);
    await acquireLock(here, mine);
    expect(here.events).toEqual([
      {
        code: "deploy.lock-taken-over",
        level: "warning",
        message:
          "The lock of run 77 in acme/lake since 1970-01-01T00:00:00.000Z shows no sign of life and is taken over",
      },
    ]);
  });

  it("that can't be renewed or given back says why", async () => {
    const here = await place({ PUT: [written, refusedByS3("AccessDenied", 403)] });
    const lock = await acquireLock(here, mine);
    vi.advanceTimersByTime(10_000);
    await vi.waitFor(() => expect(here.events).toHaveLength(1));
    await lock.release();
    expect(here.events).toMatchObject([
      {
        code: "deploy.lock-not-renewed",
        level: "debug",
        message: expect.stringMatching(/^The lock could not be renewed: .*said S3/),
      },
      {
        code: "deploy.lock-not-released",
        level: "warning",
        message: expect.stringMatching(/^The lock could not be given back and expires by itself: .*said S3/),
      },
    ]);
  });

  it("that lapsed tells to deploy again", async () => {
    const here = await place({ PUT: [written] });
    const lock = await acquireLock(here, mine);
    await here.clock.sleep(25_000);
    expect(() => lock.assertFresh()).toThrow(
      expect.objectContaining({
        code: "lock-lapsed",
        message: "This run was held up for so long that its lock on the environment lapsed",
        remedy: "Deploy again: the next run settles what this one left.",
        source: "user",
      }),
    );
  });
});
