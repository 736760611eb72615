import { describe, expect, it } from "vitest";
import type { DeployGlueInputs } from "../../src/contract/deploy-glue.ts";
import type { EntryHost } from "../../src/entries/host.ts";
import { releaseAmongJobs } from "../../src/entries/release-among-jobs.ts";
import { workspaceWith } from "../support/workspace.ts";

const manifestWith = (jobs: string): string => `version: 1
name: acme
environments:
  dev: { region: us-east-1 }
scripts:
  bucket: b
jobs:
${jobs}`;
const named = "  cafe: { job: acme-cafe, script: a.py }\n  silver: { job: acme-silver, script: b.py }\n";
const globbed = `${named}  all: { job: "acme-\${stem}", script: "jobs/*.py" }\n`;

async function read(jobs: readonly string[], manifest = named, to?: string) {
  const workspace = await workspaceWith({ "glue-pipeline.yml": manifestWith(manifest) });
  const inputs = { manifest: "glue-pipeline.yml", environment: "dev", jobs, "rollback-to": to };
  const host = { inputs, context: { workspace } } as unknown as EntryHost<DeployGlueInputs>;
  const { jobs: left, "rollback-to": release } = await releaseAmongJobs(host);
  return [release, left];
}

describe("a release among the jobs of a rollback", () => {
  it.each<[string, readonly string[], string | undefined, readonly string[]]>([
    ["previous", ["previous", "silver"], "previous", ["silver"]],
    ["a whole id", ["20261127T180309.123Z-3f2a9c81b0de-17"], "20261127T180309.123Z-3f2a9c81b0de-17", []],
    ["the beginning of a commit", ["3f2a9c81"], "3f2a9c81", []],
    ["the beginning of an id", ["2026", "silver"], "2026", ["silver"]],
    ["the beginning of an id with its time", ["20261127T1"], "20261127T1", []],
    ["a job that could be a commit", ["cafe"], undefined, ["cafe"]],
    ["a slip in a job's name", ["silvre"], undefined, ["silvre"]],
    ["two that could be releases", ["2026", "3f2a"], undefined, ["2026", "3f2a"]],
  ])("%s", async (_, words, release, left) => {
    expect(await read(words)).toEqual([release, left]);
  });

  it("is one that no glob is likely to name", async () => {
    expect(await read(["dead"], globbed)).toEqual([undefined, ["dead"]]);
    expect(await read(["3f2a9c8"], globbed)).toEqual(["3f2a9c8", []]);
  });

  it("is not looked for where a release is named", async () => {
    expect(await read(["3f2a"], named, "previous")).toEqual(["previous", ["3f2a"]]);
  });
});
