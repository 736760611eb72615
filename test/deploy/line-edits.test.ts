import { expect, it } from "vitest";
import { lineEdits } from "../../src/deploy/line-edits.ts";

const signs = { same: " ", removed: "-", added: "+" };

it.each<[readonly string[], readonly string[], string]>([
  [[], [], ""],
  [["a"], [], "-a"],
  [[], ["a", "b"], "+a +b"],
  [["a", "b", "c"], ["a", "c", "d"], " a -b  c +d"],
  [["x", "a"], ["y", "a"], "-x +y  a"],
])("the edits from %j to %j", (before, after, expected) => {
  const edits = lineEdits(before, after)?.map(({ kind, line }) => signs[kind] + line);
  expect(edits?.join(" ")).toBe(expected);
});

it("edits beyond all measure are none", () => {
  expect(lineEdits(["a", "b"], ["c", "d"], 3)).toBeUndefined();
});
