import { describe, expect, it } from "vitest";
import type { CheckerAnswer, RawFinding } from "../../src/validate/checker-answer.ts";
import { makeFinding } from "../../src/validate/compose.ts";
import type { PythonMinor } from "../../src/validate/glue-versions.ts";
import type { ChosenInterpreter, InterpreterFinder } from "../../src/validate/interpreter.ts";
import { askNewerPythons, nameNewerSyntax } from "../../src/validate/newer-syntax.ts";

const broken: RawFinding = {
  rule: "syntax-error",
  startLine: 1,
  endLine: 1,
  excerpt: [],
  kind: null,
  python: { type: "SyntaxError", message: "invalid syntax", line: 1, column: 1 },
};
const answer = (id: number, ...findings: RawFinding[]): CheckerAnswer => ({
  id,
  sha256: "a".repeat(64),
  lines: 1,
  findings,
  suppressions: [],
  internal: null,
});

interface World {
  /** Minor versions that are here. */
  readonly here: readonly number[];
  /** From which minor on each file compiles. */
  readonly since: Readonly<Record<string, number>>;
  readonly changed?: boolean;
  readonly fails?: boolean;
}

/** Asks fakes of newer Pythons, and tells which of them was asked about which files. */
async function ask(answers: readonly CheckerAnswer[], world: World) {
  const asked: string[] = [];
  const finder = {
    find: ([major, minor]: PythonMinor) =>
      world.here.includes(minor)
        ? Promise.resolve({ minor: [major, minor], exact: true })
        : minor === 12
          ? Promise.reject(new Error("none"))
          : Promise.resolve({ minor: [3, 99], exact: false }),
  } as unknown as InterpreterFinder;
  const check = (interpreter: ChosenInterpreter, files: readonly string[]): Promise<CheckerAnswer[]> => {
    asked.push(`${interpreter.minor[1]}: ${files.join(" ")}`);
    if (world.fails) return Promise.reject(new Error("broken"));
    const verdict = (file: string, id: number): CheckerAnswer => ({
      ...answer(id, ...((world.since[file] ?? 99) <= interpreter.minor[1] ? [] : [broken])),
      ...(world.changed ? { sha256: "b".repeat(64) } : {}),
    });
    return Promise.resolve(files.map(verdict));
  };
  const files = answers.map((_, index) => `${"abc".charAt(index)}.py`);
  const judged = await askNewerPythons(files, answers, [3, 10], finder, check);
  return { judged, asked, compilesOn: judged.map(({ compilesOn = "-" }) => compilesOn) };
}

describe("a script that doesn't compile", () => {
  it("is given to the newer Pythons that are here, oldest first, until one takes it", async () => {
    const answers = [answer(0, broken), answer(1), answer(2, broken)];
    const { judged, asked, compilesOn } = await ask(answers, {
      here: [9, 10, 11, 13, 14],
      since: { "a.py": 13, "c.py": 11 },
    });
    expect(asked).toEqual(["11: a.py c.py", "13: a.py"]);
    expect(compilesOn).toEqual(["3.13", "-", "3.11"]);
    expect(judged).toEqual([
      { ...answers[0], wanted: "3.10", compilesOn: "3.13" },
      { ...answers[1], wanted: "3.10" },
      { ...answers[2], wanted: "3.10", compilesOn: "3.11" },
    ]);
  });

  it("is given up at the newest that a job can have", async () => {
    const { asked, compilesOn } = await ask([answer(0, broken)], { here: [13, 14, 15], since: {} });
    expect(asked).toEqual(["13: a.py", "14: a.py"]);
    expect(compilesOn).toEqual(["-"]);
  });

  it.each([
    ["the file has changed meanwhile", { changed: true }],
    ["the newer Python fails", { fails: true }],
  ])("gets no such word when %s", async (_, more) => {
    const { asked, compilesOn } = await ask([answer(0, broken)], {
      here: [11],
      since: { "a.py": 11 },
      ...more,
    });
    expect(asked).toEqual(["11: a.py"]);
    expect(compilesOn).toEqual(["-"]);
  });

  it("asks nobody where all compile", async () => {
    const { asked } = await ask([answer(0), answer(1, { ...broken, rule: "missing-init" })], {
      here: [11],
      since: {},
    });
    expect(asked).toEqual([]);
  });
});

describe("the name of a newer syntax", () => {
  const finding = makeFinding("syntax-error", "a.py", "SyntaxError: invalid syntax (line 3), column 1", {
    startLine: 3,
    endLine: 4,
    excerpt: ["match x:"],
  });
  const judged = { ...answer(0, broken), wanted: "3.7" };

  it("tells both Pythons, at the same place", () => {
    expect(nameNewerSyntax(finding, { ...judged, compilesOn: "3.10" })).toEqual(
      makeFinding(
        "newer-syntax",
        "a.py",
        "compiles on Python 3.10, but the job's is 3.7, which says: SyntaxError: invalid syntax (line 3), column 1",
        { startLine: 3, endLine: 4, excerpt: ["match x:"] },
      ),
    );
  });

  it("is given to nothing else", () => {
    expect(nameNewerSyntax(finding, judged)).toBe(finding);
    const other = makeFinding("merge-conflict", "a.py", "x");
    expect(nameNewerSyntax(other, { ...judged, compilesOn: "3.10" })).toBe(other);
  });
});
