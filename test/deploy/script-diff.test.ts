import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineEdits } from "../../src/deploy/line-edits.ts";
import { unifiedDiff } from "../../src/deploy/script-diff.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 25 });

describe("line edits", () => {
  it("lead from any text to any other, and back", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const edits = lineEdits(before, after) ?? [];
        expect(edits.filter(({ kind }) => kind !== "added").map(({ line }) => line)).toEqual(before);
        expect(edits.filter(({ kind }) => kind !== "removed").map(({ line }) => line)).toEqual(after);
      }),
    );
  });

  it("are as few as can be", () => {
    const common = (left: readonly string[], right: readonly string[]): number => {
      let above = right.map(() => 0);
      for (const line of left) {
        const row: number[] = [];
        for (const [index, other] of right.entries()) {
          const before = above[index - 1] ?? 0;
          row.push(line === other ? before + 1 : Math.max(above[index] ?? 0, row[index - 1] ?? 0));
        }
        above = row;
      }
      return above.at(-1) ?? 0;
    };
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const same = lineEdits(before, after)?.filter(({ kind }) => kind === "same");
        expect(same).toHaveLength(common(before, after));
      }),
    );
  });

  it("are given up beyond a limit", () => {
    expect(lineEdits(["a", "b"], ["c", "d"], 3)).toBeUndefined();
    expect(lineEdits(["a", "b"], ["c", "d"], 4)).toHaveLength(4);
  });
});

describe("a unified diff", () => {
  const numbered = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `line ${index + 1}`);
  const text = (all: readonly string[]): string => `${all.join("\n")}\n`;

  it("is empty for the same text", () => {
    expect(unifiedDiff("a\n", "a\n")).toBe("");
  });

  it("of the incident's fix is one hunk that deletes the orphan lines", () => {
    const broken = numbered(523);
    const diff = unifiedDiff(text(broken), text(broken.slice(0, 293)));
    expect(diff.split("\n")[0]).toBe("@@ -291,233 +291,3 @@");
    expect(diff.match(/^-/gm)).toHaveLength(230);
  });

  it("keeps distant changes in hunks of their own, with three lines around each", () => {
    const old = numbered(30);
    const diff = unifiedDiff(text(old), text(old.with(4, "FIVE").with(24, "TWENTY-FIVE")));
    expect(diff.match(/^@@.*@@$/gm)).toEqual(["@@ -2,7 +2,7 @@", "@@ -22,7 +22,7 @@"]);
  });

  it.each([
    ["what stays around a change", "a\nb\nc\n", "a\nx\nc\n", "@@ -1,3 +1,3 @@\n a\n-b\n+x\n c"],
    ["a new text", "", "a\n", "@@ -0,0 +1 @@\n+a"],
    ["a text that goes", "a\n", "", "@@ -1 +0,0 @@\n-a"],
    ["a missing last line break", "a\n", "a", "@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file"],
  ])("shows %s", (_name, before, after, diff) => {
    expect(unifiedDiff(before, after)).toBe(diff);
  });

  const spaced = (first: number, second: number) => {
    const old = numbered(30);
    const changed = old.with(first, "ONE").with(second, "TWO");
    return unifiedDiff(text(old), text(changed)).match(/^@@.*@@$/gm);
  };

  it("joins changes whose surroundings touch, and no others", () => {
    expect(spaced(4, 11)).toEqual(["@@ -2,14 +2,14 @@"]);
    expect(spaced(4, 12)).toEqual(["@@ -2,7 +2,7 @@", "@@ -10,7 +10,7 @@"]);
  });

  it("ends with the text, however near to its ends a change is", () => {
    expect(spaced(0, 29)).toEqual(["@@ -1,4 +1,4 @@", "@@ -27,4 +27,4 @@"]);
  });

  it("counts lines that came and went before a later hunk", () => {
    const old = numbered(30);
    const changed = [...old.slice(0, 2), "new", "new", ...old.slice(2, 19), ...old.slice(20)];
    expect(unifiedDiff(text(old), text(changed)).match(/^@@.*@@$/gm)).toEqual([
      "@@ -1,5 +1,7 @@",
      "@@ -17,7 +19,6 @@",
    ]);
  });

  it("of texts too different to show says how long they are", () => {
    const other = (name: string) => text(Array.from({ length: 1_001 }, (_, index) => `${name}${index}`));
    expect(unifiedDiff(other("a"), `${other("b")}c\n`)).toBe(
      "@@ too different to show: 1001 lines before, 1002 after @@",
    );
  });
});
