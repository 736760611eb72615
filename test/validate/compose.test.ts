import { describe, expect, it } from "vitest";
import type { RawFinding } from "../../src/validate/checker-answer.ts";
import { composeFindings, makeFinding } from "../../src/validate/compose.ts";
import { rules } from "../../src/validate/rules.ts";

const place = { startLine: 12, endLine: 14, excerpt: ["x = 1"] };
const indent = { type: "IndentationError", message: "unexpected indent", line: 12, column: 5 };
const commit = { path: "a.py", startLine: 10, endLine: 10, message: "the final commit" };

function compose(raw: RawFinding) {
  const answer = { id: 0, sha256: null, lines: 20, findings: [raw], suppressions: [], internal: null };
  return composeFindings("a.py", answer)[0];
}

describe("a finding's words", () => {
  it.each<[RawFinding, string]>([
    [{ rule: "merge-conflict", ...place }, "a merge conflict from line 12 to 14"],
    [{ rule: "missing-commit", ...place }, "the job keeps bookmarks, but the script never commits it"],
    [
      { rule: "conditional-commit", ...place },
      "the job is committed under a condition only; runs that go the other way never commit",
    ],
    [{ rule: "missing-init", ...place }, "the job is committed, but was never given its init"],
    [{ rule: "unreadable-script", ...place, reason: "is a folder" }, "the script is a folder"],
    [
      { rule: "syntax-error", ...place, python: indent, kind: null },
      "IndentationError: unexpected indent (line 12), column 5",
    ],
    [
      { rule: "syntax-error", ...place, python: indent, kind: "a notebook" },
      "a notebook; CPython says: IndentationError: unexpected indent (line 12), column 5",
    ],
  ])("of $rule: %s", (raw, message) => {
    const { severity, remedy } = rules[raw.rule];
    expect(compose(raw)).toEqual({ rule: raw.rule, severity, path: "a.py", ...place, message, remedy });
  });

  it("of code that stands twice name both places", () => {
    const twice = { rule: "duplicate-code" as const, ...place, twinFirst: 2, twinLast: 4 };
    expect(compose(twice)).toMatchObject({
      ...place,
      message: "lines 12–14 stand in the script before, as lines 2–4",
      related: [{ path: "a.py", startLine: 2, endLine: 4, message: "the same lines" }],
    });
  });

  it("of data written after the commit name the commit", () => {
    expect(compose({ rule: "commit-not-last", ...place, commitLine: 10 })).toMatchObject({
      ...place,
      message: "data is written on line 12, after the commit on line 10",
      related: [commit],
    });
  });
});

describe("an orphan's words", () => {
  const orphan: Extract<RawFinding, { rule: "orphan-code" }> = {
    rule: "orphan-code",
    ...place,
    python: null,
    commitLine: 10,
    commitText: "job.commit()",
    codeLines: 3,
    repeats: null,
    deleteLines: [11, 14],
  };

  it("tell how many lines, after which commit, and that deleting them mends the script", () => {
    expect(compose(orphan)).toEqual({
      rule: "orphan-code",
      severity: "error",
      path: "a.py",
      ...place,
      message: "3 lines after job.commit() on line 10",
      remedy: "Delete lines 12–14: the script then compiles and ends with its commit.",
      related: [commit],
      fix: { deleteLines: [11, 14] },
    });
  });

  it("tell of one line as of one", () => {
    expect(compose({ ...orphan, endLine: 12 })).toMatchObject({
      message: "1 line after job.commit() on line 10",
      remedy: "Delete line 12: the script then compiles and ends with its commit.",
    });
  });

  it("offer no deletion where the script has another error", () => {
    const found = compose({ ...orphan, deleteLines: null });
    expect(found?.remedy).toMatch(/^Look at lines 12–14: .*No fix is offered/);
    expect(found).not.toHaveProperty("fix");
  });

  it("say what proves that the lines may go, differences included", () => {
    const edit = { line: 13, text: "b = 2", twin: 5, twinText: "b = 1" };
    const proof = { kind: "repeats" as const, twinFirst: 4, twinLast: 6, edited: [edit] };
    expect(compose({ ...orphan, proof })?.remedy).toBe(
      "Delete lines 12–14: the code stands in lines 4–6, and nothing that stays needs the copy; 1 line of the copy differs: line 13 `b = 2` is line 5 `b = 1`.",
    );
    const fragment = { kind: "fragment" as const, twinFirst: null, twinLast: null, edited: [] };
    expect(compose({ ...orphan, proof: fragment })?.remedy).toBe(
      "Delete lines 12–14: no change of one token makes valid code of them, and nothing that stays needs them.",
    );
  });

  it("name what is repeated and what CPython says", () => {
    const repeats = { first: 13, last: 14, twinFirst: 3, twinLast: 4 };
    expect(compose({ ...orphan, repeats, python: indent })).toMatchObject({
      message:
        "3 lines after job.commit() on line 10; lines 13–14 repeat lines 3–4; CPython says: IndentationError: unexpected indent (line 12)",
      related: [commit, { path: "a.py", startLine: 3, endLine: 4, message: "repeated in lines 13–14" }],
    });
    const one = { first: 14, last: 14, twinFirst: 4, twinLast: 4 };
    expect(compose({ ...orphan, repeats: one })?.message).toContain("; line 14 repeats line 4");
  });
});

it("a finding that is made by its rule stands at the script's first line", () => {
  const { severity, remedy } = rules["missing-script"];
  expect(makeFinding("missing-script", "a.py", "gone")).toEqual({
    rule: "missing-script",
    severity,
    path: "a.py",
    startLine: 1,
    endLine: 1,
    message: "gone",
    remedy,
    excerpt: [],
  });
});
