import { describe, expect, it } from "vitest";
import { parseSummary } from "../../src/aws/crawl-summary.ts";
import { splitFolders, tablesOf } from "../../src/e2e/crawled-tables.ts";

const start = new Date("2026-01-01T10:00:00.400Z");
const before = new Date("2026-01-01T09:00:00Z");
const after = new Date("2026-01-01T10:00:00Z");

function table(name: string, location: string, createdOn: Date, more: object = {}) {
  return { name, location, createdOn, updatedOn: createdOn, isDeprecated: false, crawler: "c", ...more };
}

describe("the tables of a crawler", () => {
  it("are those it wrote, whose data lie where it reads and are not gone", () => {
    const tables = [
      table("orders", "s3://b/orders/", before),
      table("orders2", "s3://b/orders2/", before),
      table("gone", "s3://b/orders/gone/", before, { isDeprecated: true }),
      table("other", "s3://b/orders/other/", before, { crawler: "d" }),
    ];
    const names = (folders: readonly string[] | undefined) =>
      tablesOf("c", { folders }, tables).map(({ name }) => name);
    expect(names(["s3://b/orders"])).toEqual(["orders"]);
    expect(names(["b/orders/"])).toEqual(["orders"]);
    expect(names(["s3://b/orders}/"])).toEqual([]);
    expect(names(undefined)).toEqual(["orders", "orders2"]);
  });
});

describe("a split folder", () => {
  const split = (...tables: ReturnType<typeof table>[]) =>
    splitFolders({ folders: ["s3://b/orders/"], startedOn: start }, tables).map(({ tables: names }) => names);

  it("has several tables that this crawl made", () => {
    expect(split(table("x", "s3://b/orders/x/", after), table("y", "s3://b/orders/y/", after))).toEqual([
      ["x", "y"],
    ]);
    expect(split(table("x", "s3://b/orders/x/", before), table("y", "s3://b/orders/y/", after))).toEqual([
      ["x", "y"],
    ]);
  });

  it("has tables of files or partitions, whenever they were made", () => {
    expect(
      split(table("x", "s3://b/orders/a.json", before), table("y", "s3://b/orders/b.csv", before)),
    ).toEqual([["x", "y"]]);
    expect(
      split(table("x", "s3://b/orders/year=2024/", before), table("y", "s3://b/orders/year=2025/", before)),
    ).toEqual([["x", "y"]]);
  });

  it("is neither one table nor a folder of tables that were there", () => {
    expect(split(table("x", "s3://b/orders/", after))).toEqual([]);
    expect(split(table("x", "s3://b/orders/x/", before), table("y", "s3://b/orders/y/", before))).toEqual([]);
  });
});

describe("a crawl's summary", () => {
  it("is read with its inner JSON as text or as an object", () => {
    const inner = { ADD: { Count: 2, Details: { names: ["a", "b"] } } };
    const made = { count: 2, names: ["a", "b"] };
    expect(parseSummary(JSON.stringify({ TABLE: JSON.stringify(inner) }))?.tables.ADD).toEqual(made);
    expect(parseSummary(JSON.stringify({ TABLE: inner }))?.tables.ADD).toEqual(made);
    expect(parseSummary("{}")?.partitions.ADD.count).toBe(0);
  });

  it("is unknown in any other form, never empty", () => {
    for (const text of [undefined, "", "no JSON", "[]", JSON.stringify({ TABLE: "?" })]) {
      expect(parseSummary(text)).toBeUndefined();
    }
  });
});
