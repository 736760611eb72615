import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { findingsFileSchema } from "../../src/validate/findings.ts";
import { runBuiltAction } from "../support/action.ts";
import { workspaceWith } from "../support/workspace.ts";

const head = "version: 1\nname: x\nenvironments: { dev: { region: us-east-1 } }\nscripts: { bucket: abc }\n";
const jobs = 'jobs:\n  a: { job: a, script: jobs/a.py, glue-version: "2.0" }\n';
const glue = "import sys\nfrom awsglue.context import GlueContext\nprint(sys.argv)\n";

async function validate(rules: string, files: Readonly<Record<string, string>> = {}) {
  const workspace = await workspaceWith({
    "glue-pipeline.yml": `${head}${jobs}${rules}`,
    "jobs/a.py": glue,
    ...files,
  });
  const result = await runBuiltAction("validate-glue", workspace, { "findings-file": "f.json" });
  const text = await readFile(join(workspace, "f.json"), "utf8").catch(() => undefined);
  const findings = text === undefined ? [] : findingsFileSchema.parse(JSON.parse(text)).findings;
  return { ...result, found: findings.map(({ rule, severity }) => `${rule}: ${severity}`) };
}

describe("rules in the manifest", () => {
  it.each([
    ["as they are", "", ["end-of-life-glue-version: warning"], 0],
    [
      "raised",
      "validate: { rules: { end-of-life-glue-version: error } }\n",
      ["end-of-life-glue-version: error"],
      1,
    ],
    [
      "lowered",
      "validate: { rules: { end-of-life-glue-version: notice } }\n",
      ["end-of-life-glue-version: notice"],
      0,
    ],
    ["off", "validate: { rules: { end-of-life-glue-version: off } }\n", [], 0],
  ])("are taken %s", async (_, rules, expected, exitCode) => {
    expect(await validate(rules)).toMatchObject({ found: expected, exitCode });
  });

  it.each([
    [
      "an unknown rule",
      "validate:\n  rules: { orphaned-code: off }\n",
      /:\d+ .*unknown key "orphaned-code".*Did you mean "orphan-code"\?/,
    ],
    [
      "an unknown level",
      "validate:\n  rules: { orphan-code: warn }\n",
      /validate\.rules\.orphan-code.*"warning"/,
    ],
    ["an unknown key", "validate: { rule: {} }\n", /unknown key "rule" in validate\. Did you mean "rules"\?/],
  ])("explain %s at its line", async (_, rules, message) => {
    const { errors, exitCode } = await validate(rules);
    expect(exitCode).toBe(1);
    expect(errors).toEqual([expect.stringMatching(message)]);
  });
});

describe("scripts that no job names", () => {
  it("are told as a notice, unless they say that this is meant", async () => {
    const result = await validate("", {
      "jobs/old.py": glue,
      "jobs/kept.py": `# glue-toolkit: ignore[unmanaged-script] a template\n${glue}`,
      "jobs/helper.py": "print('no awsglue')\n",
      "elsewhere/b.py": glue,
    });
    expect(result.found).toEqual(["end-of-life-glue-version: warning", "unmanaged-script: notice"]);
    expect(result.log).toMatch(/::notice [^\n]*file=jobs\/old\.py/);
    expect(result.summary).toContain("1 finding suppressed by comments");
    expect(result.exitCode).toBe(0);
  });

  it("are not the libraries of a job", async () => {
    const workspace = await workspaceWith({
      "glue-pipeline.yml": `${head}jobs:\n  a: { job: a, script: a.py, extra-py-files: [shared.py] }\n`,
      "a.py": glue,
      "shared.py": glue,
    });
    const result = await runBuiltAction("validate-glue", workspace);
    expect(result.log).not.toContain("::notice");
  });
});

describe("jobs that are no Spark jobs in Python", () => {
  it("Scala is skipped by name; Python shell and Ray jobs are checked by Python 3.9", async () => {
    const workspace = await workspaceWith({
      "glue-pipeline.yml": `${head}jobs:
  scala: { job: scala, script: jobs/a.scala }
  shell: { job: shell, script: jobs/shell.py, python-version: 3.9 }
  spark: { job: spark, script: jobs/spark.py }
`,
      "jobs/a.scala": "object A {}\n",
      "jobs/shell.py": "match 1:\n    case _:\n        pass\n",
      "jobs/spark.py": "match 1:\n    case _:\n        pass\n",
    });
    const result = await runBuiltAction("validate-glue", workspace);
    expect(result.outputs).toMatchObject({ "scripts-checked": "2", errors: "1" });
    expect(result.log).toMatch(
      /::error [^\n]*newer-syntax[^\n]*file=jobs\/shell\.py.*compiles on Python 3\.1\d, but the job's is 3\.9/,
    );
    expect(result.summary).toContain("1 Scala script skipped");
  });
});

describe("many findings", () => {
  it("fit GitHub's ten of a level, one per file first; the log and the summary have the rest", async () => {
    const bad = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`jobs/b${String(index).padStart(2, "0")}.py`, "x = = 1\n"]),
    );
    const workspace = await workspaceWith(bad);
    const result = await runBuiltAction("validate-glue", workspace, { paths: "jobs/*.py" });
    expect(result.errors).toHaveLength(10);
    expect(result.errors.at(-1)).toContain("30 errors");
    const { log, summary } = result;
    for (const path of Object.keys(bad)) {
      expect(log).toContain(path);
      expect(summary).toContain(path);
    }
  });
});
