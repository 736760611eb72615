import { describe, expect, it } from "vitest";
import { ToolkitError, ToolkitErrors } from "../../src/base/errors.ts";
import { loadManifest } from "../../src/manifest/load.ts";
import { workspaceWith } from "../support/workspace.ts";
import { good, load } from "./support.ts";

async function problems(text: string, environment = "dev"): Promise<string[]> {
  const thrown: unknown = await load(text, environment).catch((error: unknown) => error);
  if (!(thrown instanceof ToolkitError)) throw new Error(`expected a ToolkitError, got ${String(thrown)}`);
  const all = thrown instanceof ToolkitErrors ? thrown.errors : [thrown];
  for (const error of all) {
    expect(error.code).toMatch(/^(?:manifest|environment)-[a-z]+$/);
    expect(error).toMatchObject({ source: "user", location: { path: "glue-pipeline.yml" } });
    expect(error.remedy).toMatch(/^[A-Z][^\n]+\.$/);
  }
  return all.map((error) => `${error.location?.line ?? "-"}: ${error.message} | ${error.remedy}`);
}

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
      "clean of the scripts themselves",
      good.replace("s3://bronze/car/", "s3://scripts-dev/glue_jobs/"),
      /^18: clean would empty s3:\/\/scripts-dev\/glue_jobs\/, which holds s3:\/\/scripts-dev\/glue_jobs\/: the scripts, releases, locks and run records of this manifest \| Name a prefix/,
    ],
    [
      "clean of the releases",
      good.replace("s3://bronze/car/", "s3://scripts-dev/glue_jobs/_releases/dev/"),
      /^18: .* which lies in s3:\/\/scripts-dev\/glue_jobs\/: the scripts/,
    ],
    [
      "clean of all that the scripts' bucket has",
      good
        .replace("s3://bronze/car/", "s3://scripts-dev/")
        .replace("[ landing-dev,", "[ landing-dev, scripts-dev,"),
      /^18: .* which holds s3:\/\/scripts-dev\/glue_jobs\/: the scripts/,
    ],
    [
      "clean of the queries' results",
      good.replace("database: cars", "database: cars, output: s3://bronze/car/results/"),
      /^18: .* which holds s3:\/\/bronze\/car\/results\/: the results of this manifest's queries/,
    ],
    [
      "clean of another environment's scripts",
      good.replace("s3://bronze/car/", "s3://scripts-prod/glue_jobs/silver/"),
      /^18: .* which lies in s3:\/\/scripts-prod\/glue_jobs\/: the scripts of environment prod/,
    ],
    [
      "clean of another environment's data",
      good.replace("s3://bronze/car/", "s3://landing-prod/new/"),
      /^18: .* which lies in s3:\/\/landing-prod\/: data of environment prod/,
    ],
    [
      "clean of what another environment awaits",
      good
        .replace("s3://bronze/car/", "s3://lake/")
        .replace("s3://bronze/**", "s3://lake/${environment}/**")
        .replace("landing-prod ]", "lake ]")
        .replace("landing-${environment}/", "landing/x/"),
      /^18: .* which holds s3:\/\/lake\/prod\/: data of environment prod/,
    ],
    [
      "upload over the run records",
      good.replace("s3://landing/in/", "s3://scripts-dev/glue_jobs/_runs/dev/lock.json"),
      /^23: step ingest would write among the releases, locks and run records of this manifest/,
    ],
    [
      "clean with a glob",
      good.replace("s3://bronze/car/", "s3://bronze/*/"),
      /^18: e2e\.clean\.1: "s3:\/\/bronze\/\*\/" holds a glob character/,
    ],
    [
      "clean with a way out",
      good.replace("s3://bronze/car/", "s3://bronze/../car/"),
      /^18: e2e\.clean\.1: .* holds a \. or \.\. part/,
    ],
    [
      "clean with an empty part",
      good.replace("s3://bronze/car/", "s3://bronze//car/"),
      /^18: e2e\.clean\.1: .* holds an empty part/,
    ],
    [
      "glob that never ends",
      good.replace("**/*.parquet", "{a,b/*.parquet"),
      /^24: e2e\.steps\.parquet\.expect: has a \[ or \{ without its end/,
    ],
    [
      "need of a bad name",
      good.replace("needs: [crawl]", 'needs: ["a b"]'),
      /^26: e2e\.steps\.silver\.needs\.0: may hold letters/,
    ],
    [
      "bookmark with an unknown key",
      good.replace("bookmarks: [silver]", "bookmarks: [{ job: silver, may-be-mising: true }]"),
      /^20: unknown key "may-be-mising" in e2e\.bookmarks\.0|^20: e2e\.bookmarks\.0\.may-be-missing is missing/,
    ],
    [
      "SELECT without an expectation",
      good.replace(/query: .*, expect-value: 0/, 'query: "( select 1 )"'),
      /^27: e2e\.steps\.check: needs an expectation: .*expect-min-rows: 0/,
    ],
    [
      "number of too many digits through an alias",
      good.replace("expect-value: 0", "tolerance: &many 9007199254740993, expect-value: *many"),
      /^27: expect-value of step check has more digits than can be read here/,
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
      /^9: defaults\.glue-version: must be a Glue version, one of 6\.0, 5\.1, 5\.0, 4\.0, 3\.0, 2\.0, 1\.0, 0\.9/,
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

  it.each([
    [
      "clean would empty",
      (text: string) => text.replace("[ landing-dev, landing-prod ]", "[]"),
      "e2e.clean.0",
    ],
    [
      "needs an unknown step",
      (text: string) => text.replace("needs: [crawl]", "needs: [crawll]"),
      "e2e.steps.silver.needs.0",
    ],
    ["has no stem", (text: string) => text.replace("acme-${stem}", "acme"), "jobs.many.job"],
    ["has no such environment", (text: string) => text, "environments", "pord"],
    ["is of several environments", (text: string) => text, "environments", ""],
  ])("that %s names the key", async (_, change, key, environment = "dev") => {
    const thrown: unknown = await load(change(good), environment).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ location: { key } });
  });

  it("that is empty, or of nothing that has a line, is still named", async () => {
    expect(await problems("")).toEqual([
      expect.stringMatching(/^-: glue-pipeline\.yml must hold a mapping of keys to values/),
    ]);
    expect((await problems("# only a comment\n")).join()).toContain("must hold a mapping");
    expect((await problems("version: 1\nenvironments: { dev: }\n")).join("\n")).toMatch(
      /environments\.dev: expected/,
    );
  });

  it("whose record of a step is no mapping names the mistake, not the machine", async () => {
    const text = good.replace("arguments: { --day: 5 }", "arguments: [5]");
    expect((await problems(text)).join()).toMatch(/^26: e2e\.steps\.silver\.arguments: expected record/);
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
    ["bytes that are no UTF-8", new Uint8Array([0x61, 0xff, 0xfe]), "can't be read as UTF-8 text"],
    ["a folder", undefined, "is not a regular file"],
  ])("of %s can't be read, and says so", async (_, bytes, why) => {
    const workspace = await workspaceWith(
      bytes === undefined ? { "glue-pipeline.yml/a": "" } : { "glue-pipeline.yml": bytes },
    );
    await expect(loadManifest({ workspace, path: "glue-pipeline.yml" })).rejects.toMatchObject({
      code: "manifest-unreadable",
      message: `glue-pipeline.yml ${why}`,
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
