import { describe, expect, it } from "vitest";
import { excerpt } from "../../src/e2e/log-excerpt.ts";

describe("excerpt", () => {
  it("begins two lines before the last traceback", () => {
    const lines = [
      "a",
      "Traceback (most recent call last):",
      "old",
      "b",
      "c",
      "Traceback (most recent call last):",
      '  File "x.py", line 1',
      "ValueError: no",
    ];
    expect(excerpt(lines)).toEqual(lines.slice(3));
  });

  it("begins two lines before the place of a script that does not compile", () => {
    const lines = [
      "a",
      "b",
      "c",
      '  File "/tmp/x.py", line 294',
      '    F.col("x")',
      "IndentationError: unexpected indent",
    ];
    expect(excerpt(lines)).toEqual(lines.slice(1));
  });

  it("is the end of a log without one", () => {
    expect(
      excerpt(
        Array.from({ length: 100 }, (_, index) => String(index)),
        2,
      ),
    ).toEqual(["98", "99"]);
  });

  it("leaves out the middle of a long traceback, not its exception", () => {
    const frames = Array.from({ length: 100 }, (_, index) => `  File "x.py", line ${index}, in f`);
    const lines = ["Traceback (most recent call last):", ...frames, "ValueError: no", "\tat java", "after"];
    const shown = excerpt(lines, 20);
    expect(shown[0]).toBe("Traceback (most recent call last):");
    expect(shown).toContain("ValueError: no");
    expect(shown).toContain("… 84 more lines …");
    expect(shown).toHaveLength(21);
  });
});
