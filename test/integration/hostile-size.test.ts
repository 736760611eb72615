import { describe, expect, it } from "vitest";
import { runBuiltAction } from "../support/action.ts";
import { manifestOf } from "../support/manifest-of.ts";
import { workspaceWith } from "../support/workspace.ts";

describe("odd bytes", () => {
  const rows: readonly [string, string | Uint8Array, RegExp | undefined][] = [
    ["empty", "", undefined],
    ["comments", "# one\n# two\n", undefined],
    ["bom", "\ufeffx = 1\n", undefined],
    ["utf16", Buffer.from("\ufeffx = 1\n", "utf16le"), /encoded in UTF-16/],
    ["latin-bare", Buffer.from("x = 1\ny = 'caf\xe9'\n", "latin1"), /:2 .*not UTF-8: byte 0xe9/],
    ["latin-declared", Buffer.from("# coding: latin-1\ny = 'caf\xe9'\n", "latin1"), undefined],
    ["bom-and-latin", "\ufeff# coding: latin-1\n", /byte order mark but declares latin-1/],
    ["nul", "x = 1\n\0\n", /:2 .*nul byte/],
    ["cr", "x = 1\ry = (\r", /:2 .*never closed/],
    ["form-feed", "x = 1\n\f\n\fdef f():\n    return x\n", undefined],
    ["tabs", "if 1:\n\tx = 1\n        y = 2\n", /:3 .*TabError/],
    ["separator", "x = 1\u2028y = 2\n", /:1 .*U\+2028/],
    ["zero-width", "x\u200b = 1\n", /:1 .*U\+200B/],
    ["bidi", "x = 1 \u202e\n", /:1 .*U\+202E/],
  ];

  it("get a finding at their line or none, and hide no other file", async () => {
    const workspace = await workspaceWith(
      Object.fromEntries(rows.map(([name, text]) => [`${name}.py`, text])),
    );
    const { log, outputs } = await runBuiltAction("validate-glue", workspace, { paths: "*.py" });
    for (const [name, , message] of rows) {
      const line = log.split("\n").find((each) => each.startsWith(`error ${name}.py`));
      if (message === undefined) expect(line).toBeUndefined();
      else expect(line).toMatch(message);
    }
    const bad = rows.filter(([, , message]) => message !== undefined).length;
    expect(outputs).toMatchObject({ "scripts-checked": String(rows.length), errors: String(bad) });
  });
});

/** Text that a search from each of its letters goes through to its end. */
const endless = [
  `x = '${"job".repeat(200_000)}.commit'\njob.commit()\n(\n`,
  `job.commit()\na${".b".repeat(200_000)}(\n`,
];

describe("input that wants to hold the runner", () => {
  it.each<[string, Record<string, string>, RegExp | undefined]>([
    [
      "a glob of many wildcards",
      {
        "glue-pipeline.yml": manifestOf(`a: { job: "a-\${stem}", script: "jobs/${"*a".repeat(12)}b.py" }`),
        [`jobs/${"a".repeat(200)}.py`]: "",
      },
      /jobs\.a\.script: is too costly to match: a glob may hold at most 4 times/,
    ],
    [
      "a glob with a group that repeats itself",
      {
        "glue-pipeline.yml": manifestOf(`a: { job: "a-\${stem}", script: "jobs/(a+)+*b.py" }`),
        [`jobs/${"a".repeat(80)}.py`]: "",
      },
      /is named in the manifest but is not in the repository/,
    ],
    [
      "an unclosed suppression beside the scripts",
      {
        "glue-pipeline.yml": manifestOf("a: { job: a, script: jobs/a.py }"),
        "jobs/a.py": "x = 1\n",
        "jobs/b.py": `import awsglue\n# glue-toolkit: ignore[${"*".repeat(500_000)}`,
      },
      undefined,
    ],
    [
      "names of great length to suggest others for",
      {
        "glue-pipeline.yml": `${manifestOf("a: { job: a, script: a.py }")}e2e: { steps: { ${"a".repeat(60_000)}: { run: a, needs: [${"b".repeat(60_000)}] } } }\n`,
        "a.py": "x = 1\n",
      },
      /is no step/,
    ],
    [
      "a manifest of 100 MB",
      { "glue-pipeline.yml": `name: ${"x".repeat(100_000_000)}` },
      /a manifest has at most/,
    ],
    ["a manifest of 10⁵ brackets", { "glue-pipeline.yml": `a: ${"[".repeat(100_000)}` }, /nested too deeply/],
    [
      "a script of 10⁶ brackets",
      {
        "glue-pipeline.yml": manifestOf("a: { job: a, script: a.py }"),
        "a.py": `x = ${"(".repeat(1_000_000)}`,
      },
      /too many nested parentheses/,
    ],
    ...endless.map((text, index): [string, Record<string, string>, RegExp] => [
      `a word without end, ${index + 1}`,
      {
        "glue-pipeline.yml": manifestOf("a: { job: a, script: a.py }"),
        "a.py": `from awsglue.job import Job\njob = Job(g)\njob.init("a", a)\nraw.write.parquet("x")\n${text}`,
      },
      /never closed/,
    ]),
    [
      "a script of 10⁵ unary operators",
      {
        "glue-pipeline.yml": manifestOf("a: { job: a, script: a.py }"),
        "a.py": `x = ${"-".repeat(100_000)}1\n`,
      },
      /a\.py/,
    ],
  ])("doesn't: %s", { timeout: 20_000 }, async (_, files, message) => {
    const result = await runBuiltAction("validate-glue", await workspaceWith(files));
    if (message === undefined) expect(result).toMatchObject({ exitCode: 0, errors: [] });
    else expect(result.errors.join("\n")).toMatch(message);
  });
});
