import { describe, expect, it } from "vitest";
import type { Cell, QueryRows } from "../../src/aws/athena.ts";
import { compareRows, describeExpectation } from "../../src/e2e/expectation.ts";
import type { QueryExpectation } from "../../src/manifest/manifest.ts";

const nothing: QueryExpectation = {
  value: undefined,
  rows: undefined,
  minRows: undefined,
  columns: undefined,
  tolerance: undefined,
};

function rowsOf(...sample: Cell[][]): QueryRows {
  return { columns: ["n"], sample, count: sample.length, complete: true };
}

describe("compareRows", () => {
  it.each<[string, Partial<QueryExpectation>, QueryRows]>([
    ["a number in another notation", { value: 0 }, rowsOf(["0.0"])],
    ["a number within the tolerance", { value: 1.5, tolerance: 0.1 }, rowsOf(["1.58"])],
    ["NULL", { value: null }, rowsOf([null])],
    ["many digits", { value: 1, digits: "9007199254740993" }, rowsOf(["9007199254740993.00"])],
    ["a double", { value: 123456780, digits: "123456780" }, rowsOf(["1.2345678E8"])],
    ["a boolean", { value: true }, rowsOf(["TRUE"])],
    ["a text", { value: "abc" }, rowsOf(["abc"])],
    ["a number with a space beside it", { value: 5 }, rowsOf([" 5 "])],
    ["a text that is a number within the tolerance", { value: "1.5", tolerance: 0.1 }, rowsOf(["1.58"])],
    ["no rows", { rows: 0 }, rowsOf()],
    ["just enough rows", { minRows: 2 }, rowsOf(["1"], ["2"])],
    ["enough rows", { minRows: 1 }, rowsOf(["1"], ["2"])],
    ["columns in any case", { columns: ["N"] }, rowsOf()],
  ])("accepts %s", (_, expectation, rows) => {
    expect(compareRows({ ...nothing, ...expectation }, rows)).toEqual([]);
  });

  it.each<[string, Partial<QueryExpectation>, QueryRows, string, string]>([
    ["another number", { value: 0 }, rowsOf(["3"]), "value = 0", "value = 3"],
    ["another value than NULL", { value: null }, rowsOf(["null"]), "value = NULL", "value = null"],
    ["NULL, which is not 0", { value: 0 }, rowsOf([null]), "value = 0", "value = NULL"],
    ["another boolean", { value: true }, rowsOf(["false"]), "value = true", "value = false"],
    ["another text", { value: "abc" }, rowsOf(["abd"]), "value = abc", "value = abd"],
    [
      "a whole number that differs in its last digit",
      { value: Number("9007199254740993"), digits: "9007199254740993" },
      rowsOf(["9007199254740992"]),
      "value = 9007199254740993",
      "value = 9007199254740992",
    ],
    [
      "a decimal that differs after more digits than a double has",
      { value: 0.1, digits: "0.1" },
      rowsOf(["0.1000000000000000000000000001"]),
      "value = 0.1",
      "value = 0.1000000000000000000000000001",
    ],
    ["a hexadecimal text, which is no number", { value: 16 }, rowsOf(["0x10"]), "value = 16", "value = 0x10"],
    ["a text NULL", { value: 0 }, rowsOf(["NULL"]), "value = 0", 'value = "NULL"'],
    ["an empty text, which is not 0", { value: 0 }, rowsOf([""]), "value = 0", 'value = ""'],
    ["a blank, which is not 0", { value: 0 }, rowsOf([" "]), "value = 0", 'value = " "'],
    [
      "a number outside the tolerance",
      { value: 1.5, tolerance: 0.01 },
      rowsOf(["1.58"]),
      "value = 1.5 ± 0.01",
      "value = 1.58",
    ],
    ["text for a number", { value: 1, tolerance: 5 }, rowsOf(["many"]), "value = 1 ± 5", "value = many"],
    [
      "two rows where a value is expected",
      { value: 0 },
      rowsOf(["0"], ["0"]),
      "value = 0, rows = 1",
      "rows = 2",
    ],
    ["no row where a value is expected", { value: null }, rowsOf(), "value = NULL, rows = 1", "rows = 0"],
    ["a row too many", { rows: 0 }, rowsOf(["1"]), "rows = 0", "rows = 1"],
    [
      "more rows than were counted",
      { rows: 1 },
      { ...rowsOf(["1"]), complete: false },
      "rows = 1",
      "rows ≥ 1",
    ],
    ["too few rows", { minRows: 2 }, rowsOf(["1"]), "rows ≥ 2", "rows = 1"],
    ["too few columns", { columns: ["n", "b"] }, rowsOf(), "columns = n, b", "columns = n"],
    [
      "too many columns",
      { columns: ["n"] },
      { ...rowsOf(), columns: ["n", "m"] },
      "columns = n",
      "columns = n, m",
    ],
    [
      "one column of another name",
      { columns: ["n", "a"] },
      { ...rowsOf(), columns: ["n", "b"] },
      "columns = n, a",
      "columns = n, b",
    ],
  ])("refuses %s", (_, expectation, rows, expected, actual) => {
    expect(compareRows({ ...nothing, ...expectation }, rows)).toEqual([{ expected, actual }]);
  });

  it("names each part that differs, a value without the others", () => {
    const expectation = { value: 1, rows: 2, minRows: 3, columns: ["a"], tolerance: undefined };
    expect(compareRows(expectation, rowsOf(["2"]))).toEqual([
      { expected: "columns = a", actual: "columns = n" },
      { expected: "rows = 2", actual: "rows = 1" },
      { expected: "rows ≥ 3", actual: "rows = 1" },
      { expected: "value = 1", actual: "value = 2" },
    ]);
  });
});

describe("describeExpectation", () => {
  it("names every part", () => {
    expect(describeExpectation({ value: 1, rows: 1, minRows: 1, columns: ["a"], tolerance: 0.5 })).toEqual([
      "value = 1 ± 0.5",
      "rows = 1",
      "rows ≥ 1",
      "columns = a",
    ]);
  });

  it("names no part that isn't there", () => {
    expect(describeExpectation({ ...nothing, value: null })).toEqual(["value = NULL"]);
    expect(describeExpectation({ ...nothing, columns: ["a", "b"] })).toEqual(["columns = a, b"]);
  });
});
