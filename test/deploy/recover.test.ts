import { describe, expect, it } from "vitest";
import { recover } from "../../src/deploy/recover.ts";
import { refused } from "../aws/scripted.ts";
import { at, idOf, recordOf, storeRecords } from "./support/records.ts";
import type { SmallAws } from "./support/small-aws.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";

const record = recordOf(
  1,
  { a: ["a0", "a1"], b: ["b0", "b1"], c: ["c0", "c0"] },
  { status: "pending", provenance: { commit: "c", repository: "r", runId: "1001" } },
);
const whose = `Release ${idOf(1)} of the manifest acme (repository r, run 1001) was interrupted`;
const settledAt = "2025-11-05T10:30:00.000Z";

function point(aws: SmallAws, job: string, script: string): void {
  aws.jobs.set(job, { Name: job, Command: { ScriptLocation: at(script).scriptLocation } });
}

/** The pending release, and where its jobs stand. */
async function interrupted(scripts: Readonly<Record<string, string>>): Promise<SmallWorld> {
  const world = await smallWorld(3);
  storeRecords(world.aws, record);
  for (const [job, script] of Object.entries(scripts)) point(world.aws, job, script);
  return world;
}

const held = {
  assertHeld: () => Promise.resolve(),
  assertFresh: () => undefined,
  release: () => Promise.resolve(),
};

describe("a release that was left pending", () => {
  it("is finished where all that were to move had moved, wherever the others stand", async () => {
    const world = await interrupted({ a: "a1", b: "b1", c: "else" });
    expect(await recover(world.place, record, held)).toEqual({
      message: `${whose} after all its jobs had moved; it is now marked as applied.`,
      restored: undefined,
    });
    expect(world.record(idOf(1))).toEqual({
      ...record,
      status: "applied",
      note: "finished by a later run",
      settledAt,
    });
    expect(world.aws.clients.seen).not.toContain("UpdateJob");
  });

  it("is undone where one had not", async () => {
    const world = await interrupted({ a: "a1", b: "b0", c: "c0" });
    expect(await recover(world.place, record, held)).toEqual({
      message: `${whose} and is undone. Moved back 1 job: a.`,
      restored: ["a"],
    });
    expect(world.locations()).toEqual(["a0", "b0", "c0"].map((name) => at(name).scriptLocation));
    expect(world.record(idOf(1))).toEqual({
      ...record,
      status: "rolled-back",
      note: "undone by a later run. Moved back 1 job: a.",
      settledAt,
    });
  });

  it("stays pending where a job can't be moved back, and says which and why", async () => {
    const world = await interrupted({ a: "a1", b: "b0", c: "c0" });
    world.aws.twist("UpdateJob", () => refused("AccessDeniedException", "no"));
    const undo = /^Could not be moved back \(the next deploy tries again\): a \(.*glue:UpdateJob.*\)\.$/;
    await expect(recover(world.place, record, held)).rejects.toMatchObject({
      code: "recovery-failed",
      message: expect.stringContaining(`${whose} and can't be undone. Could not be moved back`),
      remedy: expect.stringContaining("Let a run that may update these jobs settle the release"),
    });
    expect(world.record(idOf(1))).toEqual({ ...record, note: expect.stringMatching(undo) });
  });

  it.each([
    ["finished", "a1", "b1"],
    ["undone", "a0", "b0"],
  ])("is not marked as %s by who no longer holds the lock", async (_, a, b) => {
    const world = await interrupted({ a, b, c: "c0" });
    const lost = { ...held, assertHeld: () => Promise.reject(new Error("lost")) };
    await expect(recover(world.place, record, lost)).rejects.toThrow("lost");
    expect(world.record(idOf(1))).toEqual(record);
  });
});
