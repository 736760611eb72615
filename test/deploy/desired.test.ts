import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { desiredFromWorkspace } from "../../src/deploy/desired.ts";
import { ownContentKey } from "../../src/deploy/place.ts";
import { selectJobs } from "../../src/deploy/select.ts";
import type { ResolvedJob } from "../../src/scripts/resolve.ts";
import { workspaceWith } from "../support/workspace.ts";
import { smallWorld } from "./support/small-world.ts";

const resolved = (key: string, script: string, extraPyFiles: readonly string[] = []): ResolvedJob => ({
  key,
  job: `acme-${key}`,
  script,
  glueVersion: key === "silver" ? "5.0" : undefined,
  pythonVersion: undefined,
  extraPyFiles,
  line: undefined,
});
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

const files = {
  "jobs/silver.py": "print(1)\n",
  "libs/common/__init__.py": "A = 1\n",
  "libs/other/__init__.py": "B = 2\n",
  "more/common/__init__.py": "C = 3\n",
};

async function desired(jobs: readonly ResolvedJob[], validated?: ReadonlyMap<string, string>) {
  const { place } = await smallWorld();
  return desiredFromWorkspace(place, await workspaceWith(files), jobs, validated);
}

describe("what the jobs of a checkout should have", () => {
  const script = `p/silver/silver-${hashOf("print(1)\n").slice(0, 12)}.py`;

  it("is their script and their zips, of which jobs may share one", async () => {
    const jobs = [
      resolved("silver", "jobs/silver.py", ["libs/other", "libs/common"]),
      resolved("gold", "jobs/silver.py", ["libs/common"]),
      resolved("plain", "jobs/silver.py"),
    ];
    const { jobs: wanted, artifacts } = await desired(jobs);
    const [, other = "", common = ""] = wanted[0]?.artifacts ?? [];
    expect(other).toMatch(/^p\/other\/other-[0-9a-f]{12}\.zip$/);
    expect(common).toMatch(/^p\/common\/common-[0-9a-f]{12}\.zip$/);
    expect(wanted.map(({ next: _, ...rest }) => rest)).toEqual([
      {
        key: "silver",
        job: "acme-silver",
        script: "jobs/silver.py",
        glueVersion: "5.0",
        pythonVersion: undefined,
        artifacts: [script, other, common],
        provides: new Map([
          ["libs/other", ["other"]],
          ["libs/common", ["common"]],
        ]),
        hasZip: true,
      },
      expect.objectContaining({ key: "gold", glueVersion: undefined, artifacts: [script, common] }),
      expect.objectContaining({ key: "plain", artifacts: [script] }),
    ]);
    expect([...artifacts.keys()].sort()).toEqual([common, other, script].sort());
    expect([...artifacts].every(([key, artifact]) => artifact.key === key)).toBe(true);
  });

  it("replaces an older zip of ours, and nothing that only looks like one", async () => {
    const { jobs } = await desired([resolved("silver", "jobs/silver.py", ["libs/common"])]);
    const [job] = jobs;
    const zip = `s3://s/${job?.artifacts[1]}`;
    const others = [
      "s3://s/p/common/common-0123456789ab.py",
      "s3://theirs/p/common/common-0123456789ab.zip",
      "s3://s/p/deeper/common/common-0123456789ab.zip",
      "s3://s/q/common/common-0123456789ab.zip",
    ];
    const ours = "s3://s/p/common/common-0123456789ab.zip";
    const current = { scriptLocation: "s3://old/x.py", extraPyFiles: [...others, ours].join() };
    expect(job?.next(current)).toEqual({
      scriptLocation: `s3://s/${script}`,
      extraPyFiles: [...others, zip].join(),
    });
    expect(job?.next({ ...current, extraPyFiles: null }).extraPyFiles).toBe(zip);
  });

  it("can't be two libraries of one name in one job", async () => {
    const clash = desired([resolved("silver", "jobs/silver.py", ["libs/common", "more/common"])]);
    await expect(clash).rejects.toMatchObject({
      code: "libraries-clash",
      message: 'jobs.silver has two libraries that provide "common": libs/common and more/common',
      remedy: "Keep one of them, or rename the package in one: the job would import whichever comes first.",
    });
    await expect(
      desired([
        resolved("silver", "jobs/silver.py", ["libs/common"]),
        resolved("gold", "jobs/silver.py", ["more/common"]),
      ]),
    ).resolves.toBeDefined();
  });

  it("is what was validated, or nothing", async () => {
    const jobs = [resolved("silver", "jobs/silver.py")];
    const validated = (hash: string) => desired(jobs, new Map([["jobs/silver.py", hash]]));
    await expect(validated(hashOf("print(1)\n"))).resolves.toBeDefined();
    await expect(desired(jobs, new Map([["jobs/other.py", "x"]]))).resolves.toBeDefined();
    await expect(validated(hashOf("print(2)\n"))).rejects.toMatchObject({
      code: "script-changed-since-validation",
      message: "jobs/silver.py was changed after it was validated",
      remedy: "Let nothing write into the checkout while it is deployed, then deploy again.",
      location: { path: "jobs/silver.py" },
    });
    const both = desired(
      [...jobs, resolved("gold", "libs/common/__init__.py")],
      new Map([
        ["jobs/silver.py", "x"],
        ["libs/common/__init__.py", "x"],
      ]),
    );
    await expect(both).rejects.toThrow("scripts: 2 errors");
  });
});

describe("a content key of a place", () => {
  const place = { bucket: { name: "s" }, prefix: "p/" };
  const own = { key: "p/a/a-0123456789ab.py", stem: "a", hash: "0123456789ab" };

  it.each([
    ["s3://s/p/a/a-0123456789ab.py", own],
    ["s3://t/p/a/a-0123456789ab.py", undefined],
    ["s3://s/a/a-0123456789ab.py", undefined],
    ["s3://s/p/q/a/a-0123456789ab.py", undefined],
    ["s3://s/p/a/b-0123456789ab.py", undefined],
    ["p/a/a-0123456789ab.py", undefined],
  ])("in %s", (uri, expected) => {
    expect(ownContentKey(place, uri)).toEqual(expected);
  });

  it("may stand at the top of a bucket", () => {
    expect(ownContentKey({ ...place, prefix: "" }, "s3://s/a/a-0123456789ab.py")?.key).toBe(
      "a/a-0123456789ab.py",
    );
  });
});

describe("a subset of the jobs", () => {
  const jobs = [{ key: "bronze" }, { key: "silver" }, { key: "gold" }];

  it("keeps the manifest's order, and is all of them where it names none", () => {
    expect(selectJobs(jobs, ["gold", "bronze"])).toEqual([{ key: "bronze" }, { key: "gold" }]);
    expect(selectJobs(jobs, [])).toBe(jobs);
  });

  it("names every job that there isn't, with the nearest that there is", () => {
    expect(() => selectJobs(jobs, ["sliver", "gold"])).toThrow(
      expect.objectContaining({
        code: "unknown-job",
        message: 'The manifest has no job "sliver". Did you mean "silver"?',
        remedy: "Use the names under jobs: bronze, silver, gold.",
      }),
    );
    expect(() => selectJobs(jobs, ["sliver", "xxxxxxxx"])).toThrow("jobs: 2 errors");
  });
});
