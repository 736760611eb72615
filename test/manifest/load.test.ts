import { describe, expect, it } from "vitest";
import { ToolkitError, ToolkitErrors } from "../../src/base/errors.ts";
import { loadManifest } from "../../src/manifest/load.ts";
import type { Manifest } from "../../src/manifest/manifest.ts";
import { workspaceWith } from "../support/workspace.ts";

const good = `version: 1
name: cars
environments:
  dev: { region: us-east-1, account: "000000000000", variables: { team: data } }
  prod: { region: sa-east-1 }
scripts:
  bucket: scripts-\${environment}
  prefix: glue_jobs/
defaults: { glue-version: 5.0 }
jobs:
  silver:
    job: \${team}-silver-\${environment}
    script: glue_jobs/silver.py
    extra-py-files: [libs/common]
  shell: { job: shell, script: a.py, python-version: 3.9 }
  many: { job: acme-\${stem}, script: gold/*.py }
e2e:
  clean: [s3://landing-\${environment}/, s3://bronze/car/]
  allow-whole-bucket: [ landing-dev, landing-prod ]
  bookmarks: [silver]
  athena: { database: cars }
  steps:
    ingest: { upload: data/a.json, to: "s3://landing/in/" }
    parquet: { needs: [ingest], expect: "s3://bronze/**/*.parquet", timeout: 1m30s }
    crawl: { needs: [parquet], crawler: bronze }
    silver: { needs: [crawl], run: silver, arguments: { --day: 5 } }
    check: { needs: [silver], query: "SELECT '$\${x}'", expect-value: 0 }
`;

async function load(text: string, environment?: string): Promise<Manifest> {
  const workspace = await workspaceWith({ "glue-pipeline.yml": text });
  return loadManifest({ workspace, path: "glue-pipeline.yml", environment });
}

async function problems(text: string, environment = "dev"): Promise<string[]> {
  const thrown: unknown = await load(text, environment).catch((error: unknown) => error);
  if (!(thrown instanceof ToolkitError)) throw new Error(`expected a ToolkitError, got ${String(thrown)}`);
  const all = thrown instanceof ToolkitErrors ? thrown.errors : [thrown];
  return all.map((error) => `${error.location?.line ?? "-"}: ${error.message} | ${error.remedy}`);
}

describe("a good manifest", () => {
  it("is filled in for the chosen environment", async () => {
    const manifest = await load(good, "dev");
    expect(manifest.environment).toEqual({ name: "dev", region: "us-east-1", account: "000000000000" });
    expect(manifest.scripts).toEqual({ bucket: "scripts-dev", prefix: "glue_jobs/" });
    expect(manifest.jobs.map((job) => [job.key, job.job, job.glueVersion, job.pythonVersion])).toEqual([
      ["silver", "data-silver-dev", "5.0", undefined],
      ["shell", "shell", undefined, "3.9"],
      ["many", "acme-${stem}", "5.0", undefined],
    ]);
  });

  it("gives steps their kinds, limits in milliseconds and full object keys", async () => {
    const { e2e } = await load(good, "dev");
    expect(e2e?.steps.map((step) => step.kind)).toEqual(["upload", "expect", "crawler", "run", "query"]);
    expect(e2e?.steps[0]).toMatchObject({ bucket: "landing", objectKey: "in/a.json" });
    expect(e2e?.steps[1]).toMatchObject({ bucket: "bronze", pattern: "**/*.parquet", timeout: 90_000 });
    expect(e2e?.steps[3]).toMatchObject({ arguments: { "--day": "5" }, needs: ["crawl"] });
    expect(e2e?.steps[4]).toMatchObject({ sql: "SELECT '${x}'", expectation: { value: 0 } });
    expect(e2e?.clean).toMatchObject([
      { bucket: "landing-dev", prefix: "", line: 18 },
      { bucket: "bronze", prefix: "car/" },
    ]);
  });

  it("needs no environment named where there is only one", async () => {
    const one = good.replace(/ {2}prod:.*\n/, "");
    expect((await load(one)).environment.name).toBe("dev");
  });
});

describe("a bad manifest", () => {
  it.each([
    [
      "misspelt key",
      good.replace("prefix:", "prefx:"),
      /^8: unknown key "prefx" in scripts\. Did you mean "prefix"\?/,
    ],
    [
      "misspelt key of a step",
      good.replace("crawler:", "crawlr:"),
      /^25: e2e\.steps\.crawl must have exactly one of upload/,
    ],
    [
      "unknown key in a step",
      good.replace("timeout: 1m30s", "timeot: 1m30s"),
      /^24: unknown key "timeot" in e2e\.steps\.parquet\. Did you mean "timeout"\?/,
    ],
    [
      "bad duration",
      good.replace("1m30s", "soon"),
      /^24: e2e\.steps\.parquet\.timeout: "soon" is not a duration/,
    ],
    [
      "unknown variable",
      good.replace("${team}-", "${teem}-"),
      /^12: \$\{teem\} is not defined here.*Did you mean "team"\?/,
    ],
    [
      "unknown need",
      good.replace("needs: [crawl]", "needs: [crawll]"),
      /^26: step silver needs "crawll", which is no step\. Did you mean "crawl"\?/,
    ],
    [
      "whole bucket not allowed",
      good.replace("[ landing-dev, landing-prod ]", "[]"),
      /^18: clean would empty the whole bucket landing-dev/,
    ],
    [
      "clean without slash",
      good.replace("s3://bronze/car/", "s3://bronze/car"),
      /^18: e2e\.clean\.1: must look like s3/,
    ],
    ["unquoted account", good.replace('"000000000000"', "000000000000"), /^4: environments\.dev\.account: /],
    ["missing name", good.replace("name: cars\n", ""), /name is missing/],
    ["query with no expectation", good.replace(", expect-value: 0", ""), /^27: .*needs an expectation/],
    ["glob without stem", good.replace("acme-${stem}", "acme"), /^16: jobs\.many has a glob/],
    [
      "absolute script",
      good.replace("glue_jobs/silver.py", "/etc/passwd"),
      /^13: jobs\.silver\.script: must be relative/,
    ],
    ["not a mapping", "- a\n- b\n", /must hold a mapping/],
    ["YAML error", "version: 1\nname: @cars\n", /^2: glue-pipeline\.yml is not valid YAML/],
    ["duplicate key", `${good}name: again\n`, /^28: .*unique/],
    ["wrong version", good.replace("version: 1", "version: 2"), /^1: version: /],
  ])("%s is named at its line", async (_, text, expected) => {
    expect((await problems(text)).join("\n")).toMatch(expected);
  });

  it("reports all problems at once", async () => {
    const text = good
      .replace("prefix:", "prefx:")
      .replace("1m30s", "soon")
      .replace("needs: [crawl]", "need: [crawl]");
    expect(await problems(text)).toHaveLength(3);
  });

  it("names the environments there are", async () => {
    expect(await problems(good, "pord")).toEqual([
      '-: glue-pipeline.yml has no environment "pord". Did you mean "prod"? | Set the environment input to one of: dev, prod.',
    ]);
    expect((await problems(good, ""))[0]).toMatch(/several environments \(dev, prod\) and none was chosen/);
  });

  it("that is not there says where it was looked for", async () => {
    const workspace = await workspaceWith({});
    await expect(loadManifest({ workspace, path: "nope.yml" })).rejects.toMatchObject({
      code: "manifest-not-found",
      message: "there is no manifest at nope.yml",
    });
  });
});
