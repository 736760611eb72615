import { PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { type Clock, systemClock } from "../../src/base/clock.ts";
import { acquireLock, type Lock, lockUri } from "../../src/deploy/lock.ts";
import { skewClock } from "../support/faults/clock-skew.ts";
import { useFaultProxy } from "../support/faults/use-fault-proxy.ts";
import { type DeployWorld, provenance, useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld } = useDeployWorlds();
const proxy = useFaultProxy();

const seconds = 1_000;
const first = { ...provenance, runId: "77", runUrl: "https://ci/77" };
const second = { ...provenance, runId: "2002" };

/** A clock that jumps when it sleeps, after whatever else happens meanwhile. */
function jumpingClock(
  meanwhile: () => Promise<unknown> = () => Promise.resolve(),
): Clock & { ahead: number } {
  const clock = {
    ahead: 0,
    now: () => Date.now() + clock.ahead,
    sleep: async (milliseconds: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      clock.ahead += milliseconds;
      await meanwhile();
    },
  };
  return clock;
}

async function takenBy(world: DeployWorld, clock: Clock = systemClock): Promise<Lock> {
  return acquireLock({ ...world.place, clock }, first);
}

describe("a lock whose holder is alive", () => {
  it("keeps a second deploy out, which waits, then names the holder", async () => {
    const holder: { lock?: Lock } = {};
    const clock = jumpingClock(async () => holder.lock?.assertHeld());
    const world = await deployWorld({ clock });
    holder.lock = await takenBy(world, clock);
    const result = await world.release();
    expect(result).toMatchObject({ result: "failed", failure: { code: "deploy-locked" } });
    expect(result.failure?.message).toContain("run 77 of ana in acme/datalake (https://ci/77)");
    expect(clock.ahead).toBeGreaterThan(4 * 60 * seconds);
    const waited = world.events.filter(({ code }) => code === "deploy.waiting-for-lock");
    expect(waited.map(({ message }) => message).join()).toContain("Waiting for run 77 of ana");
    await holder.lock.release();
    expect((await world.release()).result).toBe("deployed");
  });

  it("lets the second deploy go on when it is given back", async () => {
    const holder: { lock?: Lock } = {};
    const clock = jumpingClock(async () => holder.lock?.release());
    const world = await deployWorld({ clock });
    holder.lock = await takenBy(world);
    expect((await world.release()).result).toBe("deployed");
  });

  it.each(["date", "all"] as const)(
    "stays its holder's when S3's clock seems to be an hour ahead (%s)",
    async (of) => {
      const world = await deployWorld();
      await takenBy(world);
      proxy.inject(skewClock({ milliseconds: 3_600 * seconds, of }));
      const taken = acquireLock(world.place, second, { patience: 0 });
      await expect(taken).rejects.toMatchObject({ code: "deploy-locked" });
    },
  );

  it("is not waited for by a run that is cancelled", async () => {
    const cancel = new AbortController();
    const clock = jumpingClock(() => Promise.resolve(cancel.abort()));
    const world = await deployWorld({ clock });
    await takenBy(world);
    const result = await world.release({ signal: cancel.signal });
    expect(result).toMatchObject({ result: "failed", failure: { code: "cancelled" } });
  });
});

describe("several deploys at once", () => {
  it("go one after the other, and end in one release", async () => {
    const world = await deployWorld({ jobs: 3 });
    const outcomes = await Promise.all([1, 2, 3, 4].map(async () => (await world.release()).result));
    expect(outcomes.toSorted()).toEqual(["deployed", "unchanged", "unchanged", "unchanged"]);
  });
});

describe("a lock without a sign of life", () => {
  it("is taken over after its lease, by one taker only", async () => {
    const world = await deployWorld();
    await takenBy(world);
    const takers = [1, 2, 3].map(() =>
      acquireLock({ ...world.place, clock: jumpingClock() }, second, { patience: 60 * seconds }),
    );
    const outcomes = await Promise.allSettled(takers);
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0);
    expect(world.events.filter(({ code }) => code === "deploy.lock-taken-over")).toHaveLength(1);
  });

  it("is taken over whatever the machines' clocks say", async () => {
    const world = await deployWorld();
    const wrong = jumpingClock();
    wrong.ahead = 90 * 24 * 3_600 * seconds;
    await takenBy(world, wrong);
    await expect(acquireLock({ ...world.place, clock: jumpingClock() }, second)).resolves.toBeDefined();
  });

  it.each(['{"version": 2}', "{", ""])("is taken over although it can't be read: %j", async (Body) => {
    const world = await deployWorld();
    const Key = lockUri(world.place).slice(`s3://${world.bucket}/`.length);
    await world.clients.s3.send(new PutObjectCommand({ Bucket: world.bucket, Key, Body }));
    const refused = acquireLock(world.place, second, { patience: 0 });
    await expect(refused).rejects.toMatchObject({ code: "deploy-locked" });
    await expect(acquireLock({ ...world.place, clock: jumpingClock() }, second)).resolves.toBeDefined();
  });
});

describe("a holder that was held up", () => {
  it("may go on when nobody took the lock over, whatever time has passed", async () => {
    const clock = jumpingClock();
    const world = await deployWorld();
    const lock = await takenBy(world, clock);
    clock.ahead += 3_600 * seconds;
    expect(() => lock.assertFresh()).toThrow("lapsed");
    await lock.assertHeld();
    expect(() => lock.assertFresh()).not.toThrow();
  });

  it("does not lock itself out when many of its writes ask at once", async () => {
    const clock = jumpingClock();
    const world = await deployWorld();
    const lock = await takenBy(world, clock);
    clock.ahead += 11 * seconds;
    world.operations();
    await Promise.all(Array.from({ length: 12 }, () => lock.assertHeld()));
    expect(world.operations()).toEqual(["PutObject"]);
    await lock.release();
  });

  it("may not go on when somebody did", async () => {
    const clock = jumpingClock();
    const world = await deployWorld();
    const lock = await takenBy(world, clock);
    await acquireLock({ ...world.place, clock: jumpingClock() }, second);
    clock.ahead += 3_600 * seconds;
    const lost = { code: "deploy-locked", message: expect.stringContaining("run 2002") };
    await expect(lock.assertHeld()).rejects.toMatchObject(lost);
    expect(() => lock.assertFresh()).toThrow("run 2002");
  });

  it("writes nothing more in the middle of a deploy, and leaves its release to the next one", async () => {
    const clock = jumpingClock();
    const world = await deployWorld({ jobs: 8 });
    let updates = 0;
    world.clients.glue.middlewareStack.add(
      (next, { commandName }) =>
        async (call) => {
          if (commandName === "UpdateJobCommand") updates += 1;
          if (commandName === "UpdateJobCommand" && updates === 3) {
            await acquireLock({ ...world.place, clock: jumpingClock() }, second);
            clock.ahead += 3_600 * seconds;
          }
          return next(call);
        },
      { step: "initialize", name: "suspended" },
    );
    const result = await world.release({ clock });
    expect(result).toMatchObject({ result: "failed" });
    expect(result.failure?.message).toContain("left to the next deploy");
    const moved = new Set(await world.scriptLocations());
    expect(moved.size).toBeGreaterThan(1);
    expect(moved).toContain("s3://old-scripts/job.py");
    expect((await world.release({ clock: jumpingClock() })).warnings.join()).toContain("was interrupted");
    expect(new Set(await world.scriptLocations()).has("s3://old-scripts/job.py")).toBe(false);
  });
});

describe("a lock given back", () => {
  it("stays in S3 marked as released, for nobody needs the right to delete", async () => {
    const world = await deployWorld();
    await (await acquireLock(world.place, provenance)).release();
    expect(lockUri(world.place)).toBe(`s3://${world.bucket}/glue_jobs/_releases/dev/lock.json`);
    await expect(acquireLock(world.place, provenance, { patience: 0 })).resolves.toBeDefined();
  });
});
