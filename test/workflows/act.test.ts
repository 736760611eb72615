import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type FakeGitHub, startFakeGitHub } from "../github/support/fake-github.ts";
import { git } from "../support/git.ts";
import { useSandbox } from "../support/sandbox.ts";
import { act } from "./support/act.ts";
import { brokenSilver, report, silver, userPipeline } from "./support/pipeline.ts";
import { workflowTools } from "./support/tools.ts";

const sandbox = useSandbox();
let github: FakeGitHub;

beforeAll(() => workflowTools(), 300_000);
beforeEach(async () => {
  github = await startFakeGitHub();
});
afterEach(async () => {
  await github.stop();
  expect(github.problems).toEqual([]);
});

type Pipeline = Awaited<ReturnType<typeof userPipeline>>;

function environment() {
  return { ...sandbox.current.environment, GITHUB_API_URL: github.url };
}

async function pullRequest({ workspace, base }: Pipeline, from = "acme/cars") {
  const head = await git(workspace, "rev-parse", "HEAD");
  const names = (await git(workspace, "diff", "--name-only", base, head)).split("\n").filter(Boolean);
  for (const filename of names) {
    const sha = await git(workspace, "rev-parse", `${head}:${filename}`);
    const diff = await git(workspace, "diff", base, head, "--", filename);
    github.files.push({ filename, sha, patch: diff.slice(diff.indexOf("@@")) });
  }
  const payload = {
    pull_request: {
      number: 7,
      base: { sha: base, ref: "main", repo: { full_name: "acme/cars" } },
      head: { sha: head, ref: "change", repo: { full_name: from } },
      user: { login: "me" },
    },
  };
  return act({ repository: workspace, event: "pull_request", payload, environment: environment() });
}

function push({ workspace }: Pipeline) {
  const payload = { ref: "refs/heads/main", repository: { full_name: "acme/cars" } };
  return act({ repository: workspace, event: "push", payload, environment: environment() });
}

function dispatch({ workspace }: Pipeline, workflow: string, inputs: Readonly<Record<string, unknown>>) {
  return act({
    repository: workspace,
    event: "workflow_dispatch",
    payload: { inputs },
    workflow,
    environment: environment(),
    variables: { GLUE_DEPLOY_ROLE: "arn:aws:iam::000000000000:role/deploy" },
  });
}

/** A reusable workflow as a user keeps it who has copied it. */
function template(name: string): Record<string, string> {
  const path = `.github/workflows/${name}`;
  return { [path]: readFileSync(join(import.meta.dirname, "../..", path), "utf8") };
}

describe("glue-pull-request.yml", { timeout: 120_000 }, () => {
  it("is red at the validation of the broken script, with a suggestion on its lines, and plans nothing", async () => {
    const pipeline = await userPipeline(sandbox.current, "act-broken-pull");
    await pipeline.change({ [silver]: await brokenSilver() });
    const run = await pullRequest(pipeline);
    expect(run.jobs).toEqual({ "Validate scripts": "failed" });
    expect(run.log).toMatch(/::error.*file=glue_jobs\/silver_consolidation_job\.py,line=294,endLine=523/);
    expect(run.artifacts).toContain("glue-findings-dev/findings.sarif");
    expect(github.comments).toMatchObject([{ body: expect.stringContaining("Orphan code") }]);
    const [{ comments: [suggestion, ...more] = [] } = { comments: [] }] = github.reviews;
    expect(more).toEqual([]);
    expect(suggestion).toMatchObject({ path: silver, start_line: 294, line: 523, side: "RIGHT" });
    expect(suggestion?.["body"]).toMatch(/```suggestion\n```$/);
  });

  it("is green for a good change, and puts findings and plan into one comment", async () => {
    const pipeline = await userPipeline(sandbox.current, "act-good-pull");
    const before = await pipeline.location("report");
    await pipeline.change({ [report]: "print('another report')\n" });
    const run = await pullRequest(pipeline);
    expect(run.jobs).toEqual({ "Validate scripts": "succeeded", "Plan the deploy": "succeeded" });
    expect(github.comments).toMatchObject([{ body: expect.stringContaining("Planned: dev") }]);
    expect(run.artifacts).toContain("glue-plan-dev/plan.json");
    expect(await pipeline.location("report")).toBe(before);
  });

  it("validates a fork's pull request with a token that may only read, and says so in one line", async () => {
    const pipeline = await userPipeline(sandbox.current, "act-fork");
    await pipeline.change({ [silver]: await brokenSilver() });
    github.failAlways(/^(POST|PATCH|DELETE) /, {
      status: 403,
      message: "Resource not accessible by integration",
    });
    const run = await pullRequest(pipeline, "stranger/cars");
    expect(run.jobs).toEqual({ "Validate scripts": "failed" });
    expect(run.log).toContain("No comment: the pull request comes from a fork, whose token may only read.");
    expect(github.comments).toEqual([]);
    expect(run.log).toMatch(/::error.*line=294,endLine=523/);
  });
});

describe("glue-deploy.yml", { timeout: 120_000 }, () => {
  it("deploys what was pushed, runs it end to end, and tells GitHub the release", async () => {
    const pipeline = await userPipeline(sandbox.current, "act-push");
    const run = await push(pipeline);
    expect(run).toMatchObject({
      exitCode: 0,
      jobs: { "Validate scripts": "succeeded", Deploy: "succeeded", "Run end to end": "succeeded" },
    });
    expect(Object.keys(run.jobs)).not.toContain("Roll back");
    expect(await pipeline.location("report")).toMatch(/jobs\/report\/report-[0-9a-f]{12}\.py$/);
    const release = /::set-output:: release-id=(\S+)/.exec(run.log)?.[1];
    expect(github.deployments).toMatchObject([
      {
        request: { environment: "dev" },
        statuses: [
          { state: "in_progress" },
          { state: "success", description: expect.stringContaining(`${release}`) },
        ],
      },
    ]);
    expect(run.artifacts).toContain("glue-e2e-dev/e2e-report.md");
  });

  it("goes back to the release before when the end-to-end run fails, and stays red", async () => {
    const pipeline = await userPipeline(sandbox.current, "act-rollback");
    await push(pipeline);
    const good = await pipeline.location("report");
    await pipeline.change({ [report]: "raise SystemExit('no report today')\n" });
    const run = await push(pipeline);
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({
      "Validate scripts": "succeeded",
      Deploy: "succeeded",
      "Run end to end": "failed",
      "Roll back": "succeeded",
    });
    expect(await pipeline.location("report")).toBe(good);
    expect(github.deployments.at(-1)?.statuses.at(-1)).toMatchObject({
      state: "success",
      description: expect.stringContaining("rolled 1 job back"),
    });
  });

  it("is red at the validation of the broken script, and touches nothing", async () => {
    const pipeline = await userPipeline(sandbox.current, "act-broken-push");
    const before = await pipeline.location("silver");
    await pipeline.change({ [silver]: await brokenSilver() });
    const run = await push(pipeline);
    expect(run.jobs).toEqual({ "Validate scripts": "failed" });
    expect(await pipeline.location("silver")).toBe(before);
    expect(github.deployments).toEqual([]);
  });
});

describe("the workflows that are started by hand", { timeout: 120_000 }, () => {
  it("run the pipeline again, and roll it back", async () => {
    const files = { ...template("glue-e2e.yml"), ...template("glue-rollback.yml") };
    const pipeline = await userPipeline(sandbox.current, "act-by-hand", files);
    await push(pipeline);
    const first = await pipeline.location("report");
    await pipeline.change({ [report]: "print('a second report')\n" });
    await push(pipeline);
    const choices = {
      environment: "dev",
      "expect-release": "current",
      "report-language": "pt-BR",
      timeout: "30m",
    };
    const again = await dispatch(pipeline, "glue-e2e.yml", { ...choices, "skip-clean": true });
    expect(again).toMatchObject({ exitCode: 0, jobs: { "Run end to end": "succeeded" } });
    const back = await dispatch(pipeline, "glue-rollback.yml", {
      environment: "dev",
      "rollback-to": "previous",
    });
    expect(back).toMatchObject({ exitCode: 0, jobs: { "Roll back": "succeeded" } });
    expect(await pipeline.location("report")).toBe(first);
  });
});
