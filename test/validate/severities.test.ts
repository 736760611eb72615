import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadManifest } from "../../src/manifest/load.ts";
import { ruleNames } from "../../src/manifest/validate-schema.ts";
import { findingAnnotations, findingLines } from "../../src/report/findings-annotations.ts";
import { resolveJobs } from "../../src/scripts/resolve.ts";
import { makeFinding } from "../../src/validate/compose.ts";
import { compareFindings, type Finding } from "../../src/validate/findings.ts";
import { neverCompiles, type RuleId, rules } from "../../src/validate/rules.ts";
import { appliesToJobs, weighFindings } from "../../src/validate/severities.ts";
import { workspaceWith } from "../support/workspace.ts";

const ruleIds = Object.keys(rules) as [RuleId, ...RuleId[]];
const level = fc.constantFrom("off", "notice", "warning", "error");
const finding = fc
  .record({
    rule: fc.constantFrom(...ruleIds),
    path: fc.constantFrom("a.py", "b.py", "c.py", "d.py"),
    startLine: fc.integer({ min: 1, max: 99 }),
  })
  .map(({ rule, path, startLine }) => makeFinding(rule, path, "x", { startLine, endLine: startLine }));

describe("weighFindings", () => {
  it("leaves out exactly what is off and changes nothing but severities", () => {
    fc.assert(
      fc.property(
        fc.array(finding),
        fc.dictionary(fc.constantFrom(...ruleNames), level),
        (findings, levels) => {
          const weighed = weighFindings(findings, levels);
          const expected = findings.filter(({ rule }) => levels[rule] !== "off" || neverCompiles(rule));
          expect(weighed.map(({ severity: _, ...rest }) => rest)).toEqual(
            expected.map(({ severity: _, ...rest }) => rest),
          );
          for (const { rule, severity } of weighed)
            expect(severity).toBe(neverCompiles(rule) ? "error" : (levels[rule] ?? rules[rule].severity));
        },
      ),
      { seed: 4 },
    );
  });

  it("knows every rule by the manifest's name", () => {
    expect(ruleNames).toEqual(expect.arrayContaining(ruleIds));
  });
});

describe("bookmarks", () => {
  it.each([
    ["the job's own key", "bookmarks: true", "", true],
    ["e2e.bookmarks", "script: a.py", "e2e: { bookmarks: [a], steps: {} }\n", true],
    ["nothing", "bookmarks: false", "", false],
  ])("are known from %s, and make a commit due", async (_, key, e2e, kept) => {
    const entry = key.startsWith("script") ? key : `script: a.py, ${key}`;
    const text = `version: 1\nname: x\nenvironments: { dev: { region: us-east-1 } }\nscripts: { bucket: abc }\njobs:\n  a: { job: a, ${entry} }\n${e2e}`;
    const workspace = await workspaceWith({ "glue-pipeline.yml": text, "a.py": "" });
    const { jobs } = await resolveJobs(
      await loadManifest({ workspace, path: "glue-pipeline.yml" }),
      workspace,
    );
    expect(jobs.map(({ bookmarks }) => bookmarks)).toEqual([kept]);
    expect(appliesToJobs({ rule: "missing-commit" }, jobs)).toBe(kept);
    expect(appliesToJobs({ rule: "orphan-code" }, jobs)).toBe(true);
  });
});

describe("a script of several jobs", () => {
  it("needs its commit as soon as one of them keeps bookmarks", () => {
    const job = (bookmarks?: boolean) => ({
      key: "a",
      job: "a",
      glueVersion: undefined,
      pythonVersion: undefined,
      ...(bookmarks === undefined ? {} : { bookmarks }),
    });
    expect(appliesToJobs({ rule: "missing-commit" }, [job(false), job(), job(true)])).toBe(true);
    expect(appliesToJobs({ rule: "missing-commit" }, [job(false), job()])).toBe(false);
  });
});

describe("annotations", () => {
  it("fit a host's limits, name the worst of each file first, and lose nothing", () => {
    fc.assert(
      fc.property(fc.array(finding, { maxLength: 60 }), (found) => {
        const findings: Finding[] = [...found].sort(compareFindings);
        const annotations = findingAnnotations(findings);
        for (const severity of ["error", "warning", "notice"] as const) {
          const all = findings.filter((one) => one.severity === severity);
          const shown = annotations.filter((one) => one.level === severity);
          expect(shown).toHaveLength(Math.min(9, all.length));
          const files = new Set(all.map(({ path }) => path));
          expect(new Set(shown.slice(0, files.size).map(({ path }) => path))).toEqual(files);
        }
        expect(findingLines(findings)).toHaveLength(findings.length);
      }),
      { seed: 4 },
    );
  });
});
