import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, readdir, readFile, symlink } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { elementsOf, rendered } from "../report/support/rendered.ts";
import { type ActionResult, runBuiltAction } from "../support/action.ts";
import { runCli } from "../support/cli.ts";
import { workspaceWith } from "../support/workspace.ts";

const head = "version: 1\nname: x\nenvironments: { dev: { region: us-east-1 } }\nscripts: { bucket: abc }\n";
const manifestOf = (...jobs: readonly string[]): string =>
  `${head}jobs:\n${jobs.map((job) => `  ${job}\n`).join("")}`;

const unseen = /[\p{Bidi_Control}\p{Zl}]|(?![\t\r\n])\p{Cc}/u;

/** Leaves a file beside the one that runs. */
const canary = `import os\nopen(os.path.join(os.path.dirname(os.path.abspath(__file__)), "SUNG"), "w").close()\n`;

/** What the runner would take for a command that isn't one of ours, and characters that a reader can't see. */
function smuggled(log: string): string[] {
  const ours = /^::(?:error|warning|notice|debug|group|endgroup)(?: [^:]*)?::/;
  return log
    .split(/\r\n|\r|\n/)
    .filter(
      (line) =>
        (/^\s*::/.test(line) && !ours.test(line)) ||
        (line.includes("##[") && !ours.test(line)) ||
        unseen.test(line),
    );
}

function expectHarmless({ log, summary, outputs }: ActionResult): void {
  expect(smuggled(log)).toEqual([]);
  expect(log).not.toMatch(/^::(?:error|notice)[^:]*::pwned/m);
  expect(
    elementsOf(rendered(summary)).filter((element) =>
      /<(?:img|script|a href="(?!https:\/\/github\.com\/glue-deploy-toolkit\/))/.test(element),
    ),
  ).toEqual([]);
  expect(summary).not.toMatch(unseen);
  expect(outputs).not.toHaveProperty("pwned");
}

const hostileNames = [
  "a\n::error::pwned\n.py",
  "b\r::set-output name=pwned::yes.py",
  "c ##[set-output name=pwned;]yes.py",
  "::stop-commands::x.py",
  "d<img src=x onerror=alert(1)>.py",
  "e|`<img src=x>`\\|<img src=y>.py",
  "f[click](javascript:alert(1)) @octocat.py",
  "g\u202eyp.\u2066x\u2069.py",
  "h\u001b[31m\u001b]8;;x\u0007.py",
  "-rf.py",
  ":(exclude)i.py",
  "__proto__.py",
];

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

describe("hostile names and text", () => {
  it("of scripts stay text in the log, the summary, the findings file and SARIF", async () => {
    const broken =
      "<<<<<<< ::error::pwned <img src=x> \u202e\u001b[31m\n=======\n##[error]pwned\n>>>>>>> x\n";
    const workspace = await workspaceWith(
      Object.fromEntries(hostileNames.map((name) => [`jobs/${name}`, broken])),
    );
    const files = { "findings-file": "out/findings.json", "sarif-file": "out/findings.sarif" };
    const result = await runBuiltAction("validate-glue", workspace, { paths: "jobs/*.py", ...files });
    expectHarmless(result);
    expect(result.outputs).toMatchObject({ result: "failed", errors: String(hostileNames.length) });
    const findings = JSON.parse(await readFile(join(workspace, "out/findings.json"), "utf8"));
    expect(findings.findings.map(({ path }: { path: string }) => path).sort()).toEqual(
      hostileNames.map((name) => `jobs/${name}`).sort(),
    );
    const sarif = JSON.parse(await readFile(join(workspace, "out/findings.sarif"), "utf8"));
    for (const { locations } of sarif.runs[0].results)
      expect(locations[0].physicalLocation.artifactLocation.uri).toMatch(/^jobs\/[\w%.~!*'()-]+$/);
  });

  it("stay text on the command line, also in a workflow", async () => {
    const workspace = await workspaceWith(
      Object.fromEntries(hostileNames.map((name) => [`jobs/${name}`, "<<<<<<<\n=======\n>>>>>>>\n"])),
    );
    for (const args of [
      ["validate", "jobs/*.py"],
      ["validate", "--json", "jobs/*.py"],
      ["validate", "\n::error::pwned"],
    ]) {
      const { stdout, stderr } = await runCli(workspace, args, {});
      expect(
        smuggled(stdout + stderr).filter((line) => !args.includes("--json") || line.includes("##[")),
      ).toEqual([]);
    }
  });

  it("of a manifest stay text in its errors", async () => {
    const evil = '"x\\n::error::pwned\\r##[add-mask]x <img src=x> \\u202e\\e[31m"';
    const workspace = await workspaceWith({
      "glue-pipeline.yml": `${head}${evil}: 1\njobs:\n  ${evil}: 1\n  a: { job: ${evil}, script: ${evil} }\n`,
    });
    for (const action of ["validate-glue", "deploy-glue", "run-e2e"] as const) {
      const result = await runBuiltAction(action, workspace, {});
      expectHarmless(result);
      expect(result.errors).toHaveLength(1);
    }
  });

  it("of AWS's errors stay text", async () => {
    const evil = "\n::error::pwned\r##[set-output name=pwned]x <img src=x> \u202e\u001b[31m @octocat";
    const server = createServer((_, response) => {
      response.writeHead(400, { "content-type": "application/x-amz-json-1.1" });
      response.end(JSON.stringify({ __type: `AccessDeniedException${evil}`, Message: evil, message: evil }));
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const aws = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: "x",
      AWS_SECRET_ACCESS_KEY: "y",
      AWS_MAX_ATTEMPTS: "1",
    };
    const workspace = await workspaceWith({
      "glue-pipeline.yml": `${manifestOf("a: { job: a, script: a.py }")}e2e: { steps: { a: { run: a } } }\n`,
      "a.py": "x = 1\n",
    });
    for (const action of ["deploy-glue", "run-e2e"] as const) {
      const result = await runBuiltAction(action, workspace, {}, aws);
      expect(result.exitCode).toBe(1);
      expectHarmless(result);
    }
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

describe("input that wants to hold the runner", () => {
  it.each<[string, Record<string, string>, RegExp | undefined]>([
    [
      "a glob of many wildcards",
      {
        "glue-pipeline.yml": manifestOf(`a: { job: "a-\${stem}", script: "jobs/${"*a".repeat(12)}b.py" }`),
        [`jobs/${"a".repeat(200)}.py`]: "",
      },
      /at most 4 times/,
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
