import { execFileSync } from "node:child_process";
import { access, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runBuiltAction } from "../support/action.ts";
import { runCli } from "../support/cli.ts";
import { manifestOf } from "../support/manifest-of.ts";
import { workspaceWith } from "../support/workspace.ts";

/** Leaves a file beside the one that runs. */
const canary = `import os\nopen(os.path.join(os.path.dirname(os.path.abspath(__file__)), "SUNG"), "w").close()\n`;

describe("a checkout that wants to run code", () => {
  const planted = [
    "sitecustomize",
    "usercustomize",
    "ast",
    "json",
    "py_compile",
    "check",
    "main",
    "layout",
    "encodings/__init__",
  ];

  it.each(["validate-glue", "deploy-glue"] as const)("runs none in %s", async (action) => {
    const files = Object.fromEntries(
      planted.flatMap((name) => [
        [`${name}.py`, canary],
        [`jobs/${name}.py`, canary],
      ]),
    );
    const workspace = await workspaceWith({
      ...files,
      "glue-pipeline.yml": manifestOf('all: { job: "acme-${stem}", script: "jobs/*.py" }'),
      "pyvenv.cfg": "home = .\n",
      ".python-version": "../../evil\n",
      "bin/python3.11": "#!/bin/sh\ntouch SUNG\n",
      "jobs/broken.py": `${canary}job.commit()\n    x = (\n`,
    });
    execFileSync("chmod", ["+x", join(workspace, "bin/python3.11")]);
    const result = await runBuiltAction(
      action,
      workspace,
      {},
      {
        PATH: `bin:./bin::${process.env["PATH"]}`,
        PYTHONPATH: workspace,
        PYTHONHOME: workspace,
        PYTHONSTARTUP: join(workspace, "sitecustomize.py"),
        PYTHONINSPECT: "1",
        PYTHONBREAKPOINT: "sitecustomize",
        PYTHONWARNINGS: "error::sitecustomize.Warning",
        PYTHONPYCACHEPREFIX: workspace,
        AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      },
    );
    expect(result.exitCode).toBe(1);
    expect(result.log).toContain("jobs/broken.py");
    const left = await readdir(workspace, { recursive: true });
    expect(left.filter((name) => /SUNG|__pycache__|\.pyc$/.test(name))).toEqual([]);
  });

  it("is not taken for a bare repository whose configuration names programs", async () => {
    const workspace = await workspaceWith({
      "sub/jobs/a.py": "x = 1\r\n",
      "evil.sh": "#!/bin/sh\ntouch ../SUNG SUNG\n",
    });
    execFileSync("chmod", ["+x", join(workspace, "evil.sh")]);
    const sub = join(workspace, "sub");
    execFileSync("git", ["init", "-q", "--bare", sub]);
    for (const [name, value] of [
      ["core.bare", "false"],
      ["core.worktree", "."],
      ["core.fsmonitor", "../evil.sh"],
    ] as const)
      execFileSync("git", ["--git-dir", sub, "config", name, value]);
    const { exitCode } = await runCli(sub, ["validate", "--changed-only", "true", "jobs/*.py"], {});
    expect(exitCode).toBe(0);
    await expect(access(join(workspace, "SUNG"))).rejects.toThrow();
    await expect(access(join(sub, "SUNG"))).rejects.toThrow();
  });
});

describe("links that lead out of the checkout", () => {
  it("give no file to read as a manifest", async () => {
    const secret = await workspaceWith({ credentials: "hunter2: AKIAABCDEFGHIJKLMNOP\n" });
    for (const target of [join(secret, "credentials"), "/dev/zero", "/nowhere"]) {
      const workspace = await workspaceWith({ "a.py": "x = 1\n" });
      await symlink(target, join(workspace, "glue-pipeline.yml"));
      const result = await runBuiltAction("validate-glue", workspace);
      expect(result.errors).toEqual([expect.stringContaining("leaves the repository")]);
      expect(result.log + result.summary).not.toMatch(/hunter2|AKIA/);
    }
  });

  it("give no file to write as a report", async () => {
    const outside = await workspaceWith({ "profile.sh": "# mine\n" });
    const workspace = await workspaceWith({ "a.py": "x = 1\n" });
    await symlink(join(outside, "profile.sh"), join(workspace, "findings.json"));
    await mkdir(join(workspace, "out"));
    await symlink(outside, join(workspace, "out/reports"));
    for (const file of ["findings.json", "out/reports/new.json"]) {
      const result = await runBuiltAction("validate-glue", workspace, {
        paths: "a.py",
        "findings-file": file,
      });
      expect(result.errors).toEqual([expect.stringContaining("by a link")]);
    }
    const run = { "report-dir": "out/reports", manifest: "glue-pipeline.yml" };
    const refused = await runBuiltAction("run-e2e", workspace, run);
    expect(refused.errors).toEqual([expect.stringContaining("out/reports (report-dir)")]);
    expect(await readdir(outside)).toEqual(["profile.sh"]);
    expect(await readFile(join(outside, "profile.sh"), "utf8")).toBe("# mine\n");
  });
});
