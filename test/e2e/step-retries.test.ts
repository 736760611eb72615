import { describe, expect, it } from "vitest";
import { runStep } from "../../src/e2e/run-step.ts";
import { retryErrors } from "../../src/e2e/step-retries.ts";
import { crawlerStep } from "../../src/e2e/steps/crawler.ts";
import { refused } from "../aws/scripted.ts";
import { crawl, query, runSilver } from "./checks/support.ts";
import { rememberingRun } from "./remembering-run.ts";
import { scriptedRun } from "./scripted-run.ts";

const ended = (JobRunState: string, ErrorMessage: string) => ({
  JobRun: { Id: "jr", JobRunState, ErrorMessage, DPUSeconds: 5 },
});

describe("a step that is done again", () => {
  const retries = { times: 2, on: ["disk-full"] };
  const silver = {
    key: "silver",
    job: "silver-dev",
    script: "jobs/silver.py",
    glueVersion: "5.0",
    pythonVersion: undefined,
    extraPyFiles: [],
    line: 7,
  };
  const world = (...runs: readonly [object, ...object[]]) =>
    rememberingRun(
      {
        GetJob: [{ Job: { Name: "silver-dev" } }],
        GetJobRuns: [{}],
        StartJobRun: [(_, sent) => ({ JobRunId: `jr_${sent.length}` })],
        GetJobRun: runs,
        FilterLogEvents: [{}],
      },
      { steps: [runSilver], more: { jobs: new Map([["silver", silver]]) } },
    );
  const full = ended("FAILED", "java.io.IOException: No space left on device");

  it("passes once it does, and counts what all its tries used", async () => {
    const context = await world(full, full, ended("SUCCEEDED", ""));
    const { result, problems } = await runStep({ ...runSilver, retries }, context, []);
    expect(result).toMatchObject({ state: "passed", details: { attempts: [{ dpuSeconds: 5 }, {}, {}] } });
    expect(problems).toEqual([]);
    expect(result.timeline.map(({ state }) => state)).toContain("FAILED (disk-full), done again in 5.0s");
    expect(context.seen.filter((name) => name === "StartJobRun")).toHaveLength(3);
  });

  it.each([
    ["as often as it may", retries, full, 3],
    ["not after another failure", { times: 2, on: ["no-such-bucket"] }, full, 1],
  ])("is done %s", async (_, given, last, starts) => {
    const context = await world(last);
    expect((await runStep({ ...runSilver, retries: given }, context, [])).result.state).toBe("failed");
    expect(context.seen.filter((name) => name === "StartJobRun")).toHaveLength(starts);
  });

  it("is not after an expectation that failed, whatever the manifest says", async () => {
    const context = await rememberingRun(
      {
        StartQueryExecution: [{ QueryExecutionId: "q" }],
        GetQueryExecution: [{ QueryExecution: { Status: { State: "SUCCEEDED" } } }],
        GetQueryResults: [{ ResultSet: { ResultSetMetadata: { ColumnInfo: [{ Name: "n" }] }, Rows: [] } }],
      },
      { steps: [query] },
    );
    const athena = { database: "d", workgroup: "w", output: undefined };
    const run = { ...context, e2e: { ...context.e2e, athena } };
    const on = ["expectation-failed"];
    expect((await runStep({ ...query, retries: { times: 3, on } }, run, [])).result.state).toBe("failed");
    expect(context.seen.filter((name) => name === "StartQueryExecution")).toHaveLength(1);
  });
});

it.each([
  ["expectation-failed", "which is never done again"],
  ["no-capacit", 'which is no failure. Did you mean "no-capacity"?'],
])("a manifest may not name %s", (code, why) => {
  const [error] = retryErrors([{ ...query, retries: { times: 1, on: [code] } }], "m.yml");
  expect(error).toMatchObject({
    message: `step step is to be done again after ${code}, ${why}`,
    location: { path: "m.yml", line: 9, key: "e2e.steps.step.retries.on" },
  });
});

it("a manifest may name causes and failures of AWS", () => {
  const on = ["no-capacity", "out-of-memory", "aws-throttled"];
  expect(retryErrors([{ ...query, retries: { times: 1, on } }, query], "m.yml")).toEqual([]);
});

describe("a crawl with expected tables", () => {
  const table = (Name: string, more: object = {}) => ({
    Name,
    CreateTime: 1,
    Parameters: { UPDATED_BY_CRAWLER: "c" },
    ...more,
  });
  const ready = (more: object = {}) => ({ Crawler: { State: "READY", DatabaseName: "lake", ...more } });
  const done = ready({ LastCrawl: { Status: "SUCCEEDED", StartTime: 100 } });
  const judge = async (...TableList: readonly object[]) => {
    const run = await scriptedRun({
      GetCrawler: [ready(), done],
      StartCrawler: [{}],
      GetTables: [{ TableList }],
    });
    const { state, problems } = await crawlerStep({ ...crawl, expectTables: ["Cars"] }, run);
    return [state, ...problems.map(({ code, facts }) => `${code} ${facts["missing"]} ${facts["more"]}`)];
  };

  it("passes with those, and with older ones beside them", async () => {
    const others = [table("old"), table("new", { CreateTime: 200, Parameters: {} })];
    expect(await judge(table("cars"), ...others)).toEqual(["passed"]);
  });

  it("fails where one is missing, is another crawler's, or where it split into many", async () => {
    expect(await judge()).toEqual(["failed", "tables-differ cars –"]);
    expect(await judge(table("cars", { Parameters: {} }))).toEqual(["failed", "tables-differ cars –"]);
    const split = [table("day_1", { CreateTime: 200 }), table("day_2", { CreateTime: 200 })];
    expect(await judge(table("cars"), ...split)).toEqual(["failed", "tables-differ – day_1, day_2"]);
  });

  it("fails where the catalog can't be read", async () => {
    const run = await scriptedRun({
      GetCrawler: [ready(), done],
      StartCrawler: [{}],
      StopCrawler: [refused("CrawlerNotRunningException")],
      GetTables: [refused("AccessDeniedException")],
    });
    expect(await crawlerStep({ ...crawl, expectTables: ["cars"] }, run)).toMatchObject({
      state: "failed",
      problems: [{ code: "aws-access-denied" }],
    });
  });
});
