import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalOfYaml, isWithin, parseDecimal } from "../../src/base/decimal.ts";

const zero = { digits: 0n, exponent: 0 };

describe("parseDecimal", () => {
  it.each([
    ["0", "0.0"],
    ["1.2345678E8", "123456780"],
    ["-0", "0"],
    ["+5.50", "5.5"],
    [".5", "0.5"],
    ["5.", "5"],
    ["007", "7"],
    ["1e-3", "0.001"],
  ])("reads %s as %s", (left, right) => expect(parseDecimal(left)).toEqual(parseDecimal(right)));

  it.each(["", " ", ".", "0x10", "1_000", "NaN", "Infinity", "1e", "5 rows", "1e999999", "9".repeat(1_001)])(
    "reads no number in %j",
    (text) => expect(parseDecimal(text)).toBeUndefined(),
  );

  it("loses no digit", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: -300, max: 300 }), (digits, exponent) => {
        const read = parseDecimal(`${digits}e${exponent}`);
        const same = { digits, exponent };
        expect(read && isWithin(read, same, zero)).toBe(true);
        expect(read && isWithin(read, { digits: digits + 1n, exponent }, zero)).toBe(false);
      }),
    );
  });
});

describe("isWithin", () => {
  it.each([
    ["0.3", "0.1", "0.2", true],
    ["0.3000000000000001", "0.1", "0.2", false],
    ["-1", "1", "2", true],
    ["1e300", "-1e300", "1", false],
  ])("%s and %s by %s: %s", (left, right, distance, within) => {
    const [a, b, c] = [left, right, distance].map((text) => parseDecimal(text) ?? zero);
    expect(isWithin(a ?? zero, b ?? zero, c ?? zero)).toBe(within);
  });
});

it.each([
  ["0x1F", "31"],
  ["0o17", "15"],
  ["9007199254740993", "9007199254740993"],
  [".inf", undefined],
])("the YAML number %s is %s", (source, digits) => expect(decimalOfYaml(source)).toBe(digits));
