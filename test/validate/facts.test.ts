import { describe, expect, it } from "vitest";
import { validateScripts } from "../../src/validate/validate.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { judgeOptions, scriptsWith } from "./support.ts";

/** The names that every run of a script asks for, with their lines: `options` and `modules`. */
async function factsOf(text: string) {
  const scripts = await scriptsWith({ "a.py": text });
  const options = { ...judgeOptions, scripts, failOn: "error", clock: fakeClock(), facts: true } as const;
  const facts = (await validateScripts(options)).facts?.get("a.py");
  const shown = (named: readonly { name: string; line: number }[] = []) =>
    named.map(({ name, line }) => `${name}:${line}`);
  return { options: shown(facts?.options), modules: shown(facts?.modules) };
}

describe("the arguments that every run asks for", () => {
  it.each<[string, string, string[]]>([
    ["a list", "args = getResolvedOptions(sys.argv, ['a',\n 'b'])\n", ["a:1", "b:2"]],
    ["a keyword", "args = getResolvedOptions(sys.argv, options=['a'])\n", ["a:1"]],
    ["a named list", "NAMES = ['a']\nargs = getResolvedOptions(sys.argv, NAMES)\n", ["a:1"]],
    ["a sum", "NAMES = ['a']\nargs = getResolvedOptions(sys.argv, NAMES + ['b'])\n", ["a:1", "b:2"]],
    ["through its module", "args = utils.getResolvedOptions(sys.argv, ['a'])\n", ["a:1"]],
    ["a function of its own", "def main():\n    return getResolvedOptions(sys.argv, ['a'])\n", ["a:2"]],
    [
      "the main guard",
      "if __name__ == '__main__':\n    args = getResolvedOptions(sys.argv, ['a'])\n",
      ["a:2"],
    ],
    ["a condition", "if '--a' in sys.argv:\n    args = getResolvedOptions(sys.argv, ['a'])\n", []],
    ["a try", "try:\n    args = getResolvedOptions(sys.argv, ['a'])\nexcept Exception:\n    args = {}\n", []],
    ["an expression's branch", "a = getResolvedOptions(sys.argv, ['a']) if x else None\n", []],
    ["arguments of its own", "sys.argv += ['--a', '1']\nargs = getResolvedOptions(sys.argv, ['a'])\n", []],
    ["a list that grows", "N = ['a']\nN.append('b')\nargs = getResolvedOptions(sys.argv, N)\n", []],
    ["other than the run's", "args = getResolvedOptions(['x'], ['a'])\n", []],
  ])("are read from %s", async (_, text, expected) => {
    expect((await factsOf(text)).options).toEqual(expected);
  });
});

describe("the modules that every run imports", () => {
  it.each<[string, string, string[]]>([
    [
      "imports",
      "import os, numpy.linalg as n\nfrom great_expectations.core import x\n",
      ["numpy:1", "great_expectations:2"],
    ],
    ["the main guard", "if __name__ == '__main__':\n    import acme\n", ["acme:2"]],
    ["a try", "try:\n    import acme\nexcept ImportError:\n    acme = None\n", []],
    ["a function", "def f():\n    import acme\n", []],
    ["a relative import", "from . import acme\n", []],
    ["a script that installs", "import os\nos.system('pip install acme')\nimport acme\n", []],
    ["a script with a path of its own", "import sys\nsys.path.append('/tmp')\nimport acme\n", []],
  ])("are read from %s", async (_, text, expected) => {
    expect((await factsOf(text)).modules).toEqual(expected);
  });

  it("are none of a script that doesn't compile", async () => {
    expect(await factsOf("import acme\nx = = 1\n")).toEqual({ options: [], modules: [] });
  });
});
