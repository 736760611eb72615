import { expect, it } from "vitest";
import { e2eStatements } from "../../src/deploy/policy/e2e-statements.ts";
import { loadExample, readExample } from "./medallion-files.ts";

/** The statements of the role that run-e2e assumes, as Terraform's file has them. */
const document = /data "aws_iam_policy_document" "github_e2e" \{[\s\S]*?\n\}/.exec(
  readExample("terraform/iam-github.tf"),
)?.[0];
const statements = (document ?? "").split(/\n {2}statement \{/).slice(1);

it("the example's role may do all that an end-to-end run of the example does", async () => {
  const manifest = await loadExample();
  const needed = e2eStatements({ manifest, account: "000000000000", roles: [] }).flatMap(
    ({ Action }) => Action,
  );
  const allowed = new Set(
    statements.flatMap((text) => text.match(/"[a-z0-9]+:[A-Za-z]+"/g) ?? []).map((name) => name.slice(1, -1)),
  );
  expect(needed.length).toBeGreaterThan(10);
  expect([...new Set(needed)].filter((action) => !allowed.has(action))).toEqual([]);
});

it("the example's role may keep the state of runs, and write nothing else beside the scripts", () => {
  const writing = statements.filter((text) => text.includes("s3:PutObject") && text.includes("glue-scripts"));
  expect(writing).toHaveLength(1);
  expect(writing[0]).toContain("/glue_jobs/_runs/${var.environment}/*");
});
