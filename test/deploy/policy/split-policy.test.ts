import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { policyDocuments, policyFor } from "../../../src/deploy/policy/policy.ts";
import { managedPolicyLimit, policySize, splitPolicy } from "../../../src/deploy/policy/split-policy.ts";
import { allow, type Policy, policyOf } from "../../../src/deploy/policy/statement.ts";
import { literal } from "../../../src/deploy/policy/subject.ts";
import type { JobEntry, Manifest } from "../../../src/manifest/manifest.ts";

function subjectOf(
  count: number,
  name = (index: number) => `datalake-pipeline-gold-job-${index}-production`,
) {
  const jobs = Array.from({ length: count }, (_, index) => ({
    key: `j${index}`,
    job: name(index),
    script: "x.py",
  }));
  const manifest = {
    environment: { name: "dev", region: "us-east-1", account: "000000000000" },
    scripts: { bucket: "b", prefix: "p/" },
    jobs: jobs as unknown as JobEntry[],
  } as unknown as Manifest;
  return { manifest, account: "000000000000", roles: ["arn:aws:iam::000000000000:role/glue"], prunes: true };
}

/** Every grant of a policy on its own: what is allowed on what, under which condition. */
const grants = (policies: readonly Policy[]): ReadonlySet<string> =>
  new Set(
    policies.flatMap(({ Statement }) =>
      Statement.flatMap(({ Action, Resource, Condition }) =>
        Action.flatMap((action) => Resource.map((resource) => JSON.stringify([action, resource, Condition]))),
      ),
    ),
  );

describe("a policy of many jobs", () => {
  it.each([[1], [100], [1_000]])("of %i fits managed policies, and grants what one would", (count) => {
    const documents = policyDocuments("deploy", subjectOf(count));
    expect(Math.max(...documents.map(policySize))).toBeLessThanOrEqual(managedPolicyLimit);
    expect(grants(documents)).toEqual(grants([policyFor("deploy", subjectOf(count))]));
    if (count === 1) expect(documents).toEqual([policyFor("deploy", subjectOf(1))]);
    if (count === 100) expect(documents).toHaveLength(3);
  });

  it("is split anywhere without a loss, whatever the limit", () => {
    const statements = fc.array(
      fc.tuple(
        fc.stringMatching(/^[A-Z][a-z]{2,6}$/),
        fc.uniqueArray(fc.stringMatching(/^arn:[a-z]{1,60}$/), { minLength: 1 }),
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(statements, fc.integer({ min: 250, max: 1_000 }), (parts, limit) => {
        const policy = policyOf(parts.map(([sid, resources]) => allow(sid, ["s3:GetObject"], resources)));
        const documents = splitPolicy(policy, limit);
        expect(grants(documents)).toEqual(grants([policy]));
        expect(Math.max(...documents.map(policySize))).toBeLessThanOrEqual(limit);
        expect(documents.every(({ Statement }) => Statement.length > 0)).toBe(true);
      }),
    );
  });
});

describe("a name in a policy", () => {
  it("stands for itself alone", () => {
    expect(literal("a*b?c${stem}")).toBe("a${*}b${?}c${$}{stem}");
    const [read] = policyFor(
      "plan",
      subjectOf(1, () => "acme-*-${stem}-v?"),
    ).Statement;
    expect(read?.Resource).toEqual(["arn:aws:glue:us-east-1:000000000000:job/acme-${*}-*-v${?}"]);
  });
});
