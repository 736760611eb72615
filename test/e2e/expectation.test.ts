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
    ["a boolean", { value: true }, rowsOf(["TRUE"])],
    ["a text", { value: "abc" }, rowsOf(["abc"])],
    ["no rows", { rows: 0 }, rowsOf()],
    ["enough rows", { minRows: 1 }, rowsOf(["1"], ["2"])],
    ["columns in any case", { columns: ["N"] }, rowsOf()],
  ])("accepts %s", (_, expectation, rows) => {
    expect(compareRows({ ...nothing, ...expectation }, rows)).toEqual([]);
  });

  it.each<[string, Partial<QueryExpectation>, QueryRows, string]>([
    ["another number", { value: 0 }, rowsOf(["3"]), "value = 3"],
    ["NULL, which is not 0", { value: 0 }, rowsOf([null]), "value = NULL"],
    ["an empty text, which is not 0", { value: 0 }, rowsOf([""]), "value = "],
    ["a number outside the tolerance", { value: 1.5, tolerance: 0.01 }, rowsOf(["1.58"]), "value = 1.58"],
    ["text for a number", { value: 1, tolerance: 5 }, rowsOf(["many"]), "value = many"],
    ["two rows where a value is expected", { value: 0 }, rowsOf(["0"], ["0"]), "rows = 2"],
    ["no row where a value is expected", { value: null }, rowsOf(), "rows = 0"],
    ["a row too many", { rows: 0 }, rowsOf(["1"]), "rows = 1"],
    ["more rows than were counted", { rows: 1 }, { ...rowsOf(["1"]), complete: false }, "rows ≥ 1"],
    ["too few rows", { minRows: 2 }, rowsOf(["1"]), "rows = 1"],
    ["other columns", { columns: ["a", "b"] }, rowsOf(), "columns = n"],
  ])("refuses %s", (_, expectation, rows, actual) => {
    expect(compareRows({ ...nothing, ...expectation }, rows)).toMatchObject([{ actual }]);
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
});
