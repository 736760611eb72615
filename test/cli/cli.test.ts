import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { offeredInputs } from "../../src/cli/contract-options.ts";
import { errorsDocumentSchema } from "../../src/cli/errors.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { withBar } from "../../src/cli/progress-view.ts";
import { findingsFileSchema } from "../../src/validate/findings.ts";
import { runCli, runOnTerminal } from "../support/cli.ts";
import { breakSilver, medallion, medallionWorkspace } from "../support/medallion.ts";
import { wordsOf } from "../support/shell-words.ts";
import { workspaceWith } from "../support/workspace.ts";

const colourStart = "\u001b[";

describe("the commands", () => {
  it.each(commands)("$name offers every input of its contract, or says why not", (command) => {
    const { contract, preset = {}, without = [], positional = [] } = command;
    const settled = [...Object.keys(preset), ...without, ...positional.map(({ input }) => input)];
    expect(settled.filter((name) => !(name in contract.inputs))).toEqual([]);
    const offered = offeredInputs(command).map(([name]) => name);
    expect(new Set([...offered, ...settled])).toEqual(new Set([...Object.keys(contract.inputs), ...settled]));
  });

  it.each(
    commands.flatMap((command) => command.examples.map((example) => ({ ...example, name: command.name }))),
  )("$name: the example `$command` is understood", async ({ command: line, name }) => {
    const called: string[] = [];
    const program = buildProgram(commands, (command) => {
      called.push(command.name);
      return Promise.resolve();
    });
    await program.parseAsync(wordsOf(line.replace(/ > \S+$/, "")), { from: "user" });
    expect(called).toEqual([name]);
  });
});

describe("glue-toolkit", () => {
  it("teaches: every command has examples and a link, the program its exit codes", async () => {
    const program = await runCli(medallion, ["--help"]);
    expect(program).toMatchObject({ exitCode: 0, stderr: "" });
    expect(program.stdout).toContain("130  stopped by Ctrl-C");
    const deploy = await runCli(medallion, ["help", "deploy"]);
    expect(deploy.stdout).toContain("glue-toolkit deploy --environment dev --plan-file plan.json");
    expect(deploy.stdout).toContain('choices: "warn", "wait", "fail"');
  });

  it.each([
    { args: ["validte"], says: "unknown command 'validte'. Did you mean validate?" },
    {
      args: ["plan", "--enviroment", "dev"],
      says: "unknown option '--enviroment'. Did you mean --environment?",
    },
    { args: ["releases", "lst"], says: "unknown command 'lst'. Did you mean list?" },
    { args: ["validate", "--fail-on", "always"], says: "Allowed choices are error, warning, never." },
    { args: ["e2e", "--timeout", "soon"], says: '--timeout: "soon" is not allowed' },
    { args: ["plan", "--environment", "dve"], says: 'no environment "dve". Did you mean "dev"?' },
    { args: ["releases", "diff", "one"], says: "missing required argument 'to'" },
    { args: [], says: "Usage: glue-toolkit" },
    { args: ["validate", "-C", "no/such"], says: "-C no/such: there is no such folder" },
    { args: ["validate", "-C", "glue-pipeline.yml"], says: "there is no such folder" },
    { args: ["validate", "*.py", "--glue-version", "Glue5"], says: "must be a Glue version, one of 6.0" },
    { args: ["init", "--glue-version", "banana"], says: "must be a Glue version, one of 6.0" },
  ])("$args is refused with exit code 2: $says", async ({ args, says }) => {
    const { exitCode, stdout, stderr } = await runCli(medallion, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(says);
  });

  it("prints one JSON document with --json, findings or errors, and nothing else on stdout", async () => {
    const workspace = await medallionWorkspace();
    await breakSilver(workspace);
    const found = await runCli(workspace, ["validate", "--json"]);
    expect(found.exitCode).toBe(1);
    const { findings } = findingsFileSchema.parse(JSON.parse(found.stdout));
    expect(findings).toMatchObject([
      { rule: "syntax-error", startLine: 294 },
      { rule: "orphan-code", startLine: 294, endLine: 523 },
    ]);
    expect(found.stderr).toContain("failed: validate-glue: 2 errors in 4 scripts.");
    for (const args of [
      ["validate", "--no-such"],
      ["validate", "--manifest", "none.yml"],
    ]) {
      const refused = await runCli(workspace, [...args, "--json"]);
      expect(refused.exitCode).toBe(2);
      expect(errorsDocumentSchema.parse(JSON.parse(refused.stdout)).errors).toHaveLength(1);
    }
  });

  it("says how many scripts it skipped, and why", async () => {
    const workspace = await workspaceWith({ "a.py": "x = 1\n", "b.scala": "", "c.scala": "" });
    const { stdout } = await runCli(workspace, ["validate", "*.*"]);
    expect(stdout).toContain("2 Scala scripts skipped: only Python is validated");
    expect(stdout).toContain("1 script checked");
  });

  it("mends with fix, in the folder that -C names, and validate then passes", async () => {
    const workspace = await medallionWorkspace();
    await breakSilver(workspace);
    const mended = await runCli("/", ["fix", "-C", workspace]);
    expect(mended).toMatchObject({ exitCode: 0 });
    expect(mended.stderr).toContain("deleted 230 orphan lines");
    const script = "glue_jobs/silver_consolidation_job.py";
    expect(await readFile(join(workspace, script))).toEqual(await readFile(join(medallion, script)));
  });

  it("annotates nothing for GitHub, inside a workflow too", async () => {
    const workspace = await medallionWorkspace();
    await breakSilver(workspace);
    const github = { GITHUB_ACTIONS: "true", CI: "true", GITHUB_WORKSPACE: medallion };
    const { stdout, stderr, exitCode } = await runCli(workspace, ["validate"], github);
    expect(exitCode).toBe(1);
    expect(stdout + stderr).not.toContain("::error");
  });

  it.each([
    { colours: "no colour in a pipe", environment: {}, has: false },
    { colours: "no colour in a pipe of CI", environment: { CI: "true" }, has: false },
    { colours: "colour in a pipe with FORCE_COLOR", environment: { FORCE_COLOR: "1" }, has: true },
    {
      colours: "none with NO_COLOR, whatever else",
      environment: { FORCE_COLOR: "1", NO_COLOR: "1" },
      has: false,
    },
  ])("shows $colours", async ({ environment, has }) => {
    const { stdout, stderr } = await runCli(medallion, ["validate"], environment);
    expect(stdout.includes(colourStart)).toBe(has);
    expect(stderr.includes(colourStart)).toBe(has);
  });

  it.each([
    { where: "a terminal", environment: {}, colour: true, spinner: true },
    {
      where: "a terminal in CI, NO_COLOR",
      environment: { CI: "1", NO_COLOR: "1" },
      colour: false,
      spinner: false,
    },
  ])("on $where: colour $colour, moving line $spinner", async ({ environment, colour, spinner }) => {
    const shown = await runOnTerminal(medallion, ["validate"], environment);
    expect(shown).toContain("4 scripts checked");
    expect(["31", "32", "33", "36"].some((code) => shown.includes(`${colourStart}${code}m`))).toBe(colour);
    expect(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/u.test(shown)).toBe(spinner);
  });

  it("draws a bar of what counts", () => {
    const event = { code: "x", level: "info", message: "Uploaded a\nmore" } as const;
    expect(withBar({ ...event, data: { done: 3, total: 12 } })).toBe("█████░░░░░░░░░░░░░░░ 3/12 Uploaded a");
    expect(withBar(event)).toBe("Uploaded a");
  });
});

describe("completion", () => {
  const suggestions = async (...words: string[]) =>
    (await runCli(medallion, ["complete", "--", ...words])).stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("\t")[0]);

  it.each([
    { words: ["val"], gives: ["validate", ":4"] },
    { words: ["releases", ""], gives: ["list", "diff", "prune", "help", ":4"] },
    { words: ["plan", "--envi"], gives: ["--environment", ":4"] },
    { words: ["plan", "--environment", ""], gives: ["dev", ":4"] },
    { words: ["plan", "--environment=d"], gives: ["dev", ":4"] },
    { words: ["deploy", "--json", "gold-f"], gives: ["gold-fuel-efficiency", ":4"] },
    { words: ["deploy", "--on-running", "w"], gives: ["warn", "wait", ":4"] },
    { words: ["policy", "tr"], gives: ["trust", ":4"] },
    { words: ["validate", "glue_j"], gives: [":0"] },
    { words: ["plan", "--plan-file", ""], gives: [":0"] },
  ])("suggests $gives for $words", async ({ words, gives }) => {
    expect(await suggestions(...words)).toEqual(gives);
  });

  it("suggests commands where there is no manifest", async () => {
    const { stdout } = await runCli(await workspaceWith({}), ["complete", "--", "plan", "--environment", ""]);
    expect(stdout).toBe(":4\n");
  });

  it.each(["bash", "zsh", "fish", "powershell"])("prints a script for %s", async (shell) => {
    const print = vi.spyOn(console, "log").mockReturnValue();
    onTestFinished(() => print.mockRestore());
    expect(await runCli(medallion, ["completion", shell])).toMatchObject({ exitCode: 0 });
    expect(print.mock.calls.join()).toMatch(/glue-toolkit['"]? complete/);
  });
});
