import { describe, expect, it } from "vitest";
import { systemClock } from "../../src/base/clock.ts";
import { listReleaseIds, readRelease, settleRecord } from "../../src/deploy/ledger.ts";
import { allOf } from "../support/faults/proxy.ts";
import { errorReply } from "../support/faults/reply.ts";
import { readLate } from "../support/faults/stale-reads.ts";
import { useFaultProxy } from "../support/faults/use-fault-proxy.ts";
import { type DeployWorld, useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld } = useDeployWorlds();
const proxy = useFaultProxy();

async function newestRelease(place: DeployWorld["place"]) {
  const [id = ""] = await listReleaseIds(place);
  return readRelease(place, id);
}

/** Jobs read as before for so many milliseconds after an update. */
const late = (milliseconds: number) =>
  readLate(
    () => milliseconds,
    () => undefined,
  );

describe("a deploy whose jobs read as before for a while", () => {
  it("waits until it sees what it has written", async () => {
    const world = await deployWorld({ jobs: 2 });
    proxy.inject(late(600));
    expect(await world.release()).toMatchObject({ result: "deployed", failure: undefined });
  });

  it("is cancelled while it waits, and moves back what it has moved", async () => {
    const cancel = new AbortController();
    const sleep = (_: number, signal?: AbortSignal): Promise<void> => {
      cancel.abort();
      return signal?.aborted === true ? Promise.reject(signal.reason) : Promise.resolve();
    };
    const world = await deployWorld({ clock: { ...systemClock, sleep } });
    proxy.inject(late(5_000));
    const { failure } = await world.release({ signal: cancel.signal });
    expect(failure).toMatchObject({
      code: "cancelled",
      message: expect.stringContaining("Moved back 1 job"),
    });
    proxy.inject({});
    expect(await world.scriptLocations()).toEqual(["s3://old-scripts/job.py"]);
  });

  it("moves back what it has moved, whatever that seems to be", async () => {
    const world = await deployWorld({ jobs: 2 });
    let updates = 0;
    const second = {
      before: (call: { readonly operation: string }) =>
        call.operation === "glue:UpdateJob" && ++updates === 2
          ? errorReply(call, 400, "AccessDeniedException", "not authorized to perform: glue:UpdateJob")
          : undefined,
    };
    proxy.inject(allOf(second, late(5_000)));
    const { failure } = await world.release();
    expect(failure?.message).toContain("Moved back 1 job");
    proxy.inject({});
    expect(new Set(await world.scriptLocations())).toEqual(new Set(["s3://old-scripts/job.py"]));
  });
});

describe("a release whose record was written although every answer got lost", () => {
  it("is applied", async () => {
    const world = await deployWorld();
    let writes = 0;
    proxy.inject({
      after: (call) => {
        const isRecord = call.operation === "s3:PutObject" && /_releases\/dev\/\d/.test(call.path);
        if (isRecord) writes += 1;
        return isRecord && writes > 1
          ? errorReply(call, 500, "InternalError", "We had a problem.")
          : undefined;
      },
    });
    expect(await world.release()).toMatchObject({ result: "deployed" });
    expect(writes).toBeGreaterThan(2);
    expect((await newestRelease(world.place))?.record.status).toBe("applied");
  });

  it("is rolled back by whoever then moved its jobs back, for it says applied", async () => {
    const world = await deployWorld();
    await world.release();
    const stored = await newestRelease(world.place);
    if (stored === undefined) throw new Error("there is a release");
    const again = settleRecord(world.place, stored.record, "rolled-back");
    await expect(again).rejects.toMatchObject({ code: "release-record-contested" });
    await settleRecord(world.place, stored.record, "rolled-back", "undone", ["pending", "applied"]);
    expect((await newestRelease(world.place))?.record).toMatchObject({
      status: "rolled-back",
      note: "undone",
    });
  });
});
