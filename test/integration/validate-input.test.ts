import { execFileSync } from "node:child_process";
import { chmod, mkdir, symlink, truncate, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBuiltAction } from "../support/action.ts";
import { workspaceWith } from "../support/workspace.ts";

const healthy = "import sys\nprint(sys.argv)\n";
const head = "version: 1\nname: x\nenvironments: { dev: { region: us-east-1 } }\nscripts: { bucket: abc }\n";

describe("files that are no scripts", () => {
  it("are findings of their own, and the others are still checked", async () => {
    const workspace = await workspaceWith({
      "jobs/good.py": healthy,
      "jobs/bad.py": "x = = 1\n",
      "jobs/big.py": "",
      "jobs/folder.py/x.txt": "",
    });
    await truncate(join(workspace, "jobs/big.py"), 100 * 1024 * 1024);
    await symlink("nowhere.py", join(workspace, "jobs/dangling.py"));
    await symlink("/etc/hostname", join(workspace, "jobs/outside.py"));
    await symlink("loop.py", join(workspace, "jobs/loop.py"));
    await symlink("good.py", join(workspace, "jobs/link.py"));
    execFileSync("mkfifo", [join(workspace, "jobs/pipe.py")]);
    const result = await runBuiltAction("validate-glue", workspace, { paths: "jobs/*.py" });
    const found = Object.fromEntries(
      result.errors
        .slice(0, -1)
        .map((message) => [
          /jobs\/(\w+)\.py|script (has \d+)|(SyntaxError)/.exec(message)?.slice(1).find(Boolean),
          message,
        ]),
    );
    expect(found).toMatchObject({
      folder: expect.stringMatching(/is a folder, not a script/),
      dangling: expect.stringMatching(/is a link whose target is not there/),
      loop: expect.stringMatching(/is a link whose target is not there/),
      outside: expect.stringMatching(/leaves the repository/),
      pipe: expect.stringMatching(/is a device or pipe/),
      "has 104857600": expect.stringMatching(/a script has at most/),
      SyntaxError: expect.stringMatching(/invalid syntax/),
    });
    expect(result.outputs).toMatchObject({ result: "failed", errors: "7", "scripts-checked": "9" });
  });
});

describe("an interpreter that fails", () => {
  const scripts = {
    "a.py": healthy,
    "b.py": "x = = 1\n",
  };
  const pretender = (then: string): string =>
    `#!/bin/sh\ncase "$*" in *version_info*) echo "[\\"cpython\\", \\"$0\\", 3, 11, 9]"; exit 0 ;; esac\n${then}\n`;

  async function program(text: string): Promise<string> {
    const folder = await workspaceWith({});
    const path = join(folder, "bin/python3.11");
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    await chmod(path, 0o755);
    return path;
  }

  it.each([
    ["prints rubbish", "echo hello; exit 0", /no answer/],
    ["ends with an error", "echo 'no stdlib' >&2; exit 3", /no stdlib/],
    ["is killed", "kill -9 $$", /SIGKILL/],
    ["leaves a child behind", "sleep 300 & exit 1", /exit code 1/],
  ])("is named when the user chose it: it %s", async (_, then, why) => {
    const python = await program(pretender(then));
    const result = await runBuiltAction("validate-glue", await workspaceWith(scripts), {
      paths: "*.py",
      python,
    });
    expect(result.exitCode).toBe(1);
    expect(result.errors).toEqual([expect.stringMatching(why)]);
    expect(result.errors[0]).toContain(python);
  });

  it("is passed over for the next one when it was only found", async () => {
    const python = await program(pretender("echo hello"));
    const PATH = `${dirname(python)}:${process.env["PATH"]}`;
    const result = await runBuiltAction(
      "validate-glue",
      await workspaceWith(scripts),
      { paths: "*.py" },
      { PATH },
    );
    expect(result.log).toContain(`${python} ended with exit code 0 and no answer; trying the next`);
    expect(result.outputs).toMatchObject({ result: "failed", errors: "1", "scripts-checked": "2" });
  });

  it("says which stood in for the job's own", async () => {
    const workspace = await workspaceWith({
      "glue-pipeline.yml": `${head}jobs:\n  old: { job: old, script: a.py, glue-version: "4.0" }\n`,
      "a.py": "try:\n    pass\nexcept* ValueError:\n    pass\n",
    });
    const only = await workspaceWith({});
    const real = execFileSync("python3", ["-c", "import sys; print(sys.executable)"], {
      encoding: "utf8",
    }).trim();
    const version = execFileSync(real, ["-c", "import sys; print('3.%d' % sys.version_info[1])"], {
      encoding: "utf8",
    }).trim();
    await symlink(real, join(only, `python${version}`));
    const result = await runBuiltAction("validate-glue", workspace, {}, { PATH: only, HOME: only });
    expect(result.log).toMatch(/Python 3\.10 was not found; Python 3\.\d+\.\d+ .* in its place/);
    expect(result.summary).toContain("not the job's own Python");
  });
});
