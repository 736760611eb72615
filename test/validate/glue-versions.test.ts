import { describe, expect, it } from "vitest";
import { parseGlueVersion, parseShellPython } from "../../src/base/glue-versions.ts";
import { endOfLifeFindings, pastDates } from "../../src/validate/end-of-life.ts";
import { formatMinor, glueVersion, parseMinor, pythonOf } from "../../src/validate/glue-versions.ts";
import type { ScriptToCheck } from "../../src/validate/scripts-to-check.ts";

describe("the Python of a job", () => {
  it.each([
    ["6.0", undefined, "3.13"],
    ["5.1", undefined, "3.11"],
    ["4.0", undefined, "3.10"],
    ["3.0", undefined, "3.7"],
    ["1.0", undefined, "3.6"],
    [undefined, undefined, "3.11"],
    ["5.0", "3.9", "3.9"],
    [undefined, "3.6", "3.6"],
  ])("with Glue %s and Python shell %s is %s", (version, pythonVersion, python) => {
    expect(formatMinor(pythonOf({ glueVersion: version, pythonVersion }))).toBe(python);
  });

  it("is none for a version that no parser lets through", () => {
    expect(() => glueVersion("9.0")).toThrow("unknown Glue version 9.0");
    expect(() => pythonOf({ glueVersion: undefined, pythonVersion: "three" })).toThrow(
      "unknown Python three",
    );
  });

  it("is written as major and minor", () => {
    expect(parseMinor("x3.9")).toBeUndefined();
    expect(parseMinor("3.11.7")).toEqual([3, 11]);
    expect(parseMinor("10.20")).toEqual([10, 20]);
  });
});

describe("a version that is written down", () => {
  it.each([
    ["5.0", "5.0"],
    ["4", "4.0"],
    ["6", "6.0"],
    ["0.9", "0.9"],
  ])("%s is Glue %s", (text, version) => {
    expect(parseGlueVersion(text)).toBe(version);
  });

  it.each(["Glue5", "banana", "5.00", "v5.0", "7", "", " 5.0", "auto"])("%j is no Glue version", (text) => {
    expect(() => parseGlueVersion(text)).toThrow(
      "must be a Glue version, one of 6.0, 5.1, 5.0, 4.0, 3.0, 2.0, 1.0, 0.9",
    );
  });

  it("is a Python of Python shell jobs where it is one of theirs", () => {
    expect(parseShellPython("3.9")).toBe("3.9");
    for (const text of ["3", "3.11", "2", ""])
      expect(() => parseShellPython(text)).toThrow("one of 3.9, 3.6");
  });
});

describe("a Glue version past its dates", () => {
  const job = (name: string, version: string | undefined, pythonVersion?: string) => ({
    job: name,
    glueVersion: version,
    pythonVersion,
  });
  const script = (...jobs: readonly object[]) =>
    ({ path: "a.py", absolutePath: "/a.py", jobs }) as unknown as ScriptToCheck;

  it("is one finding that names its jobs, from the day on", () => {
    const old = script(
      job("a", "2.0"),
      job("b", "2.0"),
      job("c", "5.0"),
      job("d", undefined),
      job("e", "1.0", "3.6"),
    );
    expect(endOfLifeFindings(old, "2026-02-28")).toEqual([]);
    const shell = {
      rule: "end-of-life-glue-version",
      message: "Python 3.6 of Python shell jobs is past its support since 2026-03-01 (e)",
      remedy: "Move the job to Python 3.9.",
    };
    expect(endOfLifeFindings(old, "2026-03-31")).toMatchObject([shell]);
    expect(endOfLifeFindings(old, "2026-04-01")).toMatchObject([
      {
        rule: "end-of-life-glue-version",
        path: "a.py",
        message: "Glue 2.0 can't start runs since 2026-04-01 (a, b)",
      },
      shell,
    ]);
  });

  it.each([
    ["2030-01-31", undefined],
    ["2030-02-01", "is past its support since 2030-02-01"],
    ["2030-12-31", "is past its support since 2030-02-01"],
    ["2031-01-01", "can't start runs since 2031-01-01"],
  ])("that ends in two steps is, on %s: %s", (today, words) => {
    expect(pastDates({ supportEnds: "2030-02-01", runsEnd: "2031-01-01" }, today)).toBe(words);
  });

  it("has no end where the table names none", () => {
    expect(pastDates({}, "9999-12-31")).toBeUndefined();
  });
});
