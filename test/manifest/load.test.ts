import { describe, expect, it } from "vitest";
import { good, load } from "./support.ts";

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

  it("takes known Glue versions, short or long, and nothing else", async () => {
    const versionOf = async (text: string) =>
      (await load(good.replace("glue-version: 5.0", `glue-version: ${text}`), "dev")).jobs[0]?.glueVersion;
    expect([await versionOf('"5.1"'), await versionOf("5"), await versionOf('"4"')]).toEqual([
      "5.1",
      "5.0",
      "4.0",
    ]);
    for (const text of ['"v5.0"', '"5.0b"', "5.04", "7", "banana", '""'])
      await expect(versionOf(text)).rejects.toThrow("must be a Glue version");
  });

  it("needs no environment named where there is only one", async () => {
    const one = good.replace(/ {2}prod:.*\n/, "");
    expect((await load(one)).environment.name).toBe("dev");
  });
});

describe("what a manifest may say in short, or besides", () => {
  const e2eOf = async (text: string) => (await load(text, "dev")).e2e;

  it("takes one need as a plain text", async () => {
    const e2e = await e2eOf(good.replace("needs: [crawl]", "needs: crawl"));
    expect(e2e?.steps[3]?.needs).toEqual(["crawl"]);
  });

  it("lets a bookmark be missing", async () => {
    const text = good.replace(
      "bookmarks: [silver]",
      "bookmarks: [{ job: silver, may-be-missing: true }, shell]",
    );
    expect(await e2eOf(text)).toMatchObject({
      bookmarks: ["silver", "shell"],
      optionalBookmarks: new Set(["silver"]),
    });
  });

  it("has values for all environments, which one of them may have otherwise", async () => {
    const text = `${good}variables: { team: all, day: "1-\${environment}" }\n`.replace(
      "${team}-",
      "${team}-${day}-",
    );
    expect((await load(text, "dev")).jobs[0]?.job).toBe("data-1-dev-silver-dev");
    expect((await load(text, "prod")).jobs[0]?.job).toBe("all-1-prod-silver-prod");
  });

  it("keeps what a crawl has to make, and after what a step is done again", async () => {
    const text = good
      .replace("crawler: ", "expect-tables: [cars], crawler: ")
      .replace("run: silver", "run: silver, retries: { times: 2, on: [no-capacity] }");
    const e2e = await e2eOf(text);
    expect(e2e?.steps[2]).toMatchObject({ expectTables: ["cars"] });
    expect(e2e?.steps[3]).toMatchObject({ retries: { times: 2, on: ["no-capacity"] } });
  });

  it.each([
    "MSCK REPAIR TABLE cars",
    "-- why\nALTER TABLE cars ADD PARTITION (d=1)",
    "INSERT INTO a SELECT 1",
  ])("lets %s do without an expectation", async (sql) => {
    const e2e = await e2eOf(good.replace(/query: .*, expect-value: 0/, `query: ${JSON.stringify(sql)}`));
    expect(e2e?.steps[4]).toMatchObject({ kind: "query" });
  });

  it.each([
    ["9007199254740993", "9007199254740993"],
    ["0x10", "16"],
    ["1234567890123456.789", "1234567890123456.789"],
    ["1e3", "1e3"],
    ["-0.0", "-0.0"],
  ])("reads expect-value: %s digit by digit", async (written, digits) => {
    const e2e = await e2eOf(good.replace("expect-value: 0", `expect-value: ${written}`));
    expect(e2e?.steps[4]).toMatchObject({ expectation: { digits } });
  });
});
