import { describe, expect, it } from "vitest";
import { findingAnnotations } from "../../src/report/findings-annotations.ts";
import { findingsDocument, findingsJson } from "../../src/report/findings-json.ts";
import { findingsSarif } from "../../src/report/findings-sarif.ts";
import { findingsSummary } from "../../src/report/findings-summary.ts";
import { type Finding, findingsFileSchema } from "../../src/validate/findings.ts";
import type { ValidationResult } from "../../src/validate/validate.ts";

const orphan: Finding = {
  rule: "orphan-code",
  severity: "error",
  path: "glue_jobs/silver job.py",
  startLine: 294,
  endLine: 523,
  message: "230 lines after job.commit() on line 293; lines 294–520 repeat lines 60–286",
  remedy: "Delete lines 294–523: the script then compiles and ends with its commit.",
  related: [{ path: "glue_jobs/silver job.py", startLine: 293, endLine: 293, message: "the final commit" }],
  fix: { deleteLines: [294, 523] },
  excerpt: ['    F.col("a").alias("b"),', "```"],
};

function resultWith(findings: readonly Finding[], more: Partial<ValidationResult> = {}): ValidationResult {
  return {
    result: findings.length === 0 ? "passed" : "failed",
    findings,
    suppressed: [],
    scripts: [{ path: "glue_jobs/silver job.py", jobs: ["acme"], sha256: null, status: "failed" }],
    python: [
      {
        glueVersion: "5.0",
        pythonVersion: "3.11",
        interpreter: "/usr/bin/python3.12 (3.12.1)",
        exact: false,
      },
    ],
    counts: { scripts: 1, skipped: 0, errors: findings.length, warnings: 0, notices: 0, suppressed: 0 },
    ...more,
  };
}

describe("findingsSummary", () => {
  it("gives the verdict, a table and each finding with its numbered code", () => {
    const summary = findingsSummary(resultWith([orphan]), { documentation: "https://example.com/v1" });
    expect(summary).toMatch(/^## ❌ Glue scripts: failed, 1 error in 1 script\n/);
    expect(summary).toContain("[`orphan-code`](https://example.com/v1/docs/rules.md#orphan-code)");
    expect(summary).toContain('294 |     F.col("a").alias("b"),');
    expect(summary).toContain("… 228 more");
    expect(summary).toContain("not the job's own Python");
  });

  it("says what passed", () => {
    expect(findingsSummary(resultWith([]))).toContain(
      "## ✅ Glue scripts: passed, nothing to mend in 1 script",
    );
  });

  it("lets no code end its block and no message break its table", () => {
    const nasty = { ...orphan, message: "a | b <img src=x>\n# c `d`", path: "a|b`c.py" };
    const summary = findingsSummary(resultWith([nasty]));
    expect(summary).toContain("````python");
    expect(summary).toContain("a \\| b &lt;img src=x&gt; # c \\`d\\`");
    expect(summary).toContain(
      "`` a\\|b`c.py:294-523 ``".replaceAll("`` a", "``a").replaceAll("523 ``", "523``"),
    );
  });

  it("stays short for many findings", () => {
    const many = Array.from({ length: 500 }, (_, index) => ({ ...orphan, startLine: index + 1 }));
    const summary = findingsSummary(resultWith(many));
    expect(summary).toContain("The first 53 of 500 findings are shown in full");
    expect(summary).toContain("… and 300 more in the findings file");
  });
});

describe("findingsDocument", () => {
  it("is what its schema says, without the excerpt", () => {
    const document = findingsFileSchema.parse(JSON.parse(findingsJson(resultWith([orphan]))));
    expect(document).toEqual(findingsDocument(resultWith([orphan])));
    expect(document.findings[0]).not.toHaveProperty("excerpt");
  });
});

describe("findingAnnotations", () => {
  it("names the rule and ends with the remedy", () => {
    expect(findingAnnotations([orphan])).toEqual([
      {
        level: "error",
        path: "glue_jobs/silver job.py",
        startLine: 294,
        endLine: 523,
        title: "Orphan code after the final commit (orphan-code)",
        message: `${orphan.message}. ${orphan.remedy}`,
      },
    ]);
  });
});

describe("findingsSarif", () => {
  const sarif = (findings: readonly Finding[]) =>
    findingsSarif(resultWith(findings), { version: "1.0.0" }) as {
      version: string;
      runs: {
        results: {
          partialFingerprints: Record<string, string>;
          locations: unknown[];
          fixes: { artifactChanges: { replacements: unknown[] }[] }[];
        }[];
      }[];
    };
  const prints = (findings: readonly Finding[]) =>
    sarif(findings).runs[0]?.results.map((result) => result.partialFingerprints["glueToolkitFinding/v1"]);

  it("gives place and fix, with the path as a URI", () => {
    const [result] = sarif([orphan]).runs[0]?.results ?? [];
    expect(result).toMatchObject({
      ruleId: "orphan-code",
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "glue_jobs/silver%20job.py" },
            region: { startLine: 294, endLine: 523 },
          },
        },
      ],
    });
    expect(result?.fixes[0]?.artifactChanges[0]?.replacements).toEqual([
      { deletedRegion: { startLine: 294, startColumn: 1, endLine: 524, endColumn: 1 } },
    ]);
  });

  it("keeps a finding's fingerprint when its lines move", () => {
    const moved = { ...orphan, startLine: 300, endLine: 529, message: "230 lines after line 299" };
    expect(prints([moved])).toEqual(prints([orphan]));
  });

  it("tells equal findings of a file apart", () => {
    expect(new Set(prints([orphan, orphan])).size).toBe(2);
  });
});
