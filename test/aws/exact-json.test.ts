import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differingPaths, parseExact, sameExact, stringifyExact } from "../../src/aws/exact-json.ts";

describe("exact JSON", () => {
  it.each([
    ["a number bigger than a double holds", '{"n":12345678901234567890}'],
    ["a decimal with more digits than a double holds", '{"n":0.1234567890123456789012}'],
    ["a float that looks like an integer", '{"n":10.0}'],
    ["an exponent", '{"n":1.7E9,"m":[1e400]}'],
    ["a member called __proto__", '{"__proto__":{"x":1},"constructor":2}'],
    ["text beyond ASCII", '{"ü":"\\u0000 🐘"}'],
    ["negative zero", '{"n":-0}'],
  ])("keeps %s", (_name, text) => {
    expect(stringifyExact(parseExact(text))).toBe(text);
  });

  it("keeps any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value);
        expect(stringifyExact(parseExact(text))).toBe(text);
        expect(sameExact(parseExact(text), parseExact(text))).toBe(true);
      }),
    );
  });

  it.each([
    ["a changed member", '{"a":{"b":1}}', '{"a":{"b":2}}', ["a.b"]],
    ["an item", '{"a":[1,2]}', '{"a":[1,3]}', ["a[1]"]],
    ["a list of another length", '{"a":[1]}', '{"a":[1,2]}', ["a"]],
    ["a member that came and one that went", '{"a":1}', '{"b":null}', ["a", "b"]],
    ["null where an object was", '{"a":{}}', '{"a":null}', ["a"]],
    ["a big integer's last digit", '{"a":12345678901234567890}', '{"a":12345678901234567891}', ["a"]],
    ["nothing for another order", '{"a":1,"b":2}', '{"b":2,"a":1}', []],
    ["nothing for 10 and 10.0", '{"a":10}', '{"a":10.0}', []],
    ["a number and its text", '{"a":1}', '{"a":"1"}', ["a"]],
  ])("names %s", (_name, left, right, paths) => {
    expect(differingPaths(parseExact(left), parseExact(right))).toEqual(paths);
  });
});
