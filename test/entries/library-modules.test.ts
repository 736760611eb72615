import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/cli.ts";
import { workspaceWith } from "../support/workspace.ts";
import { whole } from "../validate/cases/parts.ts";

const broken = "def tidy(frame):\n    return frame.dropDuplicates(\n";
/** A module that would have findings as a job's script. */
const committing = `${whole}job.commit()\nx.write.parquet("s3://b/p/")\n`;

const zip = (files: Readonly<Record<string, string>>): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));

/** Validates a job with these libraries; gives what was found as `severity path:line rule`. */
async function validate(libraries: readonly string[], files: Readonly<Record<string, string | Uint8Array>>) {
  const workspace = await workspaceWith({
    "glue-pipeline.yml": `version: 1
name: x
environments: { dev: { region: us-east-1 } }
scripts: { bucket: abc }
jobs:
  load: { job: load, script: load.py, glue-version: "3.0", extra-py-files: ${JSON.stringify(libraries)} }
`,
    "load.py": "import sys\n",
    ...files,
  });
  const result = await runCli(workspace, ["validate", "--json"]);
  const { findings, scripts } = JSON.parse(result.stdout);
  const rows: readonly Readonly<Record<string, string>>[] = findings;
  const found = rows.map(({ severity, path, startLine, rule }) => `${severity} ${path}:${startLine} ${rule}`);
  return { ...result, workspace, found, scripts };
}

describe("a job's library", () => {
  it("is compiled with the job's Python, each module under its own path and line", async () => {
    const { found, exitCode, scripts, stderr } = await validate(["shoplib", "tools.py"], {
      "shoplib/__init__.py": "",
      "shoplib/deep/clean.py": `x = 1\n${broken}`,
      "shoplib/data.txt": broken,
      "shoplib/newer.py": "if (x := 1):\n    pass\n",
      "tools.py": "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> topic\n",
    });
    expect(found).toEqual([
      "error shoplib/deep/clean.py:3 syntax-error",
      "error tools.py:1 syntax-error",
      "error shoplib/newer.py:1 newer-syntax",
      "error tools.py:1 merge-conflict",
    ]);
    expect(exitCode).toBe(1);
    expect(scripts).toContainEqual({
      path: "shoplib/__init__.py",
      jobs: ["load"],
      sha256: expect.any(String),
      status: "passed",
      library: true,
    });
    expect(stderr).toContain("4 errors in 1 script and 4 library modules");
  });

  it("is no job: rules of jobs don't ask for its commits, and it is no unmanaged script", async () => {
    expect((await validate(["lib"], { "lib/jobs.py": committing })).found).toEqual([]);
  });

  it("can't silence CPython's own error by a comment", async () => {
    const text = "x = = 1  # glue-toolkit: ignore[syntax-error] a template\n";
    expect((await validate(["lib"], { "lib/a.py": text })).found).toEqual(["error lib/a.py:1 syntax-error"]);
  });

  it.each(["x.zip", "x-1.0-py3-none-any.whl", "x-1.0.egg"])("may be an archive: %s", async (name) => {
    const archive = zip({ "pkg/__init__.py": "", "pkg/tools.py": broken, "data.json": broken });
    const { found, exitCode } = await validate([`libs/${name}`], { [`libs/${name}`]: archive });
    expect(found).toEqual([`warning libs/${name}!/pkg/tools.py:2 syntax-error`]);
    expect(exitCode).toBe(0);
  });

  it("is an error where it can't be read, and the others are still checked", async () => {
    const { found } = await validate(["bad.zip", "gone", "lib"], { "bad.zip": "hello", "lib/a.py": broken });
    expect(found.sort()).toEqual([
      "error bad.zip:1 unreadable-script",
      "error gone:1 missing-script",
      "error lib/a.py:2 syntax-error",
    ]);
  });

  it("holds no link that leads out", async () => {
    const { workspace } = await validate(["lib"], { "lib/a.py": "" });
    await symlink("/etc/hostname", join(workspace, "lib/out.py"));
    const { stdout } = await runCli(workspace, ["validate", "--json"]);
    expect(JSON.parse(stdout).findings).toMatchObject([{ rule: "unsafe-path", path: "lib/out.py" }]);
  });
});
