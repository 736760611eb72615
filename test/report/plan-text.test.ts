import { describe, expect, it } from "vitest";
import type { JobPlan } from "../../src/deploy/plan.ts";
import type { DeployResult } from "../../src/deploy/result.ts";
import { planText } from "../../src/report/plan-text.ts";

const job: JobPlan = {
  key: "silver",
  job: "acme-silver-dev",
  script: "glue_jobs/silver.py",
  action: "change",
  current: { scriptLocation: "s3://b/old.py", extraPyFiles: null },
  next: { scriptLocation: "s3://b/new.py", extraPyFiles: null },
  fields: [{ member: "Command.ScriptLocation", from: "s3://b/old.py", to: "s3://b/new.py" }],
  reasons: ["Command.ScriptLocation changes"],
  warnings: [],
  blockers: [],
  lastModifiedOn: "1",
  artifacts: [],
  scriptDiff: "@@ -1 +1 @@\n ::error::injected\n+x",
};
const blocked: JobPlan = {
  ...job,
  job: "acme-gold-dev",
  action: "blocked",
  fields: [],
  reasons: [],
  scriptDiff: null,
  blockers: [{ code: "visual-job", message: "is a visual job", remedy: "Convert it." }],
};

describe("a plan as text", () => {
  const result = {
    plan: { environment: "dev", jobs: [job, blocked, { ...job, action: "unchanged" }] },
    warnings: ["acme-silver-dev: a run is in flight"],
  } as unknown as DeployResult;

  it("says what changes, what blocks and what to know, and counts at the end", () => {
    expect(planText(result).split("\n")).toEqual([
      "~ acme-silver-dev",
      "    Command.ScriptLocation: s3://b/old.py -> s3://b/new.py",
      "    | @@ -1 +1 @@",
      "    |  ::error::injected",
      "    | +x",
      "! acme-gold-dev",
      "    blocked (visual-job): is a visual job. Convert it.",
      "warning: acme-silver-dev: a run is in flight",
      "dev: 1 to change, 1 unchanged, 1 blocked",
    ]);
  });

  it("says of a release that its jobs have changed", () => {
    expect(planText({ ...result, result: "deployed" })).toMatch(/^dev: 1 changed, 1 unchanged, 1 blocked$/m);
  });

  it("holds no line that a runner takes for a command", () => {
    expect(planText(result)).not.toMatch(/^\s*::/m);
  });
});
