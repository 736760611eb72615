import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ToolkitError } from "../../src/base/errors.ts";
import { silent } from "../../src/base/progress.ts";
import type { DeployResult } from "../../src/deploy/result.ts";
import { openDeployReports } from "../../src/entries/deploy-reports.ts";
import { writeReports } from "../../src/entries/e2e-report-files.ts";
import { reportRun } from "../../src/entries/e2e-reports.ts";
import { readNamedFile, writeNamedFile } from "../../src/entries/files.ts";
import type { ReportsHost } from "../../src/entries/github-reports.ts";
import { reportFindings, reportUnchecked } from "../../src/entries/validate-reports.ts";
import { readSections } from "../../src/github/comment-body.ts";
import type { Finding } from "../../src/validate/findings.ts";
import type { ValidationResult } from "../../src/validate/validate.ts";
import { useFakeGitHub } from "../github/support/use-fake-github.ts";
import { incident } from "../report/e2e/incident.ts";
import { workspaceWith } from "../support/workspace.ts";

const world = useFakeGitHub();

/** A host of an action on a pull request; members given here win. */
function host(inputs: object, context: object = {}): never {
  const { github, clock } = world.current;
  const pullRequest = {
    pullRequest: 7,
    repository: "acme/cars",
    apiUrl: github.url,
    commit: "c".repeat(40),
    runId: "100",
    runUrl: "https://x/1",
  };
  return {
    inputs: {
      "github-token": "t",
      comment: "auto",
      manifest: "m.yml",
      environment: "dev",
      paths: [],
      mode: "deploy",
      "github-deployment": true,
      ...inputs,
    },
    context: { ...pullRequest, ...context },
    clock,
    signal: new AbortController().signal,
    progress: silent,
  } satisfies Omit<ReportsHost, "inputs" | "context"> & { inputs: object; context: object } as never;
}

const comments = () => world.current.github.comments.map(({ body }) => readSections(body)[0]);

describe("what deploy-glue tells GitHub", () => {
  const result = (more: object): DeployResult =>
    ({
      result: "deployed",
      releaseId: "r2",
      jobsChanged: ["a"],
      warnings: [],
      failure: undefined,
      plan: { rollbackTo: null },
      ...more,
    }) as unknown as DeployResult;

  it.each<[string, DeployResult | undefined, string, string]>([
    ["a deploy", result({}), "success", "release r2: 1 job changed"],
    [
      "nothing to do",
      result({ result: "unchanged", jobsChanged: [] }),
      "success",
      "every job runs these scripts already",
    ],
    [
      "a rollback",
      result({ result: "rolled-back", jobsChanged: ["a", "b"], plan: { rollbackTo: "r1" } }),
      "success",
      "release r2: rolled 2 jobs back to r1",
    ],
    [
      "a rollback of the first release",
      result({ result: "rolled-back" }),
      "success",
      "release r2: rolled 1 job back to the state before the first release",
    ],
    [
      "a failed deploy",
      result({ result: "failed", failure: { code: "c", message: "it broke", remedy: "r" } }),
      "failure",
      "it broke",
    ],
    ["a refused one", undefined, "failure", "validation found errors; nothing was uploaded"],
  ])("of %s is a deployment's state", async (_, outcome, state, description) => {
    const reports = openDeployReports(host({ comment: "never" }));
    await reports.begin("dev", "c0ffee");
    expect(await reports.end("## summary", outcome)).toBe("## summary");
    const statuses = world.current.github.requests.filter(({ path }) => path.endsWith("/statuses"));
    expect(statuses.at(-1)?.body).toMatchObject({ state, description });
  });

  it("is a comment that stays quiet while there is nothing to tell", async () => {
    const calm = openDeployReports(host({ mode: "plan" }));
    await calm.end("## nothing", result({ result: "planned", jobsChanged: [] }));
    expect(comments()).toEqual([]);
    const telling = openDeployReports(host({ mode: "plan", environment: undefined }));
    await telling.end("## a plan", result({ result: "planned" }));
    expect(comments()).toMatchObject([
      { key: "deploy-glue m.yml default", markdown: expect.stringMatching(/^## a plan\n\n<sub>Commit/) },
    ]);
  });

  it.each([
    [
      "plan",
      new ToolkitError({ code: "c", message: "no <job>", remedy: "Mend it.", source: "user" }),
      "no plan\n\nno &lt;job&gt;. Mend it.",
    ],
    ["deploy", new Error("password=hunter2"), "not deployed"],
  ])("of a %s that threw is why, and no secret", async (mode, thrown, words) => {
    const reports = openDeployReports(host({ mode }));
    await reports.begin("dev", "c0ffee");
    await reports.fail(thrown);
    expect(comments()[0]?.markdown).toContain(words);
    expect(comments()[0]?.markdown).not.toContain("hunter2");
  });

  it("is a note in the summary where there is no token", async () => {
    const reports = openDeployReports(host({ "github-token": undefined }));
    expect(await reports.end("## summary", result({}))).toMatch(
      /^## summary\n\n> ℹ️ No comment: github-token is empty/,
    );
  });
});

describe("what validate-glue tells the pull request", () => {
  const fix = { deleteLines: [2, 2] as const };
  const finding: Finding = {
    rule: "orphan-code",
    severity: "error",
    path: "a.py",
    startLine: 2,
    endLine: 2,
    message: "1 line after job.commit()",
    remedy: "Delete it.",
    excerpt: [],
    fix,
  };
  const resultWith = (findings: readonly Finding[]): ValidationResult => ({
    result: findings.length === 0 ? "passed" : "failed",
    findings,
    suppressed: [],
    scripts: [],
    python: [],
    counts: { scripts: 1, skipped: 0, errors: findings.length, warnings: 0, notices: 0, suppressed: 0 },
  });

  it("has the fix by hand where no suggestion can stand, and none of a script that is gone", async () => {
    const workspace = await workspaceWith({ "a.py": "job.commit()\r\nx = 1\r\n" });
    const scripts = [{ path: "a.py", absolutePath: join(workspace, "a.py"), jobs: [] }];
    const report = { subject: "m.yml dev", note: "Only changed scripts.", scripts };
    const summary = await reportFindings(
      host({}),
      report,
      resultWith([finding, { ...finding, path: "gone.py" }]),
    );
    expect(summary).toContain("Only changed scripts.");
    expect(comments()[0]?.markdown).toContain("sed -i '2,2d' 'a.py'");
    expect(comments()[0]?.markdown).not.toContain("'gone.py'");
  });

  it("is nothing outside of a pull request, or where no comment is wanted", async () => {
    const report = { subject: "paths", note: undefined, scripts: [] };
    for (const quiet of [host({}, { pullRequest: undefined }), host({ comment: "never" })]) {
      expect(await reportFindings(quiet, report, resultWith([finding]))).toContain("1 error");
      await reportUnchecked(quiet, new Error("no"));
    }
    expect(world.current.github.comments).toEqual([]);
  });

  it("suggests on the lines of the diff, and gives by hand what could not be suggested", async () => {
    const workspace = await workspaceWith({ "a.py": "job.commit()\nx = 1\n" });
    const script = { path: "a.py", absolutePath: join(workspace, "a.py"), jobs: [] };
    const report = { subject: "s", note: undefined, scripts: [script] };
    const onHead = { pullRequestHead: "h".repeat(40) };
    await reportFindings(host({}, onHead), report, resultWith([finding]));
    expect(comments()[0]?.markdown).toContain("sed -i");
    world.current.github.failAlways(/reviews|files/, { status: 422, message: "no" });
    const summary = await reportFindings(host({}, onHead), report, resultWith([finding]));
    expect(summary).toContain("No suggestion: GitHub refused it (422): no.");
  });

  it("needs no run that has a name", async () => {
    const nameless = { runId: undefined, runUrl: undefined, commit: undefined };
    await reportFindings(
      host({}, nameless),
      { subject: "s", note: undefined, scripts: [] },
      resultWith([finding]),
    );
    expect(comments()).toHaveLength(1);
  });

  it("stays quiet of scripts that pass", async () => {
    await reportFindings(host({}), { subject: "paths", note: undefined, scripts: [] }, resultWith([]));
    expect(comments()).toEqual([]);
  });

  it.each([
    [{ paths: ["*.py"] }, "validate-glue paths"],
    [{ environment: undefined }, "validate-glue m.yml default"],
  ])("says that %j could not be checked, under a key of its own", async (inputs, key) => {
    await reportUnchecked(
      host(inputs),
      new ToolkitError({ code: "c", message: "no Python", remedy: "Install one.", source: "user" }),
    );
    expect(comments()).toMatchObject([
      { key, markdown: expect.stringContaining("not checked\n\nno Python. Install one.") },
    ]);
    await reportUnchecked(host(inputs), new Error("broken"));
    expect(comments()[0]?.markdown).toContain("broken.");
  });
});

describe("what run-e2e tells the pull request", () => {
  it("is its report, quiet where it passed, and noted where it can't be told", async () => {
    expect(await reportRun(host({}), { ...incident, result: "passed" }, "# report")).toBe("# report");
    expect(comments()).toEqual([]);
    await reportRun(host({ environment: undefined }), incident, "# failed");
    expect(comments()).toMatchObject([
      { key: "run-e2e m.yml default", markdown: expect.stringMatching(/^# failed\n\n<sub>/) },
    ]);
    expect(await reportRun(host({ "github-token": undefined }), incident, "# r")).toContain(
      "No comment: github-token is empty",
    );
    expect(await reportRun(host({ comment: "never" }), incident, "# r")).toBe("# r");
  });

  it("is written to files, each whatever becomes of the others", async () => {
    const workspace = await workspaceWith({ taken: "a file" });
    const options = { workspace, folder: "reports", language: "en" } as const;
    const written = await writeReports(options, incident, "# report");
    expect(written).toEqual({
      failures: [],
      outputs: {
        "report-markdown": "reports/e2e-report.md",
        "report-html": "reports/e2e-report.html",
        "report-json": "reports/e2e-report.json",
        "report-junit": "reports/e2e-report.junit.xml",
      },
    });
    const broken = { ...incident, startedAt: "yesterday" };
    const { failures, outputs } = await writeReports(options, broken, "# report");
    expect([failures.length, outputs["report-markdown"], outputs["report-json"]]).toEqual([
      1,
      "reports/e2e-report.md",
      "",
    ]);
    expect((await writeReports({ ...options, folder: "taken" }, incident, "# report")).failures[0]).toMatch(
      /can't be written\. Name a path/,
    );
  });
});

describe("a file that an input names", () => {
  it("is written with its folders, and told by the workspace's path where it is inside", async () => {
    const workspace = await workspaceWith({ "a/b": "" });
    const outside = await workspaceWith({});
    expect(await writeNamedFile(workspace, "out/x.json", "{}")).toBe("out/x.json");
    expect(await writeNamedFile(workspace, join(outside, "x.json"), "{}")).toBe(join(outside, "x.json"));
    await expect(writeNamedFile(workspace, "a/b/c", "{}")).rejects.toMatchObject({
      code: "file-not-writable",
    });
  });

  it("is read, or none, or not readable", async () => {
    const workspace = await workspaceWith({ "plan.json": "{}", "folder/x": "" });
    expect(await readNamedFile(workspace, "plan.json")).toBe("{}");
    expect(await readNamedFile(workspace, "none.json")).toBeUndefined();
    await expect(readNamedFile(workspace, "folder")).rejects.toMatchObject({ code: "file-not-readable" });
  });
});
