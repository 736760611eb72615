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

  it("is of its usual size after many lines of other things, and goes on past the traceback", () => {
    const before = Array.from({ length: 60 }, (_, index) => `INFO ${index}`);
    const after = Array.from({ length: 60 }, (_, index) => `INFO a Traceback was seen, ${index}`);
    const traceback = ["Traceback (most recent call last):", '  File "x.py", line 1, in f', "ValueError: no"];
    expect(excerpt([...before, ...traceback, ...after])).toEqual([
      ...before.slice(-2),
      ...traceback,
      ...after.slice(0, 35),
    ]);
  });

  it("begins at the traceback that a script which does not compile ends", () => {
    const lines = [
      "a",
      "Traceback (most recent call last):",
      '  File "main.py", line 1, in <module>',
      '  File "/tmp/x.py", line 294',
      "IndentationError: unexpected indent",
      "INFO Traceback is above",
    ];
    expect(excerpt(lines)).toEqual(lines);
  });

  it.each([
    [4, ["Traceback (most recent call last):", "  1", "  2", "ValueError: no"]],
    [3, ["Traceback (most recent call last):", "… 2 more lines …", "ValueError: no"]],
  ])("of %i lines holds a traceback of 4 as well as it can", (size, shown) => {
    expect(excerpt(["Traceback (most recent call last):", "  1", "  2", "ValueError: no"], size)).toEqual(
      shown,
    );
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
    const after = Array.from({ length: 20 }, (_, index) => `after ${index}`);
    const lines = ["b", "c", "Traceback (most recent call last):", ...frames, "ValueError: no", ...after];
    expect(excerpt(["a", ...lines], 20)).toEqual([
      ...lines.slice(0, 10),
      "… 86 more lines …",
      ...frames.slice(-7),
      "ValueError: no",
      ...after.slice(0, 2),
    ]);
  });
});
