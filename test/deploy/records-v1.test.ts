import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readReleases } from "../../src/deploy/ledger.ts";
import { prune } from "../../src/deploy/prune.ts";
import { diffReleases } from "../../src/deploy/release-diff.ts";
import { listReleases } from "../../src/deploy/releases-list.ts";
import { rollbackTarget } from "../../src/deploy/rollback.ts";
import { provenance } from "./support/deploy-world.ts";
import { type SmallWorld, smallWorld } from "./support/small-world.ts";

const folder = join(import.meta.dirname, "records-v1");
const ids = readdirSync(folder)
  .map((name) => name.replace(".json", ""))
  .sort();
const [first = "", second = "", third = ""] = ids;
const names = ["a", "b"].map((job) => ({ key: `key-${job}`, job }));
const script = (name: string) => `s3://s/p/${name[0]}/${name}.py`;
const held = {
  assertHeld: () => Promise.resolve(),
  assertFresh: () => undefined,
  release: () => Promise.resolve(),
};

/** A ledger as version 0.1 wrote it: every record names every job. */
async function world(): Promise<SmallWorld> {
  const made = await smallWorld(2);
  for (const id of ids) {
    made.aws.store(`p/_releases/dev/${id}.json`, readFileSync(join(folder, `${id}.json`), "utf8"));
  }
  return made;
}

describe("records of version 1", () => {
  it("are read without the jobs that they did not change", async () => {
    const { place } = await world();
    const records = await readReleases(place, ids);
    expect(
      records.map(({ version, manifest, objects, jobs }) => [version, manifest, objects, jobs.length]),
    ).toEqual([
      [2, null, {}, 2],
      [2, null, {}, 1],
      [2, null, {}, 1],
    ]);
  });

  it("are listed and compared", async () => {
    const { place } = await world();
    const lines = await listReleases(place);
    expect(lines.map(({ id, kind, changed }) => [id, kind, changed])).toEqual([
      [third, "rollback", ["a"]],
      [second, "deploy", ["a"]],
      [first, "deploy", ["a", "b"]],
    ]);
    expect(await diffReleases(place, first, second)).toMatchObject([
      { job: "a", fields: [{ from: script("a-111111111111"), to: script("a-222222222222") }] },
    ]);
    expect(await diffReleases(place, first, third)).toEqual([]);
  });

  it("are rolled back over, each job by its own history", async () => {
    const { place } = await world();
    const previous = await rollbackTarget(place, "previous", names, true);
    const now = {
      scriptLocation: script("b-444444444444"),
      extraPyFiles: "s3://theirs/x.zip,s3://theirs/y.zip",
    };
    expect(previous.desired.jobs.map(({ job, next }) => [job, next(now)])).toEqual([
      ["a", { scriptLocation: script("a-222222222222"), extraPyFiles: now.extraPyFiles }],
      ["b", { scriptLocation: "s3://old/job.py", extraPyFiles: now.extraPyFiles }],
    ]);
    const whole = await rollbackTarget(place, second, names);
    expect(whole.desired.jobs.map(({ job, next }) => [job, next(now).scriptLocation])).toEqual([
      ["a", script("a-222222222222")],
      ["b", script("b-111111111111")],
    ]);
  });

  it("are followed by records of today, and pruned with them", async () => {
    const made = await world();
    for (const text of [1, 2, 3]) await made.release(text);
    const [newest] = await listReleases(made.place);
    expect(newest).toMatchObject({ manifest: "acme", changed: ["a", "b"] });
    const oldest = made.releaseIds()[3];
    const pruned = await prune(made.place, 2, provenance, held);
    expect(pruned.releases).toEqual([oldest, third, second, first]);
    expect(made.releaseIds()).toHaveLength(2);
  });
});
