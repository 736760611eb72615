import { describe, expect, it } from "vitest";
import { acquireLock } from "../../src/deploy/lock.ts";
import { provenance } from "./support/deploy-world.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";
import { isLock, told, written } from "./support/what-happened.ts";

/** Somebody deploys text 2 while this deploy compares, and ends before it looks at the lock again. */
function otherDeploy(world: SmallWorld): void {
  let isOver = false;
  world.aws.twist("BatchGetJobs", (_, usual) => {
    const answer = usual();
    if (!isOver) {
      isOver = true;
      const lock = world.aws.objects.get("p/_releases/dev/lock.json")?.body ?? "";
      world.aws.store("p/_releases/dev/lock.json", lock.replace(/"token": "[^"]*"/, '"token": "other"'));
      const job = world.aws.jobs.get("a");
      world.aws.jobs.set("a", {
        ...job,
        Name: "a",
        LastModifiedOn: 9,
        Command: { ScriptLocation: "s3://s/p/a/a-bad.py" },
      });
    }
    return answer;
  });
}

describe("a deploy that finds nothing to do", () => {
  it("compares again under the lock where somebody deployed meanwhile", async () => {
    const world = await smallWorld();
    await world.release(1);
    const good = world.locations();
    otherDeploy(world);
    const result = await world.release(1);
    expect(result).toMatchObject({ result: "deployed", jobsChanged: ["a"] });
    expect(world.locations()).toEqual(good);
  });

  it("waits for whoever holds the lock, and says who", async () => {
    const world = await smallWorld();
    await world.release(1);
    const good = world.locations();
    const other = await acquireLock(world.place, { ...provenance, runId: "77" });
    let reads = 0;
    world.aws.twist("GET", (sent) => {
      if (!isLock(sent)) return undefined;
      reads += 1;
      if (reads === 3) {
        const job = world.aws.jobs.get("a");
        world.aws.jobs.set("a", {
          ...job,
          Name: "a",
          LastModifiedOn: 9,
          Command: { ScriptLocation: "s3://s/p/a/a-bad.py" },
        });
        void other.release();
      }
      return undefined;
    });
    const result = await world.release(1);
    expect(told(world, "deploy.waiting-for-lock")[0]?.message).toContain("Waiting for run 77 of ana");
    expect(result).toMatchObject({ result: "deployed", jobsChanged: ["a"] });
    expect(world.locations()).toEqual(good);
  });

  it("fails by naming whoever holds the lock for too long, and claims nothing", async () => {
    const world = await smallWorld();
    await world.release(1);
    const other = await acquireLock(world.place, { ...provenance, runId: "77" });
    world.aws.twist("GET", (sent) => {
      if (isLock(sent)) void other.assertHeld();
      return undefined;
    });
    const from = world.aws.clients.seen.length;
    const result = await world.release(1);
    expect(result).toMatchObject({ result: "failed", failure: { code: "deploy-locked" } });
    expect(result.failure?.message).toContain("run 77 of ana");
    expect(written(world, from).filter((name) => name === "UpdateJob")).toEqual([]);
  });
});
