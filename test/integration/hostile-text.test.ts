import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { elementsOf, rendered } from "../report/support/rendered.ts";
import { type ActionResult, runBuiltAction } from "../support/action.ts";
import { runCli } from "../support/cli.ts";
import { manifestHead, manifestOf } from "../support/manifest-of.ts";
import { workspaceWith } from "../support/workspace.ts";

const unseen = /[\p{Bidi_Control}\p{Zl}]|(?![\t\r\n])\p{Cc}/u;

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
    expect(result.outputs).toMatchObject({ result: "failed", errors: String(2 * hostileNames.length) });
    const findings = JSON.parse(await readFile(join(workspace, "out/findings.json"), "utf8"));
    const found = findings.findings.map(
      ({ rule, path }: { rule: string; path: string }) => `${rule} ${path}`,
    );
    const expected = hostileNames.flatMap((name) =>
      ["merge-conflict", "syntax-error"].map((rule) => `${rule} jobs/${name}`),
    );
    expect(found.sort()).toEqual(expected.sort());
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
      "glue-pipeline.yml": `${manifestHead}${evil}: 1\njobs:\n  ${evil}: 1\n  a: { job: ${evil}, script: ${evil} }\n`,
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
