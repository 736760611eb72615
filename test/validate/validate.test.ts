import { describe, expect, it } from "vitest";
import type { ScriptToCheck, UnavailableScript } from "../../src/validate/scripts-to-check.ts";
import { type ValidateOptions, validateScripts } from "../../src/validate/validate.ts";
import { fakeClock } from "../support/fake-clock.ts";
import { body, fragment, whole } from "./cases/parts.ts";
import { judgeOptions, scriptsWith } from "./support.ts";

const commitLine = whole.split("\n").length - 1;

async function validate(
  scripts: readonly ScriptToCheck[],
  more: Partial<ValidateOptions> = {},
): ReturnType<typeof validateScripts> {
  return validateScripts({ ...judgeOptions, scripts, failOn: "error", clock: fakeClock(), ...more });
}

describe("validateScripts", () => {
  it("says of an orphan where it is, where it came from and how to mend it", async () => {
    const result = await validate(await scriptsWith({ "glue_jobs/silver.py": whole + fragment }));
    const [first, last] = [commitLine + 1, commitLine + 4];
    expect(result.result).toBe("failed");
    expect(result.findings).toMatchObject([
      { rule: "syntax-error", severity: "error", startLine: first },
      {
        rule: "orphan-code",
        severity: "error",
        path: "glue_jobs/silver.py",
        startLine: first,
        endLine: last,
        message: `4 lines after job.commit() on line ${commitLine}; lines ${first}–${last} repeat lines 25–28; CPython says: IndentationError: unexpected indent (line ${first})`,
        fix: { deleteLines: [first, last] },
        related: [
          { startLine: commitLine, endLine: commitLine },
          { startLine: 25, endLine: 28 },
        ],
      },
    ]);
    expect(result.scripts).toEqual([
      {
        path: "glue_jobs/silver.py",
        jobs: ["acme-glue_jobs/silver.py"],
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
        status: "failed",
      },
    ]);
  });

  it("reports every file, not only the first bad one", async () => {
    const result = await validate(
      await scriptsWith({
        "a.py": "x = = 1\n",
        "b.py": whole,
        "c.py": "print 'two'\n",
        "d.py": Buffer.from("# caf\xe9\n", "latin1"),
        "e.py": "x\0y\n",
        "f.py": Buffer.from("\ufeffx = 1\n", "utf16le"),
        "g.py": "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> main\n",
        "h.py": "",
        "i.py": "# -*- coding: nonsense -*-\n",
        "j.py": "# -*- coding: hex -*-\n00\n",
      }),
    );
    const found = Object.fromEntries(result.findings.map(({ path, rule }) => [path, rule]));
    expect(found).toEqual({
      "a.py": "syntax-error",
      "c.py": "syntax-error",
      "d.py": "unreadable-script",
      "e.py": "unreadable-script",
      "f.py": "unreadable-script",
      "g.py": "merge-conflict",
      "i.py": "unreadable-script",
      "j.py": "unreadable-script",
    });
    expect(result.counts).toMatchObject({ scripts: 10, errors: 9, skipped: 0 });
  });

  it("says of a script whose tree is too deep for it that it is", async () => {
    const chain = `job.init("a", a)\nif a:\n    x\n${"elif a:\n    x\n".repeat(1_500)}job.commit()\nx.write.parquet("y")\n`;
    const [script] = await scriptsWith({ "a.py": chain });
    const jobs = [{ key: "old", job: "old", glueVersion: "3.0", pythonVersion: undefined }];
    const result = await validate([{ path: "a.py", absolutePath: script?.absolutePath ?? "", jobs }]);
    expect(result.findings.map(({ message }) => message)).not.toContainEqual(
      expect.stringMatching(/the checker fail/),
    );
  });

  it.each([10, 400])("finds what comes after the last of %i functions that commit", async (count) => {
    const functions = Array.from(
      { length: count },
      (_, n) => `def f${n}():\n    job.commit()\n    ${n + 1 < count ? `f${n + 1}()` : "pass"}\n`,
    );
    const text = `job = Job(g)\njob.init("a", a)\n${functions.join("")}df.write.parquet("x")\nf0()\ndf.write.parquet("y")\n`;
    expect((await validate(await scriptsWith({ "a.py": text }))).findings).toMatchObject([
      { rule: "orphan-code", startLine: count * 3 + 5 },
    ]);
  });

  it("takes conflict markers in a string for text", async () => {
    const text = `note = """\n<<<<<<< HEAD\n=======\n>>>>>>> main\n"""\n`;
    expect((await validate(await scriptsWith({ "a.py": text }))).findings).toEqual([]);
  });

  it("names a folder and a file that is gone", async () => {
    const [script] = await scriptsWith({ "folder.py/inner.txt": "" });
    const folder = (script?.absolutePath ?? "").replace("/inner.txt", "");
    const jobs = script?.jobs ?? [];
    const result = await validate([
      { path: "folder.py", absolutePath: folder, jobs },
      { path: "gone.py", absolutePath: `${folder}/gone.py`, jobs },
    ]);
    expect(result.findings.map(({ path, message }) => [path, message])).toEqual([
      ["folder.py", "the script is a folder, not a script"],
      ["gone.py", "the script can't be read: No such file or directory"],
    ]);
  });

  it("skips Scala by name and says so", async () => {
    const result = await validate(await scriptsWith({ "job.scala": "object Job {}" }));
    expect(result).toMatchObject({ result: "passed", counts: { scripts: 0, skipped: 1 } });
    expect(result.scripts[0]?.status).toBe("skipped");
  });

  it("merges scripts that couldn't be had", async () => {
    const unavailable: UnavailableScript[] = [
      {
        rule: "missing-script",
        path: "gone.py",
        jobs: ["acme"],
        message: "gone.py is not there",
        remedy: "Commit it.",
      },
    ];
    const result = await validate(await scriptsWith({ "a.py": whole }), { unavailable });
    expect(result.findings).toMatchObject([
      { rule: "missing-script", path: "gone.py", remedy: "Commit it." },
    ]);
    expect(result).toMatchObject({ result: "failed", counts: { scripts: 2, errors: 1 } });
  });

  it.each([
    ["on the line itself", "# glue-toolkit: ignore[orphan-code] kept for the audit", "", 1],
    ["on the line above", "", "# glue-toolkit: ignore[orphan-code] kept for the audit\n", 1],
    ["for every rule", "# glue-toolkit: ignore[*]", "", 1],
    ["for another rule", "# glue-toolkit: ignore[syntax-error]", "", 0],
    ["in a string", 'note = "# glue-toolkit: ignore[orphan-code]"', "", 0],
  ])("counts a finding that a comment suppresses: %s", async (_, beside, above, suppressed) => {
    const line = beside.startsWith("#") ? `  ${beside}` : `; ${beside}`;
    const script = `${whole}${above}clean.write.json("s3://b/x")${beside === "" ? "" : line}\n`;
    const result = await validate(await scriptsWith({ "a.py": script }));
    expect(result.counts).toMatchObject({ suppressed, errors: 1 - suppressed });
  });

  it("checks a script for the Python of each of its jobs", async () => {
    const [script] = await scriptsWith({ "a.py": "match 3:\n    case _:\n        pass\n" });
    const jobs = ["3.0", "5.0", "4.0"].map((glueVersion) => ({
      key: glueVersion,
      job: glueVersion,
      glueVersion,
      pythonVersion: undefined,
    }));
    const result = await validate([{ path: "a.py", absolutePath: script?.absolutePath ?? "", jobs }]);
    expect(result.python.map(({ glueVersion, pythonVersion }) => [glueVersion, pythonVersion])).toEqual([
      ["3.0", "3.7"],
      ["4.0", "3.10"],
      ["5.0", "3.11"],
    ]);
    expect(result.findings).toMatchObject([
      {
        rule: "newer-syntax",
        message: expect.stringMatching(/^compiles on Python 3\.\d+, but the job's is 3\.7/),
      },
    ]);
  });

  it("checks Python shell jobs by the Python that they name", async () => {
    const [script] = await scriptsWith({ "a.py": "print('x')\n" });
    const jobs = [{ key: "shell", job: "shell", glueVersion: undefined, pythonVersion: "3.9" }];
    const result = await validate([{ path: "a.py", absolutePath: script?.absolutePath ?? "", jobs }]);
    expect(result.python[0]).toMatchObject({ glueVersion: "pythonshell 3.9", pythonVersion: "3.9" });
  });

  it.each([
    ["2026-03-31", 0],
    ["2026-04-01", 1],
  ])("warns on %s of a Glue version past its end", async (date, warnings) => {
    const [script] = await scriptsWith({ "a.py": whole });
    const jobs = [{ key: "old", job: "acme-old", glueVersion: "2.0", pythonVersion: undefined }];
    const scripts = [{ path: "a.py", absolutePath: script?.absolutePath ?? "", jobs }];
    const clock = fakeClock(Date.parse(`${date}T00:00:00Z`));
    const result = await validate(scripts, { clock });
    expect(result.counts.warnings).toBe(warnings);
    expect(result.result).toBe("passed");
    expect((await validate(scripts, { clock, failOn: "warning" })).result).toBe(
      warnings === 0 ? "passed" : "failed",
    );
  });

  it("passes with findings when nothing is to fail it", async () => {
    const result = await validate(await scriptsWith({ "a.py": body + fragment }), { failOn: "never" });
    expect(result).toMatchObject({ result: "passed", counts: { errors: 1 } });
  });

  it("stops when it is told to", async () => {
    const scripts = await scriptsWith({ "a.py": whole });
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(validate(scripts, { signal })).rejects.toThrow("stop");
  });
});
