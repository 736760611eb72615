import { describe, expect, it } from "vitest";
import { keyGlob, literalPrefix } from "../../src/e2e/key-glob.ts";

describe("keyGlob", () => {
  it.each([
    ["bronze/car_data/**/*.parquet", "bronze/car_data/y=2025/m=11/a.parquet", true],
    ["bronze/car_data/**/*.parquet", "bronze/car_data/a.parquet", true],
    ["bronze/car_data/**/*.parquet", "bronze/car_data_old/a.parquet", false],
    ["bronze/*.parquet", "bronze/deep/a.parquet", false],
    ["bronze/**", "bronze/deep/a.parquet", true],
    ["a?c.txt", "abc.txt", true],
    ["a?c.txt", "a/c.txt", false],
    ["out/*.{csv,json}", "out/x.json", true],
    ["out/*.{csv,json}", "out/x.xml", false],
    ["out/a+b (1).csv", "out/a+b (1).csv", true],
    ["out/a.csv", "out/aXcsv", false],
    ["a{b", "a{b", true],
    ["a}", "a}", true],
    ["{a,b", "a", false],
    ["a/**", "a/line\nbreak", true],
    ["", "", true],
  ])("%s on %s: %s", (glob, key, matches) => {
    expect(keyGlob(glob).test(key)).toBe(matches);
  });
});

describe("literalPrefix", () => {
  it.each([
    ["bronze/car_data/**/*.parquet", "bronze/car_data/"],
    ["a?b*", "a"],
    ["a{b,c}", "a"],
    ["a[bc]", "a"],
    ["*", ""],
    ["plain.json", "plain.json"],
    ["a\n*\nb", "a\n"],
  ])("of %j ends before the first special character", (glob, prefix) => {
    expect(literalPrefix(glob)).toBe(prefix);
  });
});
