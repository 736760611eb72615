import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCli } from "../support/cli.ts";
import { workspaceWith } from "../support/workspace.ts";

const init = "import sys\nfrom awsglue.job import Job\njob = Job(None)\njob.init('a', {})\nx = 1\n";
const whole = `${init}job.commit()\n`;

/** What the command says last on stderr. */
async function verdict(files: Record<string, string>, args: readonly string[], environment = {}) {
  const { exitCode, stderr } = await runCli(await workspaceWith(files), args, environment);
  return { exitCode, last: stderr.trim().split("\n").at(-1) };
}

describe("the one error that ends a validation", () => {
  it("counts warnings where they are what fails", async () => {
    const { exitCode, last } = await verdict({ "a.py": init }, [
      "validate",
      "*.py",
      "--glue-version",
      "2.0",
      "--fail-on",
      "warning",
    ]);
    expect(exitCode).toBe(1);
    expect(last).toMatch(
      /validate-glue: 1 warning in 1 script\. The first: a\.py:\d+ \(end-of-life-glue-version\)\.$/,
    );
  });

  it("counts both", async () => {
    const { last } = await verdict({ "a.py": init, "b.py": "x = = 1\n" }, [
      "validate",
      "*.py",
      "--glue-version",
      "2.0",
    ]);
    expect(last).toContain("validate-glue: 1 error and 2 warnings in 2 scripts.");
  });
});

describe("fix", () => {
  const broken = `${whole}        y = 2\n    )\n]\n`;

  it("says what it mended, and leaves what it may not write", async () => {
    const mended = await verdict({ "a.py": broken }, ["fix", "*.py"]);
    expect(mended.exitCode).toBe(0);
    const none = await runCli(await workspaceWith({ "a.py": whole }), ["fix", "*.py"]);
    expect(none.stderr).not.toContain("deleted");
  });
});

describe("a Python that none of the machine's is", () => {
  it("fails those scripts alone, and the others keep their verdicts", async () => {
    const folder = await workspaceWith({});
    const hello = '{"python": [3, 11, 1], "implementation": "cpython"}';
    const answer = { id: 0, sha256: null, lines: 1, findings: [], suppressions: [], internal: null };
    // it takes no other grammar than its own
    const says = `#!/bin/sh
case "$*" in *-c*) echo "[\\"cpython\\", \\"$0\\", 3, 11, 1]"; exit ;; esac
case "$(/bin/cat)" in *grammar*) exit 3 ;; esac
echo '${hello}'
echo '${JSON.stringify(answer)}'
`;
    await writeFile(join(folder, "python3.11"), says);
    await chmod(join(folder, "python3.11"), 0o755);
    const manifest = `
version: 1
name: trial
environments: { dev: { region: us-east-1 } }
scripts: { bucket: b, prefix: p/ }
jobs:
  spark: { job: spark, script: a.py, glue-version: "5.0" }
  shell: { job: shell, script: b.py, python-version: "3.9" }
`;
    const workspace = await workspaceWith({
      "glue-pipeline.yml": manifest,
      "a.py": "x = 1\n",
      "b.py": "x = 1\n",
    });
    const PATH = folder;
    const { exitCode, stdout, stderr } = await runCli(workspace, ["validate"], { PATH, HOME: folder });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/not judged the Python interpreter .* ended with exit code 3/);
    expect(stderr).toMatch(/0 errors in 2 scripts\. Some scripts were not judged: .*setup-python/);
  });

  it("fails the scripts that want it, and names the remedy", async () => {
    const folder = await workspaceWith({});
    await mkdir(join(folder, "bin"));
    const says = `#!/bin/sh\ncase "$*" in *-c*) echo "[\\"cpython\\", \\"$0\\", 3, 11, 1]" ;; *) exit 3 ;; esac\n`;
    await writeFile(join(folder, "bin/python3.11"), says);
    await chmod(join(folder, "bin/python3.11"), 0o755);
    const { exitCode, last } = await verdict({ "a.py": whole }, ["validate", "*.py"], {
      PATH: join(folder, "bin"),
      HOME: folder,
    });
    expect(exitCode).not.toBe(0);
    expect(last).toMatch(/actions\/setup-python/);
  });
});
