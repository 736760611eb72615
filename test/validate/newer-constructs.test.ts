import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import type { ChosenInterpreter } from "../../src/validate/interpreter.ts";
import { constructs } from "./cases/constructs.ts";
import { checkTexts, installedPythons } from "./support.ts";

const names = Object.keys(constructs);
const compileAll = `
import json, sys, warnings
warnings.simplefilter("ignore")
verdicts = []
for text in json.loads(sys.argv[1]):
    try:
        compile(text, "script.py", "exec")
        verdicts.append(True)
    except SyntaxError:
        verdicts.append(False)
print(json.dumps(verdicts))
`;

/** What a Python itself takes, by its minor number. */
const taken = new Map<number, readonly boolean[]>();
let pythons: readonly ChosenInterpreter[] = [];

beforeAll(async () => {
  pythons = await installedPythons();
  for (const { path, minor } of pythons) {
    const texts = JSON.stringify(Object.values(constructs));
    const { stdout } = await promisify(execFile)(path, ["-I", "-S", "-c", compileAll, texts]);
    taken.set(minor[1], JSON.parse(stdout) as boolean[]);
  }
}, 120_000);

/** The names of what a Python takes when it stands in for another. */
async function takenInPlaceOf(interpreter: ChosenInterpreter, wanted: number): Promise<string[]> {
  const answers = await checkTexts({ ...interpreter, wanted: [3, wanted] }, Object.values(constructs));
  return names.filter((_, index) => answers[index]?.findings.every(({ rule }) => rule !== "syntax-error"));
}

describe("a newer Python in place of the job's own", () => {
  it("has several Pythons to be compared with", () => {
    expect(taken.size).toBeGreaterThan(2);
  });

  it.each([6, 7, 8, 9, 10, 11, 12])(
    "takes just what Python 3.%i takes",
    async (wanted) => {
      const own = taken.get(wanted);
      if (own === undefined) return;
      const expected = names.filter((_, index) => own[index]);
      for (const interpreter of pythons.filter(({ minor }) => minor[1] > wanted)) {
        const found = await takenInPlaceOf(interpreter, wanted);
        expect({ python: interpreter.version, found }).toEqual({
          python: interpreter.version,
          found: expected,
        });
      }
    },
    120_000,
  );

  it("names the construct, the Python that has it and its place", async () => {
    const newest = pythons.at(-1);
    if (newest === undefined) throw new Error("no Python");
    const texts = ['x = 1\ny = f"{x["a"]}"\n', "with (\n    open(a) as f,\n):\n    pass\n"];
    const answers = await checkTexts({ ...newest, wanted: [3, 8] }, texts);
    expect(answers.map(({ findings }) => findings[0])).toMatchObject([
      { startLine: 2, python: { message: expect.stringMatching(/f-strings? .*Python 3\.12/), column: 5 } },
      {
        startLine: 1,
        python: { message: expect.stringMatching(/context managers .*Python 3\.9/), column: 1 },
      },
    ]);
  });
});
