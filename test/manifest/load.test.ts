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

  it("takes what jobs share from defaults, a job's own first, and paths as they are meant", async () => {
    const text = good
      .replace("glue-version: 5.0 }", "glue-version: 4, extra-py-files: [libs/all] }")
      .replace("script: a.py", "script: ./gold//../a.py, bookmarks: true");
    const { jobs } = await load(text, "dev");
    expect(
      jobs.map(({ script, glueVersion, extraPyFiles, bookmarks }) => [
        script,
        glueVersion,
        extraPyFiles,
        bookmarks,
      ]),
    ).toEqual([
      ["glue_jobs/silver.py", "4.0", ["libs/common"], false],
      ["a.py", undefined, ["libs/all"], true],
      ["gold/*.py", "4.0", ["libs/all"], false],
    ]);
  });

  it("knows each line, that of the value's own place in a list too", async () => {
    const manifest = await load(good, "dev");
    expect(manifest.jobs.map(({ line }) => line)).toEqual([11, 15, 16]);
    expect(manifest.e2e?.clean.map(({ line }) => line)).toEqual([18, 18]);
    expect(manifest.e2e?.steps.map(({ line }) => line)).toEqual([23, 24, 25, 26, 27]);
  });

  it.each([
    ["s3://landing/in/b.json", "in/b.json"],
    ["s3://landing/", "a.json"],
    ["s3://landing/in", "in"],
  ])("uploads data/a.json to %s as %s", async (to, objectKey) => {
    const { e2e } = await load(good.replace("s3://landing/in/", to), "dev");
    expect(e2e?.steps[0]).toMatchObject({ file: "data/a.json", bucket: "landing", objectKey });
  });

  it.each([
    ["expect-value: abc", { value: "abc" }],
    ["expect-value: null", { value: null }],
    ["expect-value: true", { value: true }],
    ["expect-rows: 3", { rows: 3 }],
    ["expect-min-rows: 0", { minRows: 0 }],
    ["expect-columns: [a, b]", { columns: ["a", "b"] }],
    ["expect-value: 1.5, tolerance: 0.1", { value: 1.5, tolerance: 0.1 }],
  ])("understands %s", async (given, expectation) => {
    const { e2e } = await load(good.replace("expect-value: 0", given), "dev");
    expect(e2e?.steps[4]).toMatchObject({ kind: "query", expectation });
  });

  it("has what it leaves out: no e2e, no rules, the primary workgroup", async () => {
    expect(await load(good.replace(/e2e:[\s\S]*/, ""), "dev")).toMatchObject({
      path: "glue-pipeline.yml",
      name: "cars",
      environmentNames: ["dev", "prod"],
      ruleLevels: {},
      e2e: undefined,
    });
    expect((await load(good.replace("${team}-", ""), "prod")).e2e).toMatchObject({
      allowWholeBucket: ["landing-dev", "landing-prod"],
      bookmarks: ["silver"],
      athena: { database: "cars", workgroup: "primary", output: undefined },
    });
    const rules = await load(`${good}validate: { rules: { orphan-code: warning } }\n`, "dev");
    expect(rules.ruleLevels).toEqual({ "orphan-code": "warning" });
  });

  it("fills in region and account, keeps an escaped name, and no variable passes for the environment", async () => {
    const text = good
      .replace("team: data", "team: 7, environment: fake")
      .replace("${team}-silver", () => "${team}-${region}-${account}-$${team}-silver");
    expect((await load(text, "dev")).jobs[0]?.job).toBe("7-us-east-1-000000000000-${team}-silver-dev");
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
    [
      "a step that needs itself",
      good.replace("needs: [crawl]", "needs: [silver]"),
      /^26: step silver needs itself/,
    ],
    [
      "query without athena",
      good.replace(/ {2}athena:.*\n/, ""),
      /^26: step check is a query, but e2e\.athena is missing/,
    ],
    [
      "stem without a glob",
      good.replace("job: shell,", "job: shell-${stem},"),
      /^15: jobs\.shell\.job uses \$\{stem\}, but its script is a single file/,
    ],
    [
      "name of a job that is none",
      good.replace("shell: {", "my shell: {"),
      /^15: the name jobs\.my shell is not allowed: may hold letters/,
    ],
    [
      "step of two kinds",
      good.replace("crawler: bronze", "crawler: bronze, run: silver"),
      /^25: e2e\.steps\.crawl must have exactly one of upload, expect, crawler, run, query/,
    ],
    [
      "step that is no mapping",
      good.replace("{ needs: [parquet], crawler: bronze }", "bronze"),
      /^25: .*exactly one of/,
    ],
    [
      "step that is nothing",
      good.replace("{ needs: [parquet], crawler: bronze }", ""),
      /^25: .*exactly one of/,
    ],
    [
      "value of a wrong kind",
      good.replace("glue-version: 5.0", "glue-version: [5]"),
      /^9: defaults\.glue-version: expected string, received array, or expected number/,
    ],
    [
      "Glue version that is none",
      good.replace("glue-version: 5.0", "glue-version: five"),
      /^9: defaults\.glue-version: must be a Glue version such as "5\.0"/,
    ],
    [
      "rule that is none",
      `${good}validate: { rules: { orphan-cod: "off" } }\n`,
      /^28: unknown key "orphan-cod" in validate\.rules\. Did you mean "orphan-code"\? \| Known keys here: orphan-code, /,
    ],
    [
      "misspelt key of a job",
      good.replace("python-version", "pyton-version"),
      /^15: unknown key "pyton-version" in jobs\.shell\. Did you mean "python-version"\? \| Known keys here: job, script, glue-version/,
    ],
    [
      "misspelt key of the document",
      `${good}job: {}\n`,
      /^28: unknown key "job" in the document\. Did you mean "jobs"\?/,
    ],
    ["no jobs", good.replace(/jobs:[\s\S]*(?=e2e:)/, "jobs: {}\n"), /^10: jobs: must name at least one job/],
    [
      "no environments",
      good.replace(/environments:[\s\S]*(?=scripts:)/, "environments: {}\n"),
      /environments: must name at least one/,
    ],
    [
      "environments left out",
      good.replace(/environments:[\s\S]*(?=scripts:)/, ""),
      /environments is missing/,
    ],
    [
      "environments that are a list",
      good.replace(/environments:[\s\S]*(?=scripts:)/, "environments: [dev]\n"),
      /^3: environments: expected record/,
    ],
    ["backslashes", good.replace("script: a.py", String.raw`script: gold\a.py`), /^15: .*forward slashes/],
    [
      "prefix that is no folder",
      good.replace("prefix: glue_jobs/", "prefix: glue_jobs"),
      /^8: scripts\.prefix: must end in \//,
    ],
    [
      "Python of no shell",
      good.replace("python-version: 3.9", "python-version: 3.8"),
      /^15: jobs\.shell\.python-version/,
    ],
    ["argument without dashes", good.replace("--day: 5", "day: 5"), /^26: the name .*must start with --/],
    [
      "name that everything has",
      good.replace("${team}-", "${toString}-"),
      /^12: \$\{toString\} is not defined here; known are team, region, account, environment/,
    ],
    [
      "mistake inside a list",
      good.replace("[libs/common]", "[libs/${nothing}]"),
      /^14: \$\{nothing\} is not defined/,
    ],
    ["empty name", good.replace("name: cars", 'name: ""'), /^2: name: must not be empty/],
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

  it("that asks for too much is refused", async () => {
    const bomb = Array.from(
      { length: 12 },
      (_, index) =>
        `a${index}: &a${index} [${
          index === 0
            ? "x"
            : Array(9)
                .fill(`*a${index - 1}`)
                .join(", ")
        }]`,
    ).join("\n");
    expect((await problems(bomb)).join()).toMatch(/can't be expanded: too many YAML aliases/);
  });

  it.each([
    ["bytes that are no UTF-8", new Uint8Array([0x61, 0xff, 0xfe])],
    ["a folder", undefined],
  ])("of %s can't be read, and says so", async (_, bytes) => {
    const workspace = await workspaceWith(
      bytes === undefined ? { "glue-pipeline.yml/a": "" } : { "glue-pipeline.yml": bytes },
    );
    await expect(loadManifest({ workspace, path: "glue-pipeline.yml" })).rejects.toMatchObject({
      code: "manifest-unreadable",
      message: "glue-pipeline.yml can't be read as UTF-8 text",
      location: { path: "glue-pipeline.yml" },
    });
  });

  it("that is not there says where it was looked for", async () => {
    const workspace = await workspaceWith({});
    await expect(loadManifest({ workspace, path: "nope.yml" })).rejects.toMatchObject({
      code: "manifest-not-found",
      message: "there is no manifest at nope.yml",
    });
  });
});
