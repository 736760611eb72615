import { expect, it } from "vitest";
import {
  formatLocation,
  messageOf,
  sentence,
  ToolkitError,
  ToolkitErrors,
  throwAll,
} from "../../src/base/errors.ts";

const error = (code: string, more: object = {}) =>
  new ToolkitError({ code, message: code, remedy: "r", source: "user", ...more });

it("several errors are the first one's, counted, and a single one is itself", () => {
  const first = error("a", { location: { path: "m.yml", line: 1 } });
  expect(new ToolkitErrors("m.yml", [first, error("b")])).toMatchObject({
    code: "a",
    message: "m.yml: 2 errors",
    location: { line: 1 },
  });
  expect(new ToolkitErrors("m.yml", [error("b")])).toMatchObject({ message: "b", location: undefined });
  expect(() => throwAll("m.yml", [])).not.toThrow();
  expect(() => throwAll("m.yml", [first])).toThrow(first);
  expect(() => throwAll("m.yml", [first, error("b")])).toThrow(ToolkitErrors);
});

it.each([
  [undefined, ""],
  [{ path: "a" }, "a"],
  [{ path: "a", line: 2 }, "a:2"],
  [{ path: "a", key: "k" }, "a (k)"],
  [{ path: "a", line: 2, key: "k" }, "a:2 (k)"],
])("the place %j is %j", (location, text) => expect(formatLocation(location)).toBe(text));

it("what is thrown has a message, and a text ends as a sentence", () => {
  expect([messageOf(new Error("x")), messageOf("y")]).toEqual(["x", "y"]);
  expect(["a", "a. ", "a?", "a…"].map(sentence)).toEqual(["a.", "a.", "a?", "a…"]);
});
