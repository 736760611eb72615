import { describe, expect, it } from "vitest";
import type { JobPlan, Plan } from "../../src/deploy/plan.ts";
import type { DeployResult } from "../../src/deploy/result.ts";
import { deploySummary } from "../../src/report/deploy-summary.ts";
import { planJson } from "../../src/report/plan-json.ts";

const changing: JobPlan = {
  key: "silver",
  job: "acme-silver-dev",
  script: "glue_jobs/silver.py",
  action: "change",
  current: { scriptLocation: "s3://b/glue_jobs/silver.py", extraPyFiles: null },
  next: { scriptLocation: "s3://b/glue_jobs/silver/silver-3f2a9c81b0de.py", extraPyFiles: null },
  fields: [
    {
      member: "Command.ScriptLocation",
      from: "s3://b/glue_jobs/silver.py",
      to: "s3://b/glue_jobs/silver/silver-3f2a9c81b0de.py",
    },
  ],
  reasons: ["Command.ScriptLocation changes"],
  warnings: [],
  blockers: [],
  lastModifiedOn: "1",
  artifacts: ["glue_jobs/silver/silver-3f2a9c81b0de.py"],
  scriptDiff: null,
};

function resultOf(jobs: readonly JobPlan[], changes: Partial<DeployResult> = {}): DeployResult {
  const plan: Plan = {
    version: 1,
    mode: "deploy",
    environment: "dev",
    region: "us-east-1",
    account: "000000000000",
    bucket: "b",
    prefix: "glue_jobs/",
    createdAt: "2025-11-05T10:30:00.000Z",
    provenance: { commit: "4f2d9c81b0de7a66", repository: "acme/datalake", runId: "1" },
    manifest: { name: "acme", path: "glue-pipeline.yml" },
    objects: {},
    rollbackTo: null,
    jobs,
    warnings: [],
  };
  return {
    result: "deployed",
    plan,
    releaseId: "r1",
    releaseUri: "s3://b/r1.json",
    jobsChanged: [],
    jobsUnchanged: [],
    warnings: [],
    failure: undefined,
    ...changes,
  };
}

const nothingPruned = {
  releases: [],
  keys: [],
  inUse: [],
  failed: [],
  damaged: [],
  unseenJobs: [],
  more: false,
};

describe("the deploy summary", () => {
  it("says what each job ran before and runs now, and where the record is", () => {
    const markdown = deploySummary(resultOf([changing]));
    expect(markdown).toContain("## ✅ Deployed: dev");
    expect(markdown).toContain("| ✏️ change | `acme-silver-dev` | `silver.py` | `silver-3f2a9c81b0de.py` |");
    expect(markdown).toContain(
      "- s3://b/glue_jobs/silver.py\n+ s3://b/glue_jobs/silver/silver-3f2a9c81b0de.py",
    );
    expect(markdown).toContain("release `r1`");
  });

  it("puts failure, blockers and warnings before the rest, for a summary is cut at its end", () => {
    const blocked: JobPlan = {
      ...changing,
      job: "acme-gold-dev",
      action: "blocked",
      fields: [],
      blockers: [{ code: "visual-job", message: "is a visual job", remedy: "Convert it." }],
    };
    const failure = { code: "visual-job", message: "acme-gold-dev: is a visual job", remedy: "Convert it." };
    const markdown = deploySummary(
      resultOf([changing, blocked], { result: "failed", failure, warnings: ["a run is in flight"] }),
    );
    const order = [
      "❌ Not deployed",
      "To mend it",
      "Blocked job",
      "⚠️ a run",
      "⛔ blocked",
      "✏️ change",
      "<details>",
    ];
    const places = order.map((part) => markdown.indexOf(part));
    expect(places).toEqual(places.toSorted((left, right) => left - right));
    expect(places).not.toContain(-1);
  });

  it("shows the script's diff in a fence that the script can't end", () => {
    const markdown = deploySummary(resultOf([{ ...changing, scriptDiff: "@@ -1 +1 @@\n-```\n+x" }]));
    expect(markdown).toContain("````diff\n@@ -1 +1 @@\n-```\n+x\n````");
  });

  it("cuts long diffs and long lists, saying so", () => {
    const scriptDiff = Array.from({ length: 500 }, (_, index) => `+${index}`).join("\n");
    expect(deploySummary(resultOf([{ ...changing, scriptDiff }]))).toContain("… 100 more lines");
    const many = Array.from({ length: 250 }, (_, index) => ({ ...changing, job: `job-${index}` }));
    expect(deploySummary(resultOf(many))).toContain("… and 50 more");
  });

  it("shows the diff of a script that many jobs share once, and masks what looks like a secret", () => {
    const scriptDiff = '@@ -1 +1 @@\n-x\n+password = "hunter2"';
    const jobs = Array.from({ length: 30 }, (_, index) => ({ ...changing, job: `job-${index}`, scriptDiff }));
    const markdown = deploySummary(resultOf(jobs));
    expect(markdown.split("@@ -1 +1 @@")).toHaveLength(2);
    expect(markdown).toContain("glue_jobs/silver.py (job-0 and 29 more jobs)");
    expect(markdown).not.toContain("hunter2");
  });

  it("stays below what a summary holds, so that no block is cut open", () => {
    const scriptDiff = "+é".repeat(40_000);
    const jobs = Array.from({ length: 2_000 }, (_, index) => ({
      ...changing,
      job: `acme-a-job-with-quite-a-long-name-${index}`,
      scriptDiff: `${scriptDiff}${index}`,
      script: `glue_jobs/${index}.py`,
    }));
    expect(Buffer.byteLength(deploySummary(resultOf(jobs)))).toBeLessThan(1024 * 1024);
  });

  it("says what a rollback goes back to, and what could not be pruned", () => {
    const rolledBack = (rollbackTo: string | null) => {
      const base = resultOf([changing], { result: "rolled-back" });
      return deploySummary({ ...base, plan: { ...base.plan, mode: "rollback", rollbackTo } });
    };
    expect(rolledBack(null)).toContain("- back to the state before the first release");
    expect(rolledBack("r0")).toContain("- back to `r0`");
    const failed = [{ key: "k", code: "AccessDenied", message: "no" }];
    expect(deploySummary(resultOf([changing], { pruned: { ...nothingPruned, failed } }))).toContain(
      "; 1 could not be deleted.",
    );
  });

  it("shows members that come or go, jobs without a script, and one job as one", () => {
    const none: JobPlan = {
      ...changing,
      action: "blocked",
      current: null,
      next: null,
      fields: [
        { member: "A", from: null, to: "x" },
        { member: "B", from: "y", to: null },
      ],
    };
    const markdown = deploySummary(resultOf([none], { releaseId: undefined, releaseUri: undefined }));
    expect(markdown).toContain("- 1 job in account");
    expect(markdown).toContain("| ⛔ blocked | `acme-silver-dev` |  |  |");
    expect(markdown).toContain("  A\n+ x\n  B\n- y");
    expect(markdown).not.toContain("release `");
    expect(deploySummary(resultOf([]))).toContain("- 0 jobs in account");
  });

  it("says what was pruned", () => {
    const pruned = { ...nothingPruned, releases: ["r0"], keys: ["k1", "k2"] };
    expect(deploySummary(resultOf([changing], { pruned }))).toContain("Pruned 1 release and 2 objects.");
  });

  it("escapes what names and messages may hold", () => {
    const evil = "<img src=x> | `x` \n## y";
    const failure = { code: "c", message: evil, remedy: evil };
    const markdown = deploySummary(resultOf([{ ...changing, job: evil }], { failure, warnings: [evil] }));
    expect(markdown).not.toMatch(/^## y/m);
    const shownAsText = /``<img.*?``|^```diff[\s\S]*?^```/gm;
    expect(markdown.replaceAll(shownAsText, "")).not.toContain("<img");
  });
});

describe("the plan document", () => {
  it("is JSON with a version, the result and the whole plan", () => {
    const document: unknown = JSON.parse(
      planJson(resultOf([changing], { result: "planned", releaseId: undefined })),
    );
    expect(document).toMatchObject({
      version: 1,
      result: "planned",
      releaseId: null,
      plan: { environment: "dev", jobs: [{ key: "silver", action: "change" }] },
    });
  });
});
