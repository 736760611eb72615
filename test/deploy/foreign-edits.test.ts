import { describe, expect, it } from "vitest";
import { refused } from "../aws/scripted.ts";
import type { Twist } from "./support/small-aws.ts";
import { oldScript, type SmallWorld, smallWorld } from "./support/small-world.ts";

/** Somebody changes a job's settings right after its update. */
function editAfterUpdate(world: SmallWorld, name: string, more: object): void {
  const twist: Twist = ({ body }, usual) => {
    const answer = usual();
    const job = world.aws.jobs.get(name);
    if ((JSON.parse(body) as { JobName: string }).JobName === name && job !== undefined) {
      world.aws.twist("UpdateJob", () => undefined);
      world.aws.jobs.set(name, { ...job, LastModifiedOn: Number(job["LastModifiedOn"]) + 1, ...more });
    }
    return answer;
  };
  world.aws.twist("UpdateJob", twist);
}

async function worldWithTimeout(count = 1): Promise<SmallWorld> {
  const world = await smallWorld(count);
  for (const name of world.names) {
    const job = world.aws.jobs.get(name);
    world.aws.jobs.set(name, { ...job, Name: name, Timeout: 100 });
  }
  return world;
}

describe("somebody else's edit of a job that was just repointed", () => {
  it("stays, and so does the release, which names what was changed", async () => {
    const world = await worldWithTimeout(2);
    editAfterUpdate(world, "a", { Timeout: 777, Description: "theirs" });
    const result = await world.release();
    expect(result).toMatchObject({ result: "deployed", jobsChanged: ["a", "b"] });
    expect(result.warnings).toEqual([
      "a: somebody else changed Timeout, Description while it was deployed; that stays as it is now",
    ]);
    expect(world.aws.jobs.get("a")).toMatchObject({ Timeout: 777, Description: "theirs" });
    expect(world.record(result.releaseId)).toMatchObject({ status: "applied" });
  });

  it("stays where the release fails and the job is moved back", async () => {
    const world = await worldWithTimeout(2);
    let updates = 0;
    world.aws.twist("UpdateJob", ({ body }, usual) => {
      updates += 1;
      const { JobName: name } = JSON.parse(body) as { JobName: string };
      if (updates === 2) return refused("AccessDeniedException", "no");
      const answer = usual();
      const job = world.aws.jobs.get(name);
      if (updates === 1 && job !== undefined) world.aws.jobs.set(name, { ...job, Timeout: 777 });
      return answer;
    });
    const result = await world.release();
    expect(result.result).toBe("failed");
    expect(result.failure?.message).toMatch(
      /Moved back 1 job: \w\. Kept what somebody else changed meanwhile: \w \(Timeout\)\.$/,
    );
    expect(new Set(world.locations())).toEqual(new Set([oldScript]));
    expect([...world.aws.jobs.values()].map(({ Timeout }) => Timeout).sort()).toEqual([100, 777]);
  });

  it("that takes the job elsewhere fails the release, and is left alone", async () => {
    const world = await worldWithTimeout(2);
    editAfterUpdate(world, "a", { Command: { Name: "glueetl", ScriptLocation: "s3://theirs/hot-fix.py" } });
    const result = await world.release();
    expect(result.failure).toMatchObject({
      code: "job-not-as-planned",
      message: expect.stringContaining("Left alone, because somebody else changed or deleted them: a."),
    });
    expect(world.locations()).toEqual(["s3://theirs/hot-fix.py", oldScript]);
  });

  it("of its libraries stays when the release is undone, and what the release put there goes", async () => {
    const world = await smallWorld();
    const added = "s3://theirs/new.zip";
    editAfterUpdate(world, "a", { DefaultArguments: { "--extra-py-files": added } });
    const result = await world.release();
    expect(result.failure?.code).toBe("job-not-as-planned");
    expect(world.aws.jobs.get("a")).toMatchObject({
      Command: { ScriptLocation: oldScript },
      DefaultArguments: { "--extra-py-files": added },
    });
  });
});
