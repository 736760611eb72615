import { expect, it } from "vitest";
import { didYouMean, nearest } from "../../src/base/nearest.ts";

it.each([
  ["prefx", ["name", "prefix", "suffix"], "prefix"],
  ["Silver", ["gold", "silver"], "silver"],
  ["sliver", ["silver", "gold"], "silver"],
  ["ab", ["abcd", "ba"], "abcd"],
  ["", ["ab", "abc"], "ab"],
  ["abc", [""], undefined],
  ["bronze", ["gold", "silver"], undefined],
  ["x", [], undefined],
])("of %j and %j the nearest is %j", (word, known, expected) => {
  expect(nearest(word, known)).toBe(expected);
  expect(didYouMean(word, known)).toBe(expected === undefined ? "" : ` Did you mean "${expected}"?`);
});
