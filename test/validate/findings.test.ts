import { describe, expect, it } from "vitest";
import { makeFinding } from "../../src/validate/compose.ts";
import { compareFindings, fails } from "../../src/validate/findings.ts";
import { findingsJsonSchema } from "../../src/validate/findings-json-schema.ts";
import type { RuleId } from "../../src/validate/rules.ts";
import { applySuppressions } from "../../src/validate/suppress.ts";

const at = (rule: RuleId, path: string, startLine: number) =>
  makeFinding(rule, path, "x", { startLine, endLine: startLine });

describe("the order of findings", () => {
  it("is by severity, then rule, path and line", () => {
    const ordered = [
      at("syntax-error", "a.py", 1),
      at("orphan-code", "a.py", 9),
      at("orphan-code", "b.py", 2),
      at("orphan-code", "b.py", 10),
      at("duplicate-code", "a.py", 1),
      at("missing-commit", "a.py", 1),
      at("unmanaged-script", "a.py", 1),
    ];
    expect(ordered.toReversed().sort(compareFindings)).toEqual(ordered);
    expect([...ordered.slice(3), ...ordered.slice(0, 3)].sort(compareFindings)).toEqual(ordered);
  });

  it("leaves alike ones as they are", () => {
    expect(compareFindings(at("orphan-code", "a.py", 1), at("orphan-code", "a.py", 1))).toBe(0);
  });
});

it.each([
  ["error", "error", true],
  ["warning", "error", false],
  ["notice", "error", false],
  ["error", "warning", true],
  ["warning", "warning", true],
  ["notice", "warning", false],
  ["error", "never", false],
] as const)("an %s under fail-on %s fails the run: %s", (severity, failOn, failed) =>
  expect(fails(severity, failOn)).toBe(failed),
);

describe("a suppression", () => {
  const findings = [
    at("orphan-code", "a.py", 4),
    at("merge-conflict", "a.py", 4),
    at("orphan-code", "a.py", 5),
    at("syntax-error", "a.py", 4),
    at("newer-syntax", "a.py", 4),
    at("unreadable-script", "a.py", 4),
  ];
  const comment = (target: number, ...rules: string[]) => ({ line: 3, target, rules, reason: "meant" });

  it.each([
    ["its rule at its line", [comment(4, "orphan-code")], [0]],
    [
      "each of its rules",
      [comment(4, "merge-conflict", "orphan-code", "syntax-error", "newer-syntax")],
      [0, 1],
    ],
    ["every rule with a *", [comment(4, "*")], [0, 1]],
    ["nothing at another line", [comment(3, "*")], []],
    ["nothing of another rule", [comment(5, "syntax-error")], []],
    ["what any of several silences", [comment(9, "*"), comment(5, "orphan-code")], [2]],
  ])("silences %s", (_, suppressions, silent) => {
    const { kept, suppressed } = applySuppressions(findings, suppressions);
    expect(suppressed).toEqual(findings.filter((_finding, index) => silent.includes(index)));
    expect(kept).toEqual(findings.filter((_finding, index) => !silent.includes(index)));
  });
});

it("the findings file's schema has its name, and asks for all that the toolkit writes", () => {
  expect(findingsJsonSchema()).toMatchObject({
    $id: "findings.schema.json",
    title: "Findings of validate-glue",
    type: "object",
    required: ["version", "python", "scripts", "findings"],
    additionalProperties: false,
  });
});
