import { describe, expect, it } from "vitest";
import type { ExactObject } from "../../src/aws/exact-json.ts";
import type { PlanRules } from "../../src/deploy/blockers.ts";
import type { DesiredJob } from "../../src/deploy/desired.ts";
import { mergeLibraries, requirementName } from "../../src/deploy/library-lists.ts";
import { planJob } from "../../src/deploy/plan.ts";

const next = "s3://scripts/glue_jobs/silver/silver-3f2a9c81b0de.py";
const desired: DesiredJob = {
  key: "silver",
  job: "acme-silver-dev",
  script: "glue_jobs/silver.py",
  glueVersion: "5.0",
  artifacts: ["glue_jobs/silver/silver-3f2a9c81b0de.py"],
  next: ({ extraPyFiles }) => ({ scriptLocation: next, extraPyFiles }),
};
const rules: PlanRules = { allowGlueVersionChange: false, scripts: new Map() };
const live: ExactObject = {
  Name: "acme-silver-dev",
  JobMode: "SCRIPT",
  GlueVersion: "5.0",
  LastModifiedOn: 1_700_000_000.5,
  Command: { Name: "glueetl", ScriptLocation: "s3://scripts/silver.py" },
};

describe("the plan of a job", () => {
  it("is a change from the live location to the new one", () => {
    const plan = planJob(desired, live, rules);
    expect(plan).toMatchObject({
      action: "change",
      current: { scriptLocation: "s3://scripts/silver.py", extraPyFiles: null },
      next: { scriptLocation: next, extraPyFiles: null },
      fields: [{ member: "Command.ScriptLocation", from: "s3://scripts/silver.py", to: next }],
      lastModifiedOn: "1700000000.5",
    });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it("is unchanged where the job points there already", () => {
    const there = { ...live, Command: { ScriptLocation: next } };
    expect(planJob(desired, there, rules)).toMatchObject({ action: "unchanged", fields: [], warnings: [] });
  });

  it("is a change where the live script has gone from S3, although the job points there", () => {
    const there = { ...live, Command: { ScriptLocation: next } };
    const plan = planJob(desired, there, { ...rules, scripts: new Map([[next, "missing"]]) });
    expect(plan).toMatchObject({
      action: "change",
      fields: [],
      reasons: [`${next} is gone from S3 and is uploaded again`],
    });
  });
});

describe("--extra-py-files", () => {
  const stemOf = (uri: string): string | undefined => /ours\/([^/]+)-\w+\.zip$/.exec(uri)?.[1];

  it.each([
    ["is left alone without zips", "a.zip, b.zip", [], "a.zip, b.zip"],
    ["stays absent without zips", null, [], null],
    ["gets a first entry", null, ["ours/x-1.zip"], "ours/x-1.zip"],
    ["gets a new entry at its end", "theirs.zip", ["ours/x-1.zip"], "theirs.zip,ours/x-1.zip"],
    [
      "has an older version replaced where it stands",
      "a.zip,ours/x-1.zip,b.zip",
      ["ours/x-2.zip"],
      "a.zip,ours/x-2.zip,b.zip",
    ],
    ["loses a second older version", "ours/x-1.zip,ours/x-2.zip", ["ours/x-3.zip"], "ours/x-3.zip"],
    [
      "keeps its text where nothing changes",
      " a.zip , ours/x-1.zip",
      ["ours/x-1.zip"],
      " a.zip , ours/x-1.zip",
    ],
    [
      "loses an entry of ours that the manifest no longer names",
      "ours/y-1.zip",
      ["ours/x-1.zip"],
      "ours/x-1.zip",
    ],
    ["is removed with its last entry", "ours/y-1.zip", [], null],
    [
      "loses somebody else's entry that the manifest replaces",
      "a.zip,old.zip",
      ["ours/x-1.zip"],
      "a.zip,ours/x-1.zip",
    ],
  ])("%s", (_name, current, wanted, merged) => {
    const isOurs = (entry: string) => stemOf(entry) !== undefined;
    const nameOf = (entry: string) => stemOf(entry) ?? entry;
    const replaces = new Set(["old.zip"]);
    expect(mergeLibraries(current, { wanted, isOurs, nameOf, replaces })).toBe(merged);
  });

  it.each([
    ["pandas==2.1.4", "pandas"],
    ["Shop_Lib[aws]>=1.0", "shop-lib"],
    ["s3://b/p/shop_lib/0123456789ab/shop_lib-1.0-py3-none-any.whl", "shop-lib"],
  ])("of modules tells %s by its distribution", (entry, name) => {
    expect(requirementName(entry)).toBe(name);
  });
});
