import { readFile } from "node:fs/promises";
import { join } from "node:path";
import sarifSchema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json" with { type: "json" };
import { Ajv2020 } from "ajv/dist/2020.js";
import AjvDraft4 from "ajv-draft-04";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findingsJson } from "../../src/report/findings-json.ts";
import { findingsSarif } from "../../src/report/findings-sarif.ts";
import type { Finding } from "../../src/validate/findings.ts";
import { type RuleId, rules } from "../../src/validate/rules.ts";
import type { ValidationResult } from "../../src/validate/validate.ts";

const schemas = join(import.meta.dirname, "../../schemas");
const line = fc.integer({ min: 1, max: 60_000 });
const text = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
const path = fc
  .array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join("/"));
const finding: fc.Arbitrary<Finding> = fc.record(
  {
    rule: fc.constantFrom(...(Object.keys(rules) as RuleId[])),
    severity: fc.constantFrom("error" as const, "warning" as const, "notice" as const),
    path,
    startLine: line,
    endLine: line,
    message: text,
    remedy: text,
    excerpt: fc.array(text, { maxLength: 3 }),
    related: fc.array(fc.record({ path, startLine: line, endLine: line, message: text }), { maxLength: 2 }),
    fix: fc.record({ deleteLines: fc.tuple(line, line) }),
  },
  {
    requiredKeys: ["rule", "severity", "path", "startLine", "endLine", "message", "remedy", "excerpt"],
  },
);

function resultWith(findings: readonly Finding[]): ValidationResult {
  return {
    result: "failed",
    findings,
    suppressed: [],
    scripts: findings.map((one) => ({ path: one.path, jobs: ["acme"], sha256: null, status: "failed" })),
    python: [{ glueVersion: "5.0", pythonVersion: "3.11", interpreter: "python3", exact: true }],
    counts: { scripts: 1, skipped: 0, errors: 1, warnings: 0, notices: 0, suppressed: 0 },
  };
}

const findings = fc.array(finding, { maxLength: 6 });
const options = { version: "1.2.3", documentation: "https://example.com/blob/v1" };

describe("SARIF", () => {
  // the schema is laxer than strict mode allows, and one of its patterns is no Unicode one
  const ajv = new AjvDraft4.default({ strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const valid = ajv.compile(sarifSchema);
  const check = (log: unknown) => ({ ok: valid(JSON.parse(JSON.stringify(log))), errors: valid.errors });

  it("is valid by the standard's schema, whatever the findings hold", () => {
    fc.assert(
      fc.property(findings, (some) => {
        expect(check(findingsSarif(resultWith(some), options))).toEqual({ ok: true, errors: null });
      }),
      { seed: 21, numRuns: 200 },
    );
  });

  it("holds no more results than code scanning takes, the worst first, and says so", () => {
    const [one] = fc.sample(finding, { seed: 1, numRuns: 1 }) as [Finding];
    const many = Array.from({ length: 25_001 }, (_, index): Finding => {
      return { ...one, severity: index === 25_000 ? "error" : "warning", startLine: index + 1 };
    });
    const log = findingsSarif(resultWith(many), options) as { runs: { results: { level: string }[] }[] };
    expect(log.runs[0]?.results).toHaveLength(25_000);
    expect(log.runs[0]?.results[0]?.level).toBe("error");
    expect(JSON.stringify(log)).toContain("The first 25000 of 25001 findings are here.");
  });

  it("is told apart from what is no SARIF", () => {
    expect(check({ version: "2.1.0", runs: [{ results: [{ level: "notice" }] }] }).ok).toBe(false);
  });
});

describe("the findings file", () => {
  it("is valid by its published schema", async () => {
    const schema = JSON.parse(await readFile(join(schemas, "findings.schema.json"), "utf8"));
    const valid = new Ajv2020().compile(schema);
    fc.assert(
      fc.property(findings, (some) => {
        expect(valid(JSON.parse(findingsJson(resultWith(some)))), JSON.stringify(valid.errors)).toBe(true);
      }),
      { seed: 22, numRuns: 200 },
    );
    expect(valid({ version: 2 })).toBe(false);
  });
});
