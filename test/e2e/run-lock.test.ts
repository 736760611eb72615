import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lockEnvironment } from "../../src/e2e/run-lock.ts";
import { preconditionFailed, written } from "../aws/answers.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import { documents } from "../aws/scripted-lease.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { scriptedRun } from "./scripted-run.ts";

const etag = { etag: '"e"' };
const folder = { bucket: { name: "b" }, prefix: "p/_runs/dev/" };
const lease = (more: object = {}, holder: object = {}) => ({
  status: 200,
  headers: etag,
  body: JSON.stringify({
    version: 1,
    token: "other",
    holder: { runId: "7", ...holder },
    acquiredAt: "1970-01-01T00:00:00.000Z",
    expiresAt: "2100-01-01T00:00:00.000Z",
    released: false,
    ...more,
  }),
});

/** Written more than five minutes ago, by S3's clock. */
const old = {
  status: 200,
  headers: {
    ...etag,
    "last-modified": "Thu, 01 Jan 1970 00:00:00 GMT",
    date: "Thu, 01 Jan 1970 00:05:02 GMT",
  },
};

describe("the lock of an environment", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
  afterEach(() => void vi.useRealTimers());

  it.each([
    [
      "all of it",
      { attempt: 2, actor: "ana", repository: "acme/lake", runUrl: "https://x/7" },
      "run 7 (attempt 2) of ana in acme/lake (https://x/7) since 1970-01-01T00:00:00.000Z until 2100-01-01T00:00:00.000Z",
    ],
    ["no more than the run", {}, "run 7 since 1970-01-01T00:00:00.000Z until 2100-01-01T00:00:00.000Z"],
  ])("names its holder as well as is known: %s", async (_, holder, words) => {
    const run = await scriptedRun({ PUT: [preconditionFailed], GET: [lease({}, holder)] }, { folder });
    await expect(lockEnvironment(run, { runId: "8", attempt: 1 })).rejects.toMatchObject({
      code: "e2e-locked",
      message: `dev is in use by ${words} (s3://b/p/_runs/dev/lock.json)`,
    });
  });

  it("is written with all that names this run", async () => {
    const run = await scriptedRun({ PUT: [written] }, { folder });
    const info = { runId: "8", attempt: 2, url: "https://x/8", actor: "bo", repository: "acme/lake" };
    await lockEnvironment(run, info);
    const { url: runUrl, ...holder } = info;
    expect(documents(run.sent)).toMatchObject([
      { holder: { ...holder, runUrl }, expiresAt: "1970-01-01T00:05:00.000Z" },
    ]);
  });

  it.each([
    ["a later attempt of this run", { attempt: 3 }, { runId: "7", attempt: 2 }],
    ["this very attempt, in another process", { attempt: 2 }, { runId: "7", attempt: 2 }],
    ["an earlier attempt of another run", { attempt: 1 }, { runId: "8", attempt: 2 }],
  ])("stays with %s", async (_, holder, info) => {
    const run = await scriptedRun(
      { PUT: [preconditionFailed, written], GET: [lease({}, holder)] },
      { folder },
    );
    await expect(lockEnvironment(run, info)).rejects.toMatchObject({
      code: "e2e-locked",
      remedy: expect.stringContaining("Wait for that run to end"),
      source: "user",
    });
  });

  it.each([
    ["was given back", lease({ released: true }), { runId: "8" }],
    ["is an earlier attempt's of this run", lease({}, { attempt: 1 }), { runId: "7", attempt: 2 }],
    ["is an earlier attempt's that noted none", lease(), { runId: "7", attempt: 2 }],
    ["can't be read and is old", { ...old, body: "no JSON" }, { runId: "8" }],
    ["is of another format and old", { ...old, body: "{}" }, { runId: "8" }],
  ])("is taken over where it %s", async (_, standing, info) => {
    const run = await scriptedRun({ PUT: [preconditionFailed, written], GET: [standing] }, { folder });
    const lock = await lockEnvironment(run, info);
    await lock.release();
    expect(run.seen.filter((name) => name === "PUT").length).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ["another run's", lease(), "run 7 since"],
    ["nobody's that can be named", { status: 404 }, "another run"],
  ])("is %s when somebody else is faster", async (_, standing, words) => {
    const first = lease({ released: true });
    const run = await scriptedRun({ PUT: [preconditionFailed], GET: [first, standing] }, { folder });
    await expect(lockEnvironment(run, { runId: "8" })).rejects.toThrow(words);
  });

  it("that shows no sign of life is taken over with a warning", async () => {
    const dead = { ...old, body: lease({ expiresAt: "1970-01-01T00:00:00.000Z" }).body };
    const run = await scriptedRun(
      { PUT: [preconditionFailed, written], GET: [dead] },
      { folder, clock: fakeClock(302_000) },
    );
    await lockEnvironment(run, { runId: "8" });
    expect(run.events).toMatchObject([{ code: "e2e.lock-taken-over", level: "warning" }]);
    expect(run.events[0]?.message).toContain("run 7 since");
  });

  it("is lost when somebody takes it during the run, and not given back then", async () => {
    const run = await scriptedRun({ PUT: [written, preconditionFailed], GET: [lease()] }, { folder });
    const lock = await lockEnvironment(run, { runId: "8" });
    vi.advanceTimersByTime(60_000);
    await aborted(lock.lost);
    expect(lock.lost.reason).toMatchObject({
      code: "e2e-lock-lost",
      message: expect.stringContaining("run 7"),
      remedy: expect.stringContaining("Find out what else runs"),
      source: "user",
    });
    const puts = run.seen.length;
    await lock.release();
    expect(run.seen).toHaveLength(puts);
  });

  it("that S3 doesn't answer for is lost before anybody else may take it", async () => {
    const run = await scriptedRun({ PUT: [written, refusedByS3("InvalidRequest", 400)] }, { folder });
    const lock = await lockEnvironment(run, { runId: "8" });
    await run.clock.sleep(4 * 60_000);
    vi.advanceTimersByTime(60_000);
    await vi.waitFor(() => expect(run.events).toHaveLength(1));
    expect(run.events).toMatchObject([
      {
        code: "e2e.lock-not-renewed",
        level: "debug",
        message: expect.stringMatching(/^the lock could not be renewed: .*said S3/),
      },
    ]);
    expect(lock.lost.aborted).toBe(false);
    await run.clock.sleep(10_000);
    vi.advanceTimersByTime(60_000);
    await aborted(lock.lost);
    expect(lock.lost.reason).toMatchObject({
      code: "e2e-lock-lost",
      message: expect.stringContaining("said S3"),
    });
  });

  it("that can't be given back is a warning, for it expires by itself", async () => {
    const run = await scriptedRun({ PUT: [written, refusedByS3("AccessDenied", 403)] }, { folder });
    await (await lockEnvironment(run, { runId: "8" })).release();
    expect(run.events).toMatchObject([
      {
        code: "e2e.lock-not-released",
        level: "warning",
        message: expect.stringMatching(/^the lock could not be given back and expires by itself: .*said S3/),
      },
    ]);
  });

  it("is refused with S3's own error where it can't be taken", async () => {
    const run = await scriptedRun({ PUT: [refusedByS3("AccessDenied", 403)] }, { folder });
    await expect(lockEnvironment(run, { runId: "8" })).rejects.toMatchObject({ code: "aws-access-denied" });
  });
});

function aborted(signal: AbortSignal): Promise<unknown> {
  return signal.aborted
    ? Promise.resolve()
    : new Promise((resolve) => signal.addEventListener("abort", resolve));
}
