import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePlanFile, planDigest } from "../../src/deploy/plan-file.ts";

const location = { scriptLocation: "s3://b/a.py", extraPyFiles: null };
const job = {
  key: "a",
  job: "a-dev",
  action: "change",
  current: location,
  next: { ...location, extraPyFiles: "s3://b/z.zip" },
  lastModifiedOn: "1700000000.5",
  artifacts: ["k"],
};
const plan = {
  version: 1,
  mode: "deploy",
  environment: "dev",
  region: "us-east-1",
  account: "123456789012",
  bucket: "b",
  prefix: "p/",
  createdAt: "2025-11-05T10:30:00.000Z",
  jobs: [job, { ...job, action: "unchanged" }],
};

/** A plan file that nobody edited. */
const fileOf = (of: object = plan, more: object = {}): string =>
  JSON.stringify({ version: 1, result: "planned", digest: planDigest(of), plan: of, ...more });

const anew = "Run mode: plan again and apply the file that it writes, or name another plan-file.";

describe("a plan file", () => {
  it("gives the plan that it holds, and no member that nobody knows", () => {
    expect(parsePlanFile(fileOf({ ...plan, rollbackTo: null }), "plan.json")).toEqual(plan);
  });

  it.each(["deployed", "unchanged", "rolled-back"])("of a deploy that was %s is no plan", (result) => {
    expect(() => parsePlanFile(fileOf(plan, { result }), "plan.json")).toThrow(
      expect.objectContaining({ code: "plan-file-no-plan" }),
    );
  });

  const [invalid, edited] = [
    "plan.json is not a plan file of this version of the toolkit",
    "plan.json was changed after it was written: its digest does not fit",
  ];
  const noPlan = (result: string): string =>
    `plan.json holds no plan that can be applied (its result is ${result})`;

  it.each<[string, string, string, string]>([
    ["is no JSON", "plan-file-invalid", invalid, "{"],
    ["is of another version", "plan-file-invalid", invalid, fileOf(plan, { version: 2 })],
    ["has no result", "plan-file-invalid", invalid, fileOf(plan, { result: undefined })],
    ["has no digest", "plan-file-invalid", invalid, fileOf(plan, { digest: null })],
    ["was edited", "plan-file-tampered", edited, fileOf(plan, { plan: { ...plan, bucket: "c" } })],
    ["of a deploy was edited", "plan-file-tampered", edited, fileOf(plan, { result: "deployed", plan: {} })],
    ["is of a failed plan", "plan-file-no-plan", noPlan("failed"), fileOf(plan, { result: "failed" })],
    [
      "is of a rollback's plan",
      "plan-file-no-plan",
      noPlan("planned"),
      fileOf({ ...plan, mode: "rollback" }),
    ],
    [
      "holds a blocked job",
      "plan-file-no-plan",
      noPlan("planned"),
      fileOf({ ...plan, jobs: [{ ...job, action: "blocked" }] }),
    ],
    [
      "holds a job that isn't there",
      "plan-file-no-plan",
      noPlan("planned"),
      fileOf({ ...plan, jobs: [{ ...job, current: null }] }),
    ],
    ["is of another version's plan", "plan-file-no-plan", noPlan("planned"), fileOf({ ...plan, version: 2 })],
  ])("that %s is refused (%s)", (_, code, message, text) => {
    expect(() => parsePlanFile(text, "plan.json")).toThrow(
      expect.objectContaining({ code, message: `${message}. Nothing was changed`, remedy: anew }),
    );
  });
});

describe("a plan's digest", () => {
  it("is the SHA-256 of its JSON with its members in order", () => {
    const sorted = '{"a":[{"x":null,"y":1},"z"],"b":true}';
    expect(planDigest({ b: true, a: [{ y: 1, x: null }, "z"] })).toBe(
      createHash("sha256").update(sorted).digest("hex"),
    );
  });

  it("doesn't depend on the order of members, but on that of lists and on every value", () => {
    const documents = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 2 });
    fc.assert(
      fc.property(documents, (document) => {
        const reversed = Object.fromEntries(Object.entries(document).reverse());
        expect(planDigest(reversed)).toBe(planDigest(document));
        expect(planDigest({ ...document, more: 1 })).not.toBe(planDigest(document));
      }),
      { numRuns: 50 },
    );
    expect(planDigest(["a", "b"])).not.toBe(planDigest(["b", "a"]));
  });
});
