import { describe, expect, it } from "vitest";
import type { CrawlView } from "../../src/aws/crawlers.ts";
import type { JobFacts } from "../../src/aws/job-facts.ts";
import type { RunView } from "../../src/aws/runs.ts";
import { explainCrawl } from "../../src/e2e/explain-crawl.ts";
import { explainRun } from "../../src/e2e/explain-run.ts";
import { refusedByS3, type Script, type Scripted } from "../aws/scripted.ts";
import { workspaceWith } from "../support/workspace.ts";
import { denied } from "./checks/support.ts";
import { scriptedRun } from "./scripted-run.ts";

const lines = ["x = 1", "raise ValueError('no')", "z = 1"];
const traceback = [
  "Traceback (most recent call last):",
  '  File "/tmp/silver.py", line 2, in <module>',
  "    raise ValueError('no')",
  "ValueError: no",
];
const logged = { events: traceback.map((message) => ({ message, logStreamName: "jr_1", timestamp: 1_000 })) };
const stored = (body: string): Scripted => ({ status: 200, headers: { etag: '"e"' }, body });
const job: JobFacts = {
  command: "glueetl",
  glueVersion: "5.0",
  arguments: {},
  securityConfiguration: undefined,
  role: "glue",
  scriptLocation: "s3://s/silver.py",
  maxRetries: 0,
} as JobFacts;

/** What is said of a run that failed: its script in S3, its log, and the same script in the checkout. */
async function explained(script: Script, last: Partial<RunView> = {}, facts: Partial<JobFacts> = {}) {
  const workspace = await workspaceWith({ "jobs/silver.py": lines.join("\n") });
  const run = await scriptedRun(
    { GET: [stored(lines.join("\n"))], FilterLogEvents: [logged], ...script },
    { workspace },
  );
  const silver = run.jobs.get("silver");
  if (silver === undefined) throw new Error("there is one");
  const view = { id: "jr_1", state: "FAILED", error: "ValueError: no", ...last } as RunView;
  const problem = await explainRun(view, silver, { ...job, ...facts }, run);
  const groups = run.sent.flatMap(({ operation, body }) =>
    operation === "FilterLogEvents" ? [JSON.parse(body).logGroupName as string] : [],
  );
  return { problem, seen: run.seen, sent: run.sent, events: run.events, groups: new Set(groups) };
}

describe("a run that failed", () => {
  it("is explained by its error, its log and its script, at the line in the repository", async () => {
    const { problem, sent } = await explained({});
    expect(problem).toMatchObject({
      severity: "error",
      code: "value-rejected",
      facts: { job: "silver-dev", error: "ValueError: no" },
      headline: { text: "ValueError: no — jobs/silver.py:2" },
      excerpt: expect.arrayContaining(traceback),
      location: { path: "jobs/silver.py", line: 2 },
      source: { path: "jobs/silver.py", line: 2, lines, inCheckout: true },
    });
    expect(sent.find(({ operation }) => operation === "GET")?.headers["range"]).toBe("bytes=0-2000000");
  });

  it.each<[string, Script, Partial<JobFacts>]>([
    ["can't be read", { GET: [refusedByS3("AccessDenied", 403)] }, {}],
    ["is gone", { GET: [{ status: 404 }] }, {}],
    ["is too large to be looked into", { GET: [stored("x = 1\n".repeat(400_000))] }, {}],
    ["isn't known", {}, { scriptLocation: undefined }],
    ["is no object of S3", {}, { scriptLocation: "/tmp/silver.py" }],
  ])("is explained without its script where that %s", async (_, script, facts) => {
    const { problem, seen } = await explained(script, {}, facts);
    expect(problem).toMatchObject({ code: "value-rejected", excerpt: expect.arrayContaining(traceback) });
    expect([problem.location, problem.source]).toEqual([undefined, undefined]);
    expect(seen.includes("GET")).toBe(!("scriptLocation" in facts));
  });

  it("is explained without a line where none is known", async () => {
    const { problem } = await explained({ FilterLogEvents: [{ events: [] }] });
    expect([problem.location, problem.log]).toEqual([undefined, undefined]);
  });

  it("is explained by a script of 2,000,000 bytes", async () => {
    const text = [...lines, "#"].join("\n").padEnd(2_000_000, "#");
    expect((await explained({ GET: [stored(text)] })).problem.source).toMatchObject({ line: 2 });
  });

  it.each([
    [19_000, "no-such-bucket"],
    [20_000, "run-failed"],
  ])("is judged by the beginning of a long message: %i", async (before, code) => {
    const error = `${"x".repeat(before)} NoSuchBucket`;
    expect((await explained({}, { error })).problem.code).toBe(code);
  });

  it("is looked for in the log groups of the Glue version that it ran on", async () => {
    const groups = ["/aws-glue/jobs/output", "/aws-glue/jobs/error"];
    expect((await explained({})).groups).toEqual(new Set(groups));
    const older = new Set(["/aws-glue/jobs/logs-v2", ...groups]);
    expect((await explained({}, { glueVersion: "4.0" })).groups).toEqual(older);
    expect((await explained({}, {}, { glueVersion: "4.0" })).groups).toEqual(older);
    const secured = await explained({}, {}, { securityConfiguration: "locked" });
    expect(secured.groups).toContain("/aws-glue/jobs/locked-role/glue/output");
    const custom = await explained({}, {}, { arguments: { "--custom-logGroup-prefix": "/own" } });
    expect(custom.groups).toContain("/own/output");
    const shell = await explained({}, {}, { command: "pythonshell" });
    expect(shell.groups).toContain("/aws-glue/python-jobs/error");
  });

  it("that said nothing is explained as far as its state tells", async () => {
    const silent = await explained({ FilterLogEvents: [{ events: [] }] }, { error: undefined });
    expect(silent.problem).toMatchObject({ code: "run-failed", facts: { error: "no error message" } });
    const { problem, events } = await explained(
      { FilterLogEvents: [denied] },
      { error: undefined, state: "TIMEOUT" },
    );
    expect(problem).toMatchObject({ code: "run-timed-out", facts: { job: "silver-dev" } });
    expect(events).toMatchObject([
      { code: "e2e.no-log", message: expect.stringContaining("the log of jr_1") },
    ]);
  });
});

describe("a crawl that failed", () => {
  it.each([
    ["AccessDeniedException: Insufficient Lake Formation permission(s) on x", "crawl-lake-formation-denied"],
    ["Access Denied (Service: Amazon S3; Status Code: 403)", "crawl-access-denied"],
    ["Internal Service Exception", "crawl-internal"],
    ["Database sales not found.", "crawl-database-missing"],
  ])("with %j is %s", async (error, code) => {
    const run = await scriptedRun({ FilterLogEvents: [{ events: [] }] });
    const failed = { status: "FAILED", startedOn: undefined, error } as unknown as CrawlView;
    expect(await explainCrawl("bronze", failed, run)).toMatchObject({ code });
  });

  const crawl = { status: "FAILED", startedOn: undefined } as unknown as CrawlView;

  it.each<[string, Partial<CrawlView>, object]>([
    ["nothing", {}, { error: "no error message", log: "/aws-glue/crawlers" }],
    ["its error and group", { error: "no access", logGroup: "/g" }, { error: "no access", log: "/g" }],
    ["group and stream", { logGroup: "/g", logStream: "s" }, { log: "/g s" }],
  ])("is explained by %s", async (_, more, facts) => {
    const run = await scriptedRun({ FilterLogEvents: [{ events: [] }] });
    expect(await explainCrawl("bronze", { ...crawl, ...more }, run)).toMatchObject({
      code: "crawl-failed",
      facts: { crawler: "bronze", status: "FAILED", ...facts },
    });
    const { logGroupName, logStreamNamePrefix } = JSON.parse(run.sent[0]?.body ?? "{}");
    expect([logGroupName, logStreamNamePrefix]).toEqual([
      more.logGroup ?? "/aws-glue/crawlers",
      more.logStream ?? "bronze",
    ]);
  });
});
