import { describe, expect, it } from "vitest";
import { ledgerState } from "../../src/deploy/ledger.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { refused } from "../aws/scripted.ts";
import { at, idOf, recordOf, storeRecords } from "./support/records.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";

const theirs = { name: "lake", path: "lake/glue-pipeline.yml" };
const start = { scriptLocation: "s3://old/job.py", extraPyFiles: null };

/** A run of another manifest was killed after it had moved its job `x`, beside the jobs of this one. */
async function killed(jobs: readonly string[] = ["x"]): Promise<SmallWorld> {
  const world = await smallWorld(2);
  world.aws.jobs.set("x", {
    Name: "x",
    LastModifiedOn: 1,
    Command: { ScriptLocation: at("x1").scriptLocation },
  });
  const moved = jobs.map((job) => ({ key: job, job, before: start, after: at(`${job}1`) }));
  storeRecords(world.aws, recordOf(1, {}, { status: "pending", manifest: theirs, jobs: moved }));
  return world;
}

const isTheirs = ({ body }: { readonly body: string }): boolean => body.includes('"JobName":"x"');

describe("a release of another manifest that was left pending", () => {
  it("is named, left alone, and stops no deploy that is about other jobs", async () => {
    const world = await killed();
    world.aws.twist("UpdateJob", (sent) => (isTheirs(sent) ? refused("AccessDeniedException") : undefined));
    const result = await world.release(1);
    expect(result).toMatchObject({ result: "deployed", jobsChanged: ["a", "b"] });
    expect(result.warnings).toEqual([
      `Release ${idOf(1)} of the manifest lake (repository r, run 1) is pending. It changes 1 job that this manifest doesn't have (x) and is left to the next deploy of its own manifest.`,
    ]);
    expect(world.record(idOf(1))).toMatchObject({ status: "pending" });
    expect(await world.release(1)).toMatchObject({ result: "unchanged" });
  });

  it("is settled by its own manifest, though others have released since", async () => {
    const world = await killed(["x", "y"]);
    world.aws.jobs.set("y", {
      Name: "y",
      LastModifiedOn: 1,
      Command: { ScriptLocation: start.scriptLocation },
    });
    for (const text of [1, 2, 3]) await world.release(text);
    expect((await ledgerState(world.place)).pending.map(({ id }) => id)).toEqual([idOf(1)]);
    const manifest: Manifest = {
      ...theirs,
      environment: { name: "dev", region: "us-east-1", account: "123456789012" },
      environmentNames: ["dev"],
      scripts: { bucket: "s", prefix: "p/" },
      jobs: [],
      e2e: undefined,
    };
    const result = await world.release(3, { manifest });
    expect(result.warnings.join()).toContain(
      `Release ${idOf(1)} of the manifest lake (repository r, run 1) was interrupted and is undone. Moved back 1 job: x.`,
    );
    expect(world.record(idOf(1))).toMatchObject({ status: "rolled-back" });
    expect((await ledgerState(world.place)).pending).toEqual([]);
  });

  it("is settled by whoever has one of its jobs, or names it where that may not be", async () => {
    const world = await killed(["x", "a"]);
    world.aws.twist("UpdateJob", (sent) => (isTheirs(sent) ? refused("AccessDeniedException") : undefined));
    await expect(world.release(1)).rejects.toMatchObject({
      code: "recovery-failed",
      message: expect.stringContaining(
        `Release ${idOf(1)} of the manifest lake (repository r, run 1) was interrupted and can't be undone.`,
      ),
      remedy: expect.stringContaining("deploy the manifest that wrote it"),
    });
    world.aws.twist("UpdateJob", () => undefined);
    expect(await world.release(1)).toMatchObject({ result: "deployed" });
    expect(world.record(idOf(1))).toMatchObject({ status: "rolled-back" });
  });
});

describe("the head of the ledger", () => {
  const head = "p/_releases/dev.head.json";

  it.each<[string, (world: SmallWorld) => void]>([
    ["is gone", ({ aws }) => void aws.objects.delete(head)],
    ["is damaged", ({ aws }) => aws.store(head, "{")],
    [
      "is behind, for a run died or was of an older toolkit",
      ({ aws }) => storeRecords(aws, recordOf(9, { a: ["a", "b"] })),
    ],
  ])("makes no difference where it %s", async (_, spoil) => {
    const world = await smallWorld();
    for (const text of [1, 2]) await world.release(text);
    spoil(world);
    const ids = world.releaseIds().toReversed();
    expect((await ledgerState(world.place)).recent).toEqual(ids);
    await world.release(3);
    expect(JSON.parse(world.aws.objects.get(head)?.body ?? "").recent).toEqual(
      world.releaseIds().toReversed(),
    );
  });

  it("finds a release that died right after its record was written", async () => {
    const world = await smallWorld();
    await world.release(1);
    storeRecords(world.aws, recordOf(9, { a: ["a", "b"] }, { status: "pending" }));
    expect((await ledgerState(world.place)).pending.map(({ id }) => id)).toEqual([idOf(9)]);
  });
});
