import { describe, expect, it } from "vitest";
import { provenance } from "./support/deploy-world.ts";
import { smallWorld } from "./support/small-world.ts";

const by = (commit: string) => ({ provenance: { ...provenance, commit } });
/** Commits are numbered in the order of their history. */
const isOlderCommit = (commit: string, than: string) => Promise.resolve(commit < than);

describe("a commit that is older than what is live", () => {
  it.each(["fail", undefined] as const)(
    "is deployed or not as on-older-commit says: %s",
    async (onOlderCommit) => {
      const world = await smallWorld();
      await world.release(2, by("c2"));
      const live = world.locations();
      const result = await world.release(1, { ...by("c1"), onOlderCommit, isOlderCommit });
      const words =
        /^a: |the commit c1 is older than what is live: a runs c2, which release .*-c2-1001 deployed/;
      if (onOlderCommit === "fail") {
        expect(result).toMatchObject({ result: "failed", failure: { code: "older-commit" } });
        expect(result.failure?.message).toMatch(words);
        expect(world.locations()).toEqual(live);
      } else {
        expect(result).toMatchObject({ result: "deployed", warnings: [expect.stringMatching(words)] });
      }
    },
  );

  it("is deployed without a word where that is allowed, or nobody knows", async () => {
    const world = await smallWorld();
    await world.release(2, by("c2"));
    expect((await world.release(1, { ...by("c1"), onOlderCommit: "allow", isOlderCommit })).warnings).toEqual(
      [],
    );
    const unknown = { onOlderCommit: "fail", isOlderCommit: () => Promise.resolve(undefined) } as const;
    expect((await world.release(3, { ...by("c0"), ...unknown })).result).toBe("deployed");
  });

  it("is what the job runs, not what was released last: a rollback went back to it", async () => {
    const world = await smallWorld();
    world.aws.store("job.py", "x");
    for (const [text, commit] of [
      [1, "c1"],
      [3, "c3"],
    ] as const)
      await world.release(text, by(commit));
    const back = await world.release(3, { mode: "rollback", ...by("c3") });
    expect(back.commit).toBe("c1");
    expect(world.record(back.releaseId)["jobs"]).toMatchObject([{ job: "a", commit: "c1" }]);
    const result = await world.release(2, { ...by("c2"), onOlderCommit: "fail", isOlderCommit });
    expect(result).toMatchObject({ result: "deployed", warnings: [] });
  });

  it("is told in a plan, and stops no rollback", async () => {
    const world = await smallWorld();
    await world.release(2, by("c2"));
    const strict = { ...by("c1"), onOlderCommit: "fail", isOlderCommit } as const;
    const plan = await world.release(1, { ...strict, mode: "plan" });
    expect(plan).toMatchObject({ result: "planned", warnings: [expect.stringContaining("is older than")] });
    world.aws.store("job.py", "x");
    expect((await world.release(1, { ...strict, mode: "rollback" })).result).toBe("rolled-back");
  });
});

describe("a rollback", () => {
  it("can be planned, to previous or a release, and changes nothing then", async () => {
    const world = await smallWorld(2);
    await world.release(1);
    const first = world.locations();
    await world.release(2);
    const second = world.locations();
    for (const rollbackTo of ["previous", world.releaseIds()[0]]) {
      const { plan, result } = await world.release(2, {
        mode: "plan",
        rollbackTo,
        jobs: [],
        workspace: "/nowhere",
      });
      expect([result, plan.mode]).toEqual(["planned", "rollback"]);
      expect(plan.jobs.map(({ next }) => next?.scriptLocation)).toEqual(first);
    }
    expect(world.locations()).toEqual(second);
    expect(world.releaseIds()).toHaveLength(2);
  });

  it("of one job goes back over later releases of others, and says why it changes nothing", async () => {
    const world = await smallWorld(2);
    await world.release(1);
    const [good] = world.locations();
    await world.release(2, { subset: ["key-a"] });
    const [bad] = world.releaseIds().slice(-1);
    await world.release(2, { subset: ["key-b"] });
    const to = await world.release(1, { mode: "rollback", rollbackTo: bad, subset: ["key-a"] });
    expect(to).toMatchObject({
      result: "unchanged",
      warnings: [`a: already is as after release ${bad}; release ${bad} was the last to change it (key-a)`],
    });
    const back = await world.release(1, { mode: "rollback", subset: ["key-a"] });
    expect(back).toMatchObject({ result: "rolled-back", jobsChanged: ["a"] });
    expect(world.locations()[0]).toBe(good);
  });
});
