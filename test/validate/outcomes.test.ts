import { describe, expect, it } from "vitest";
import { ToolkitError } from "../../src/base/errors.ts";
import type { PythonMinor } from "../../src/validate/glue-versions.ts";
import type { ScriptJob, ScriptToCheck, UnavailableScript } from "../../src/validate/scripts-to-check.ts";
import { type ValidateOptions, validateScripts } from "../../src/validate/validate.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { anyPython, stubChecker } from "./stub-checker.ts";
import { judgeOptions, scriptsWith } from "./support.ts";

const place = { startLine: 3, endLine: 4 };
const conflict = { rule: "merge-conflict", ...place };
const twice = { rule: "duplicate-code", ...place, twinFirst: 1, twinLast: 2 };
const unreadable = (reason: string, line = 1) => ({
  rule: "unreadable-script",
  startLine: line,
  endLine: line,
  reason,
});

const job = (more: Partial<ScriptJob> = {}): ScriptJob => ({
  key: "a",
  job: "acme-a",
  glueVersion: "5.0",
  pythonVersion: undefined,
  ...more,
});

/** Scripts that hold the checker's answers about themselves. */
async function scriptsOf(answers: Readonly<Record<string, object>>, jobs?: readonly ScriptJob[]) {
  const texts = Object.entries(answers).map(([path, answer]) => [path, JSON.stringify(answer)]);
  const scripts = await scriptsWith(Object.fromEntries(texts));
  return jobs === undefined ? scripts : scripts.map((script) => ({ ...script, jobs }));
}

/** Validates by a checker that says what the scripts hold, as any Python. */
async function validate(scripts: readonly ScriptToCheck[], more: Partial<ValidateOptions> = {}) {
  const stub = await stubChecker();
  const finder = { find: (wanted: PythonMinor) => anyPython({ wanted, exact: wanted[1] === 11 }) };
  const result = await validateScripts({
    ...judgeOptions,
    checkerFolder: stub.folder,
    finder: finder as never,
    scripts,
    failOn: "error",
    clock: fakeClock(),
    ...more,
  });
  const asked = (await stub.asked()).flatMap((request) => request.scripts.map(({ name }) => name));
  return { ...result, asked };
}

const gone: UnavailableScript = {
  rule: "missing-script",
  path: "c.py",
  jobs: ["acme-c"],
  message: "c.py is not there",
  remedy: "Commit it.",
};

describe("the scripts of a result", () => {
  it("are in the order of their paths, those that weren't read among them", async () => {
    const scripts = await scriptsOf({ "d.py": {}, "c.py": {}, "b.scala": {}, "a.py": {}, "e.jar": {} });
    const { asked, ...result } = await validate(scripts, { unavailable: [gone] });
    expect(asked.sort()).toEqual(["a.py", "d.py"]);
    const sha256 = expect.stringMatching(/^[0-9a-f]{64}$/);
    expect(result).toMatchObject({
      result: "failed",
      scripts: [
        { path: "a.py", jobs: ["acme-a.py"], sha256, status: "passed" },
        { path: "b.scala", jobs: ["acme-b.scala"], sha256: null, status: "skipped" },
        { path: "c.py", jobs: ["acme-c"], sha256: null, status: "failed" },
        { path: "d.py", jobs: ["acme-d.py"], sha256, status: "passed" },
        { path: "e.jar", jobs: ["acme-e.jar"], sha256: null, status: "skipped" },
      ],
      counts: { scripts: 3, skipped: 2, errors: 1, warnings: 0, notices: 0, suppressed: 0 },
      suppressed: [],
      failures: [],
    });
    expect(result.findings.map(({ rule, path }) => [rule, path])).toEqual([["missing-script", "c.py"]]);
  });

  it.each([
    ["a.SCALA", "skipped"],
    ["a.Jar", "skipped"],
    ["a.scala.py", "passed"],
    ["jar", "passed"],
  ])("are skipped by the end of their names: %s is %s", async (path, status) => {
    const { scripts } = await validate(await scriptsOf({ [path]: {} }));
    expect(scripts.map((script) => script.status)).toEqual([status]);
  });

  it.each([
    ["nothing", [], "passed"],
    ["a warning", [twice], "passed"],
    ["a warning and an error", [twice, conflict], "failed"],
  ])("hold with %s, and the others aren't touched by it", async (_, findings, status) => {
    const result = await validate(await scriptsOf({ "a.py": { findings }, "b.py": {} }));
    expect(result.scripts.map((script) => script.status)).toEqual([status, "passed"]);
    expect(result.result).toBe(status);
  });
});

describe("a Python that fails", () => {
  it("fails the run and its scripts, whatever is to fail it, and leaves the others theirs", async () => {
    const scripts = [
      ...(await scriptsOf({ "a.py": {} }, [job({ glueVersion: "3.0" })])),
      ...(await scriptsOf({ "b.py": { findings: [twice] } })),
    ];
    const missing = new ToolkitError({
      code: "python-not-found",
      message: "none",
      remedy: "x",
      source: "user",
    });
    const finder = {
      find: (wanted: PythonMinor) => (wanted[1] === 7 ? Promise.reject(missing) : anyPython()),
    };
    const result = await validate(scripts, { finder: finder as never, failOn: "never" });
    expect(result).toMatchObject({
      result: "failed",
      failures: [missing],
      scripts: [
        { path: "a.py", jobs: ["acme-a"], sha256: null, status: "failed" },
        { path: "b.py", status: "passed" },
      ],
      findings: [{ rule: "duplicate-code", path: "b.py" }],
    });
  });
});

describe("the findings of a result", () => {
  it("have the worst first and are counted by severity", async () => {
    const start = { rule: "missing-init", startLine: 1, endLine: 1 };
    const scripts = await scriptsOf({
      "a.py": { findings: [twice, start] },
      "b.py": { findings: [conflict] },
    });
    const unmanaged = ["x.py", "y.py", "z.py"].map((path) => ({ path, ignored: false }));
    const result = await validate(scripts, { unmanaged });
    expect(result.findings.map(({ severity, path }) => `${severity} ${path}`)).toEqual([
      "error b.py",
      "warning a.py",
      "warning a.py",
      "notice x.py",
      "notice y.py",
      "notice z.py",
    ]);
    expect(result.counts).toMatchObject({ scripts: 2, errors: 1, warnings: 2, notices: 3 });
  });

  it("of two Pythons are told once, as the older one says it, but each place for itself", async () => {
    const findings = [
      unreadable("fails on GRAMMAR"),
      unreadable("fails on GRAMMAR", 2),
      { ...unreadable("x"), endLine: 2 },
      { rule: "merge-conflict", startLine: 1, endLine: 1 },
    ];
    const jobs = [job(), job({ key: "b", glueVersion: "3.0" })];
    const result = await validate(await scriptsOf({ "a.py": { findings } }, jobs));
    expect(result.findings.map(({ rule, startLine, message }) => [rule, startLine, message])).toEqual([
      ["unreadable-script", 1, "the script fails on [3, 7]"],
      ["unreadable-script", 1, "the script x"],
      ["unreadable-script", 2, "the script fails on [3, 7]"],
      ["merge-conflict", 1, "a merge conflict from line 1 to 1"],
    ]);
  });

  it.each([
    [true, ["missing-commit"]],
    [false, []],
  ])("are those that matter to its jobs: bookmarks %s", async (bookmarks, rules) => {
    const findings = [{ rule: "missing-commit", ...place }];
    const result = await validate(await scriptsOf({ "a.py": { findings } }, [job({ bookmarks })]));
    expect(result.findings.map(({ rule }) => rule)).toEqual(rules);
  });

  it("are weighed by the manifest, those of scripts that weren't read, too", async () => {
    const scripts = await scriptsOf({ "a.py": { findings: [twice, conflict] } });
    const ruleLevels = {
      "duplicate-code": "error",
      "merge-conflict": "off",
      "missing-script": "notice",
    } as const;
    const result = await validate(scripts, { unavailable: [gone], ruleLevels });
    expect(result.findings.map(({ severity, rule }) => [severity, rule])).toEqual([
      ["error", "duplicate-code"],
      ["notice", "missing-script"],
    ]);
  });

  it("are suppressed by the script's own word, and still listed", async () => {
    const suppressions = [{ line: 2, target: 3, rules: ["merge-conflict"], reason: "" }];
    const result = await validate(await scriptsOf({ "a.py": { findings: [twice, conflict], suppressions } }));
    expect(result.findings.map(({ rule }) => rule)).toEqual(["duplicate-code"]);
    expect(result.suppressed.map(({ rule }) => rule)).toEqual(["merge-conflict"]);
    expect(result).toMatchObject({ result: "passed", counts: { suppressed: 1 } });
  });
});

describe("scripts that no job names", () => {
  const unmanaged = [
    { path: "x.py", ignored: false },
    { path: "y.py", ignored: true },
  ];

  it("are told, but those that are meant only counted", async () => {
    const result = await validate(await scriptsOf({ "a.py": {} }), { unmanaged });
    expect(result.findings).toMatchObject([
      {
        rule: "unmanaged-script",
        severity: "notice",
        path: "x.py",
        message: "x.py uses awsglue, but no job of the manifest runs it",
      },
    ]);
    expect(result.suppressed.map(({ path }) => path)).toEqual(["y.py"]);
    expect(result).toMatchObject({ result: "passed", counts: { scripts: 1, notices: 1, suppressed: 1 } });
  });

  it.each([
    ["error", "failed", 1],
    ["off", "passed", 0],
  ] as const)("weigh as the manifest says: %s", async (level, outcome, told) => {
    const ruleLevels = { "unmanaged-script": level };
    const result = await validate(await scriptsOf({ "a.py": {} }), { unmanaged, ruleLevels });
    expect([result.result, result.findings.length]).toEqual([outcome, told]);
  });
});
