import { beforeAll, describe, expect, it } from "vitest";
import { composeFindings } from "../../src/validate/compose.ts";
import type { ChosenInterpreter } from "../../src/validate/interpreter.ts";
import { checkTexts, installedPythons } from "./support.ts";

let pythons: readonly ChosenInterpreter[] = [];
beforeAll(async () => {
  const all = await installedPythons();
  pythons = [all[0], all.at(-1)].filter((python) => python !== undefined);
}, 120_000);

/** The pieces here are no whole jobs. */
const isOurs = ({ rule }: { readonly rule: string }): boolean => rule !== "missing-commit";

/** What the oldest and the newest Python here say of texts: `rule:line`, the same of both. */
async function found(...texts: readonly string[]): Promise<string[][]> {
  const answers = await Promise.all(pythons.map((python) => checkTexts(python, texts)));
  const rows = answers.map((own) =>
    own.map(({ findings }) => findings.filter(isOurs).map(({ rule, startLine }) => `${rule}:${startLine}`)),
  );
  for (const row of rows) expect(row).toEqual(rows[0]);
  return rows[0] ?? [];
}

async function messageOf(text: string): Promise<string | undefined> {
  const [python] = pythons;
  const [answer] = python === undefined ? [] : await checkTexts(python, [text]);
  return answer && composeFindings("a.py", answer).find(isOurs)?.message;
}

const asking = (names: string): string =>
  `import sys\nfrom awsglue.utils import getResolvedOptions\nargs = getResolvedOptions(sys.argv, ${names})\n`;

describe("reserved-argument", () => {
  it.each([
    '["JOB_NAME", "JOB_RUN_ID"]',
    "('JOB_ID',)",
    '["--JOB_RUN_ID"]',
    '["SECURITY_CONFIGURATION"]',
    '["job-bookmark-from"]',
    '["a", "b", "a"]',
    '["a"] + ["encryption-type"]',
    '\n    [\n        "JOB_RUN_ID",\n    ]',
  ])("finds %s", async (names) => {
    const [findings] = await found(asking(names));
    expect(findings).toEqual([expect.stringMatching(/^reserved-argument:[35]$/)]);
  });

  it.each([
    '["JOB_NAME", "TempDir", "WORKFLOW_RUN_ID"]',
    '["TempDir", "TempDir"]',
    '["JOB_NAMES", "MY_JOB_RUN_ID"]',
    "names",
    "[n for n in names]",
    '["JOB_NAME", *more]',
  ])("leaves %s alone", async (names) => {
    expect(await found(asking(names))).toEqual([[]]);
  });

  it("follows a name to the one list that it stands for, and says what Glue does", async () => {
    const named = "import sys\nNAMES = ['JOB_RUN_ID']\nargs = getResolvedOptions(sys.argv, NAMES)\n";
    const changed = named.replace("args", "NAMES.append('x')\nargs");
    expect(await found(named, changed)).toEqual([["reserved-argument:2"], []]);
    expect(await messageOf(asking('["JOB_RUN_ID"]'))).toBe(
      '"JOB_RUN_ID" is an argument of Glue\'s own: getResolvedOptions ends the run with an error when it is asked for it',
    );
    expect(await messageOf(asking('["a", "a"]'))).toContain('"a" stands in the list twice');
  });

  it("looks at no comment and no call of another list", async () => {
    const texts = [
      '# getResolvedOptions(sys.argv, ["JOB_RUN_ID"])\nx = 1\n',
      `${asking('["JOB_NAME"]')}run = args["JOB_RUN_ID"]\n`,
      'args = getResolvedOptions(own, ["JOB_RUN_ID"])\n',
    ];
    expect(await found(...texts)).toEqual([[], [], []]);
  });
});

const source = (more: string, kind = 'from_catalog(database="d", table_name="t"'): string =>
  `a = glueContext.create_dynamic_frame.${kind}${more})\n`;
const s3 = 'from_options("s3", {}, "json", {}';

describe("transformation-context", () => {
  it.each<[string, string, string[]]>([
    ["no source with a context", source(""), ["transformation-context:1"]],
    ["an empty one", source(', transformation_ctx=""'), ["transformation-context:1"]],
    ["a context for each", source(', transformation_ctx="a"') + source(', transformation_ctx="b"'), []],
    ["one source with and one without", source(', transformation_ctx="a"') + source(""), []],
    ["the same twice", source(', transformation_ctx="a"').repeat(2), ["transformation-context:2"]],
    [
      "contexts by their place",
      source(', "", "a"', 'from_catalog("d", "t"') + source(', "a"', s3),
      ["transformation-context:2"],
    ],
    ["a context that is worked out", source(", transformation_ctx=name").repeat(2), []],
    ["keywords from a dict", source(", **more"), []],
    [
      "the older name",
      'b = glueContext.create_dynamic_frame_from_catalog("d", "t")\n',
      ["transformation-context:1"],
    ],
    ["a stream", source("", 'from_options(connection_type="kinesis"'), []],
    ["a source by a variable kind", source("", "from_options(connection_type=kind"), []],
    ["a sink", 'glueContext.write_dynamic_frame.from_options(frame=a, connection_type="s3")\n', []],
    [
      "the same in two branches",
      `if x:\n    ${source(', transformation_ctx="a"')}else:\n    ${source(', transformation_ctx="a"')}`,
      [],
    ],
    [
      "the same before and inside of a branch",
      `${source(', transformation_ctx="a"')}if x:\n    ${source(', transformation_ctx="a"')}`,
      ["transformation-context:3"],
    ],
    [
      "the same in two functions",
      `def f():\n    ${source(', transformation_ctx="a"')}\ndef g():\n    ${source(', transformation_ctx="a"')}`,
      [],
    ],
  ])("judges %s", async (_, text, expected) => {
    expect(await found(text)).toEqual([expected]);
  });

  it("names the other source of a context", async () => {
    expect(await messageOf(source(', transformation_ctx="a"').repeat(2))).toBe(
      'transformation_ctx "a" is that of the source on line 1 too: they share one bookmark',
    );
  });
});

describe("hardcoded-secret", () => {
  const key = `AKIA${"Q3RTX7ZZKLMNABCD"}`;
  it.each([
    'password = "t0p-hat-42"',
    'options = {"user": "etl", "password": "t0p-hat-42"}',
    'connect(user="etl", passwd="t0p-hat-42")',
    'df.write.option("password", "t0p-hat-42").save()',
    'os.environ["DB_PASSWORD"] = "t0p-hat-42"',
    'self.dbPassword = "t0p-hat-42"',
    'url = "jdbc:mysql://h/d?user=etl&password=t0p-hat-42"',
    'url = "postgresql://etl:t0p-hat-42@db.acme.internal/cars"',
    `key = "${key}"`,
    `AWS_SECRET_ACCESS_KEY = "wJa1rXUtnFEMI/K7MDENG/bPxRfiCYq8zT3kLm0Q"`,
  ])("finds %s, and no report shows the line", async (line) => {
    expect(await found(`x = 1\n${line}\n`)).toEqual([["hardcoded-secret:2"]]);
    const [python] = pythons;
    const [answer] = python === undefined ? [] : await checkTexts(python, [`${line}\n`]);
    expect(JSON.stringify(answer)).not.toMatch(/t0p-hat|AKIAQ3|wJa1r/);
  });

  it.each([
    'password = args["password"]',
    'password = ""',
    'password = "<your password>"',
    'password = "********"',
    'password = "changeme"',
    'options = {"password": "password"}',
    'options = {"password": "${DB_PASSWORD}"}',
    'PASSWORD_COLUMN = "pass_hash_42"',
    'password = "/prod/db/login"',
    'password = "arn:aws:secretsmanager:us-east-1:1:x"',
    'url = "jdbc:mysql://h/d?user=etl&password=" + password',
    'url = f"postgresql://{user}:{password}@host/d"',
    'url = "s3://bucket/a@b"',
    'key = "AKIAIOSFODNN7EXAMPLE"',
    '# password = "t0p-hat-42"',
    'secret_hash = "0123456789abcdef0123456789abcdef01234567"',
  ])("leaves %s alone", async (line) => {
    expect(await found(`${line}\n`)).toEqual([[]]);
  });
});

describe("notebook-code", () => {
  it.each<[string, string, string[]]>([
    ["a magic", "get_ipython().run_line_magic('idle_timeout', '2880')\n", ["notebook-code:1"]],
    ["a shell's", "x = 1\nout = get_ipython().getoutput('ls')\n", ["notebook-code:2"]],
    ["an imported one", "from IPython import get_ipython\nget_ipython().system('ls')\n", []],
    ["a guarded one", "try:\n    get_ipython()\nexcept NameError:\n    pass\n", []],
    ["one in a function", "def f():\n    get_ipython()\n", []],
    ["a comment", "# get_ipython().system('ls')\nx = 1\n", []],
  ])("judges %s", async (_, text, expected) => {
    expect(await found(text)).toEqual([expected]);
  });
});

describe("a file in place of a script", () => {
  it.each<[string, string, RegExp]>([
    ["a notebook", '{"cells": [], "metadata": {}, "nbformat": 4}\n', /is a Jupyter notebook/],
    ["a JSON document", '[{"a": 1}]', /is a JSON document/],
  ])("is found, though Python compiles it: %s", async (_, text, why) => {
    expect(await found(text)).toEqual([["unreadable-script:1"]]);
    expect(await messageOf(text)).toMatch(why);
  });

  it("is none where more than a literal stands in it", async () => {
    expect(await found("{'a': 1}\n", '["a"]\nprint(1)\n', "[x for x in y]\n", "")).toEqual([[], [], [], []]);
  });
});
