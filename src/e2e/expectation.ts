import type { QueryRows } from "../aws/athena.ts";
import type { QueryExpectation } from "../manifest/manifest.ts";

/** One thing that is not as expected, both sides in words. */
export interface Difference {
  readonly expected: string;
  readonly actual: string;
}

/** What a query's expectation says, in the manifest's words, one phrase for each part. */
export function describeExpectation(expectation: QueryExpectation): string[] {
  const { value, rows, minRows, columns, tolerance } = expectation;
  return [
    ...(value === undefined
      ? []
      : [`value = ${show(value)}${tolerance === undefined ? "" : ` ± ${tolerance}`}`]),
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
  if (isSame(expectation.value ?? null, cell, expectation.tolerance)) return [];
  return [{ expected: expected.join(), actual: `value = ${show(cell)}` }];
}

/** Athena gives every cell as text, so numbers are compared as numbers: `0` is `0.0` and `0E0`. */
function isSame(
  expected: string | number | boolean | null,
  cell: string | null,
  tolerance: number | undefined,
): boolean {
  if (expected === null || cell === null) return expected === cell;
  if (typeof expected === "boolean") return cell.toLowerCase() === String(expected);
  const [left, right] = [Number(expected), Number(cell)];
  if (typeof expected === "number" || tolerance !== undefined) {
    return cell.trim() !== "" && Math.abs(left - right) <= (tolerance ?? 0);
  }
  return expected === cell;
}

function show(value: string | number | boolean | null): string {
  return value === null ? "NULL" : String(value);
}
