import { createHash } from "node:crypto";
import { chmod, lstat, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { makeFinding } from "../../src/validate/compose.ts";
import {
  type Approval,
  type CheckedScript,
  deleteLines,
  fixScripts,
  type ProposedFix,
} from "../../src/validate/fix.ts";
import type { PythonMinor } from "../../src/validate/glue-versions.ts";
import { InterpreterFinder } from "../../src/validate/interpreter.ts";
import { validateScripts } from "../../src/validate/validate.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { workspaceWith } from "../support/workspace.ts";
import { brokenOrphans, parsingOrphans } from "./cases/orphans.ts";
import { body, fragment, whole } from "./cases/parts.ts";
import { anyPython, stubChecker } from "./stub-checker.ts";
import { environment, judgeOptions, scriptsWith } from "./support.ts";

async function validate(scripts: Awaited<ReturnType<typeof scriptsWith>>) {
  const result = await validateScripts({ ...judgeOptions, scripts, failOn: "error", clock: fakeClock() });
  const checked = scripts.map((script): CheckedScript => {
    const { sha256 = null } = result.scripts.find(({ path }) => path === script.path) ?? {};
    return { ...script, sha256 };
  });
  return { result, checked };
}

async function fix(content: string | Uint8Array) {
  const scripts = await scriptsWith({ "job.py": content });
  const { result, checked } = await validate(scripts);
  const fixed = await fixScripts(checked, result.findings, judgeOptions);
  return { scripts, fixed, after: await readFile(scripts[0]?.absolutePath ?? "") };
}

describe("deleteLines", () => {
  const line = fc.stringMatching(/^[ -~]{0,12}$/);
  const ended = fc.tuple(line, fc.constantFrom("\n", "\r\n", "\r")).map(([text, end]) => text + end);
  const lines = fc.tuple(fc.array(ended, { minLength: 1, maxLength: 30 }), line);

  it("takes out exactly the named lines, whatever the line ends", () => {
    fc.assert(
      fc.property(lines, fc.nat(), fc.nat(), ([whole, last], a, b) => {
        // "\r" before an empty line that ends in "\n" would be one "\r\n"
        const all = whole
          .map((text) => (/^[\r\n]/.test(text) ? `x${text}` : text))
          .concat(last === "" ? [] : [last]);
        const first = (a % all.length) + 1;
        const end = first + (b % (all.length - first + 1));
        const bytes = Buffer.from(all.join(""));
        const expected = all.filter((_, index) => index + 1 < first || index + 1 > end).join("");
        expect(Buffer.from(deleteLines(bytes, first, end)).toString()).toBe(expected);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  it.each([
    ["a\nb", 3, 9, "a\nb"],
    ["a\nb\n", 3, 3, "a\nb\n"],
    ["a\nb\nc", 3, 1, "a\nb\nc"],
    ["a\nb\nc", 9, 1, "a\nb\nc"],
    ["a\nb\nc", 2, 9, "a\n"],
    ["", 1, 1, ""],
  ])("changes nothing for lines that aren't there: %j without %i to %i", (text, first, last, left) => {
    expect(Buffer.from(deleteLines(Buffer.from(text), first, last)).toString()).toBe(left);
  });
});

describe("fixScripts", () => {
  it.each([
    ["Unix line ends", whole, fragment],
    ["Windows line ends", whole.replaceAll("\n", "\r\n"), fragment.replaceAll("\n", "\r\n")],
    ["mixed line ends", whole.replace("\n", "\r\n"), fragment],
    ["a byte order mark", `\uFEFF${whole}`, fragment],
    ["no line break at the end", whole, fragment.trimEnd()],
    ["old Mac line ends", whole.replaceAll("\n", "\r"), fragment.replaceAll("\n", "\r")],
    ["form feeds and trailing blanks", whole.replace("\n\n", "\n\f\n  \n"), fragment],
    ["a warning that stays", whole.replace(/^job\.init.*\n/m, ""), fragment],
  ])("leaves every other byte as it was: %s", async (_, healthy, orphan) => {
    const { fixed, after } = await fix(healthy + orphan);
    expect(after.toString()).toBe(healthy);
    expect(fixed).toMatchObject([{ path: "job.py", linesDeleted: 4, reason: undefined }]);
  });

  it("leaves nothing for a second run", async () => {
    const cases = [...brokenOrphans, ...parsingOrphans].filter((row) => row.syntaxLine === undefined);
    const files = cases.map(({ before, orphan, after = "" }, index) => [
      `job_${index}.py`,
      before + orphan + after,
    ]);
    const scripts = await scriptsWith(Object.fromEntries(files));
    const first = await validate(scripts);
    const fixable = first.result.findings.filter((finding) => finding.fix);
    const fixed = await fixScripts(first.checked, fixable.slice(0, 8), judgeOptions);
    expect(fixed).toHaveLength(8);
    const again = await validate(scripts.filter(({ path }) => fixed.some((one) => one.path === path)));
    expect(again.result.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(await fixScripts(again.checked, again.result.findings, judgeOptions)).toEqual([]);
  });

  it("keeps other bytes of another encoding, the mode, and the link", async () => {
    const healthy = Buffer.from(`# -*- coding: latin-1 -*-\n# caf\xe9\n${whole}`, "latin1");
    const scripts = await scriptsWith({ "real.py": Buffer.concat([healthy, Buffer.from(fragment)]) });
    const [{ absolutePath: real } = { absolutePath: "" }] = scripts;
    const link = join(dirname(real), "job.py");
    await symlink("real.py", link);
    await chmod(real, 0o755);
    const linked = scripts.map((script) => ({ ...script, path: "job.py", absolutePath: link }));
    const { result, checked } = await validate(linked);
    expect(await fixScripts(checked, result.findings, judgeOptions)).toMatchObject([{ linesDeleted: 4 }]);
    expect(await readFile(real)).toEqual(healthy);
    expect((await stat(real)).mode & 0o777).toBe(0o755);
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    expect((await readdir(dirname(real))).sort()).toEqual(["job.py", "real.py"]);
  });

  it.each([
    ["keeps what another program writes", "echo '# edited' >>", "the file has changed since it was checked"],
    [
      "brings back none that another program deletes",
      "rm",
      expect.stringMatching(/^it can't be written: ENOENT/),
    ],
  ])("%s while the result is checked", async (_, command, reason) => {
    const scripts = await scriptsWith({ "job.py": whole + fragment });
    const file = scripts[0]?.absolutePath ?? "";
    const { result, checked } = await validate(scripts);
    const { path } = await new InterpreterFinder(environment).find([3, 11]);
    const python = join(await workspaceWith({}), "python");
    await writeFile(python, `#!/bin/sh\nPATH=/usr/bin:/bin ${command} '${file}'\nexec '${path}' "$@"\n`, {
      mode: 0o755,
    });
    const fixed = await fixScripts(checked, result.findings, { ...judgeOptions, python });
    expect(fixed).toMatchObject([{ path: "job.py", linesDeleted: 0, reason }]);
    const left = await readFile(file, "utf8").catch(() => undefined);
    expect(left).toBe(command === "rm" ? undefined : `${whole}${fragment}# edited\n`);
    expect(await readdir(dirname(file))).toEqual(left === undefined ? [] : ["job.py"]);
  });

  it.each([
    ["consent", true, whole],
    ["a refusal", false, whole + fragment],
  ])("shows the diff and asks before it writes: %s", async (_, write, left) => {
    const scripts = await scriptsWith({ "job.py": whole + fragment });
    const { result, checked } = await validate(scripts);
    const shown: string[] = [];
    const approve = async ({ diff }: ProposedFix): Promise<Approval> => {
      shown.push(diff, await readFile(scripts[0]?.absolutePath ?? "", "utf8"));
      return write ? { write } : { write, reason: "no" };
    };
    const [fixed] = await fixScripts(checked, result.findings, { ...judgeOptions, approve });
    const first = whole.split("\n").length;
    expect(shown[0]).toContain(`@@ -${first - 3},7 +${first - 3},3 @@\n`);
    expect(shown[0]).toContain('\n job.commit()\n-    F.col("engine.temperature")');
    expect(shown[1]).toBe(whole + fragment);
    expect(await readFile(scripts[0]?.absolutePath ?? "", "utf8")).toBe(left);
    expect(fixed).toMatchObject({ linesDeleted: write ? 4 : 0, reason: write ? undefined : "no" });
    const kept = fixed?.backup === undefined ? undefined : await readFile(fixed.backup, "utf8");
    expect(kept).toBe(write ? whole + fragment : undefined);
  });

  it("offers none where the rest would not compile", async () => {
    const broken = `${body.replace("raw = spark", "raw = = spark")}\njob.commit()\n${fragment}`;
    const { fixed, after } = await fix(broken);
    expect(fixed).toEqual([]);
    expect(after.toString()).toBe(broken);
  });

  it("touches no file that has changed since it was checked", async () => {
    const scripts = await scriptsWith({ "job.py": whole + fragment });
    const { result, checked } = await validate(scripts);
    await writeFile(scripts[0]?.absolutePath ?? "", `# new\n${whole}${fragment}`);
    const fixed = await fixScripts(checked, result.findings, judgeOptions);
    expect(fixed).toMatchObject([
      { path: "job.py", linesDeleted: 0, reason: "the file has changed since it was checked" },
    ]);
  });

  it("writes nothing that would not compile, and leaves no file of its own", async () => {
    const [script] = await scriptsWith({ "job.py": `x = = 1\n${whole}${fragment}` });
    if (script === undefined) throw new Error("there is one");
    const content = await readFile(script.absolutePath);
    const sha256 = createHash("sha256").update(content).digest("hex");
    const lines = whole.split("\n").length;
    const place = { startLine: lines + 1, endLine: lines + 4 };
    const findings = [
      makeFinding("orphan-code", "job.py", "x", { ...place, fix: { deleteLines: [lines + 1, lines + 4] } }),
    ];
    const temporary = await workspaceWith({});
    vi.stubEnv("TMPDIR", temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await fixScripts([{ ...script, sha256 }], findings, judgeOptions)).toMatchObject([
      { path: "job.py", linesDeleted: 0, reason: "the rest of the script would not compile" },
    ]);
    expect(await readFile(script.absolutePath)).toEqual(content);
    expect(await readdir(temporary)).toEqual([]);
  });

  it("writes nothing that one of its jobs' Pythons would refuse", async () => {
    const stub = await stubChecker();
    const conflict = { rule: "merge-conflict", startLine: 1, endLine: 1 };
    const text = `${JSON.stringify({ when: { "[3, 7]": { findings: [conflict] } } })}\n\n`;
    const [own] = await scriptsWith({ "job.py": text });
    if (own === undefined) throw new Error("there is one");
    const sha256 = createHash("sha256").update(text).digest("hex");
    const findings = [makeFinding("orphan-code", "job.py", "x", { fix: { deleteLines: [2, 2] } })];
    const finder = { find: (wanted: PythonMinor) => anyPython({ wanted }) };
    const fixFor = (...versions: readonly string[]) => {
      const job = { key: "a", job: "a", pythonVersion: undefined };
      const jobs = versions.map((glueVersion) => ({ ...job, glueVersion }));
      const options = { ...judgeOptions, checkerFolder: stub.folder, finder: finder as never };
      return fixScripts([{ ...own, jobs, sha256 }], findings, options);
    };
    expect(await fixFor("3.0", "5.0")).toMatchObject([{ linesDeleted: 0 }]);
    expect(await fixFor("5.0")).toMatchObject([{ linesDeleted: 1 }]);
  });

  it("says of a script that is gone that it has changed", async () => {
    const scripts = await scriptsWith({ "job.py": whole + fragment });
    const { result, checked } = await validate(scripts);
    await rm(scripts[0]?.absolutePath ?? "");
    expect(await fixScripts(checked, result.findings, judgeOptions)).toMatchObject([
      { path: "job.py", linesDeleted: 0, reason: "the file has changed since it was checked" },
    ]);
  });
});
