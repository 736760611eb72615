import { expect, it } from "vitest";
import { plural } from "../../src/base/plural.ts";

it.each([
  [0, "0 scripts"],
  [1, "1 script"],
  [2, "2 scripts"],
])("%i of a noun is %s", (count, text) => expect(plural(count, "script")).toBe(text));
