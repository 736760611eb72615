import { describe, expect, it } from "vitest";
import { escapeMarkdown } from "../../src/base/escape-markdown.ts";
import { commentFooter } from "../../src/report/comment-footer.ts";
import { fixByHand, fixSuggestion } from "../../src/report/finding-fixes.ts";
import type { Finding } from "../../src/validate/findings.ts";

const finding: Finding = {
  rule: "orphan-code",
  severity: "error",
  path: "jobs/it's.py",
  startLine: 3,
  endLine: 4,
  message: "2 lines after job.commit() on line 2, says @somebody",
  remedy: "Delete lines 3-4.",
  fix: { deleteLines: [3, 4] },
  excerpt: [],
};
const lines = ["a = 1", "job.commit()", "```", "b = 2", ""];

describe("fixSuggestion", () => {
  it("is an empty suggestion, which deletes the lines it stands on", () => {
    expect(fixSuggestion(finding)).toMatch(/\n\n```suggestion\n```$/);
  });

  it("calls nobody whom the script names", () => {
    expect(fixSuggestion(finding)).not.toContain("@somebody");
    expect(escapeMarkdown("ask @acme/team")).toBe("ask @\u200bacme/team");
  });
});

describe("fixByHand", () => {
  it("has a command that a shell takes as it is, and the lines, in a fence that they can't close", () => {
    const text = fixByHand(finding, lines);
    expect(text).toContain(`sed -i '3,4d' 'jobs/it'\\''s.py'`);
    expect(text).toContain("````diff\n@@ -3,2 +2,0 @@\n-```\n-b = 2\n````");
  });

  it("cuts long deletions, and says how much is left", () => {
    const long = Array.from({ length: 500 }, (_, line) => `x = ${line}`);
    const whole = { ...finding, fix: { deleteLines: [1, 500] as const } };
    expect(fixByHand(whole, long)).toContain("… 100 more lines");
  });

  it("is nothing for a finding that has none", () => {
    const { fix: _, ...without } = finding;
    expect(fixByHand(without, lines)).toBe("");
  });
});

describe("commentFooter", () => {
  it.each([
    [
      { commit: "a".repeat(40), runUrl: "https://x/1", runAttempt: "1" },
      "<sub>Commit <code>aaaaaaaaaaaa</code> · [summary of the run](https://x/1)</sub>",
    ],
    [
      { commit: undefined, runUrl: "https://x/1", runAttempt: "2" },
      "<sub>[summary of the run](https://x/1), attempt 2</sub>",
    ],
    [{ commit: undefined, runUrl: undefined, runAttempt: undefined }, ""],
  ])("of %o", (origin, expected) => expect(commentFooter(origin)).toBe(expected));
});
