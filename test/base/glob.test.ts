import { describe, expect, it } from "vitest";
import { globFault, globMatcher, literalPrefix } from "../../src/base/glob.ts";

describe("globMatcher", () => {
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
    ["", "a", false],
    ["bronze/year=202[0-9]/*.parquet", "bronze/year=2026/a.parquet", true],
    ["bronze/year=202[!0-5]/*.parquet", "bronze/year=2025/a.parquet", false],
    ["bronze/year=202[!0-5]/*.parquet", "bronze/year=2026/a.parquet", true],
    ["out/{a,b{c,d}}/*.csv", "out/bd/x.csv", true],
    ["out/{a,b{c,d}}/*.csv", "out/b/x.csv", false],
    ["part-{0..3}.csv", "part-2.csv", true],
    ["!a/*", "!a/b", true],
    ["!a/*", "b/b", false],
    ["out/*", "out/a/", false],
    ["out/*", "out/.hidden", true],
    ["out//**/*.csv", "out//a.csv", true],
    ["out/(a|b)+/*", "out/(a|b)+/x", true],
    ["out/*.csv", "OUT/a.csv", false],
  ])("%s on %s: %s", (glob, key, matches) => {
    expect(globMatcher(glob)(key)).toBe(matches);
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

describe("globFault", () => {
  it.each([
    ["a/{b,c/*.csv", "has a [ or { without its end"],
    ["a/[0-9/*.csv", "has a [ or { without its end"],
    ["a/../b/*.csv", "holds a . or .. part"],
    ["./a/*.csv", "holds a . or .. part"],
    ["a/..b/*.csv", undefined],
    ["a/{b,c}/[0-9](x)*.csv", undefined],
  ])("of %s: %s", (glob, fault) => expect(globFault(glob)).toBe(fault));
});
