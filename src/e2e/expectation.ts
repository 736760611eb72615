import type { QueryRows } from "../aws/athena.ts";
import { isWithin, parseDecimal } from "../base/decimal.ts";
import type { QueryExpectation } from "../manifest/manifest.ts";

/** One thing that is not as expected, both sides in words. */
export interface Difference {
  readonly expected: string;
  readonly actual: string;
}

/** What a query's expectation says, in the manifest's words, one phrase for each part. */
export function describeExpectation(expectation: QueryExpectation): string[] {
  const { value, digits, rows, minRows, columns, tolerance } = expectation;
  return [
    ...(value === undefined
      ? []
      : [`value = ${digits ?? show(value)}${tolerance === undefined ? "" : ` ± ${tolerance}`}`]),
    ...(rows === undefined ? [] : [`rows = ${rows}`]),
    ...(minRows === undefined ? [] : [`rows ≥ ${minRows}`]),
    ...(columns === undefined ? [] : [`columns = ${columns.join(", ")}`]),
  ];
}

/** Where a query's rows differ from the expectation; empty when they don't. */
export function compareRows(expectation: QueryExpectation, result: QueryRows): Difference[] {
  const { value, rows, minRows, columns } = expectation;
  const count = `rows ${result.complete ? "=" : "≥"} ${result.count}`;
  const differences: Difference[] = [];
  if (columns !== undefined && !sameColumns(columns, result.columns)) {
    differences.push({
      expected: `columns = ${columns.join(", ")}`,
      actual: `columns = ${result.columns.join(", ")}`,
    });
  }
  if (rows !== undefined && (result.count !== rows || !result.complete)) {
    differences.push({ expected: `rows = ${rows}`, actual: count });
  }
  if (minRows !== undefined && result.count < minRows) {
    differences.push({ expected: `rows ≥ ${minRows}`, actual: count });
  }
  if (value !== undefined) differences.push(...compareValue(expectation, result));
  return differences;
}

/** Athena lower-cases column names. */
function sameColumns(expected: readonly string[], actual: readonly string[]): boolean {
  return (
    expected.length === actual.length &&
    expected.every((name, index) => name.toLowerCase() === actual[index]?.toLowerCase())
  );
}

function compareValue(expectation: QueryExpectation, result: QueryRows): Difference[] {
  const expected = describeExpectation({
    ...expectation,
    rows: undefined,
    minRows: undefined,
    columns: undefined,
  });
  const [row] = result.sample;
  if (row === undefined || result.count !== 1) {
    return [{ expected: `${expected.join()}, rows = 1`, actual: `rows = ${result.count}` }];
  }
  const cell = row[0] ?? null;
  if (isSame(expectation, cell)) return [];
  return [{ expected: expected.join(), actual: `value = ${show(cell)}` }];
}

/** Athena gives every cell as text, so numbers are compared as numbers, digit by digit: `0` is `0.0` and `0E0`. */
function isSame({ value = null, digits, tolerance }: QueryExpectation, cell: string | null): boolean {
  if (value === null || cell === null) return value === cell;
  if (typeof value === "boolean") return cell.toLowerCase() === String(value);
  if (typeof value === "string" && tolerance === undefined) return value === cell;
  const [expected, actual] = [parseDecimal(digits ?? String(value)), parseDecimal(cell)];
  const distance = parseDecimal(String(tolerance ?? 0));
  if (expected === undefined || actual === undefined || distance === undefined) return false;
  return isWithin(expected, actual, distance);
}

/** A text that could be taken for nothing, for NULL or for another one stands in quotes. */
function show(value: string | number | boolean | null): string {
  if (value === null) return "NULL";
  const isPlain = typeof value !== "string" || (/^\S(?:.*\S)?$/s.test(value) && value !== "NULL");
  return isPlain ? String(value) : JSON.stringify(value);
}
