import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { internalError, ToolkitError } from "../../src/base/errors.ts";
import type { ProgressEvent } from "../../src/base/progress.ts";
import type { PythonMinor } from "../../src/validate/glue-versions.ts";
import { judgeScripts } from "../../src/validate/judge.ts";
import { openResultCache } from "../../src/validate/result-cache.ts";
import { workspaceWith } from "../support/workspace.ts";
import { whole } from "./cases/parts.ts";
import { anyPython } from "./stub-checker.ts";
import { checkerFolder, judgeOptions, scriptsWith } from "./support.ts";

const hello = (minor: number): string => `{"python": [3, ${minor}, 1], "implementation": "cpython"}`;
const answer = (id: number, more: object = {}): string =>
  JSON.stringify({ id, sha256: null, lines: 1, findings: [], suppressions: [], internal: null, ...more });

/** Shell scripts that answer the finder as CPython of that version, and the toolkit's checker with these lines. */
async function pythonsWith(
  programs: Readonly<Record<string, readonly [minor: number, says: string]>>,
): Promise<string> {
  const folder = await workspaceWith({});
  for (const [name, [minor, says]] of Object.entries(programs)) {
    const text = `#!/bin/sh\ncase "$*" in *-c*) echo "[\\"cpython\\", \\"$0\\", 3, ${minor}, 1]" ;; *) ${says} ;; esac\n`;
    await writeFile(join(folder, name), text);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

async function judge(path: string, more: object = {}, scripts?: Awaited<ReturnType<typeof scriptsWith>>) {
  const events: ProgressEvent[] = [];
  const all = scripts ?? (await scriptsWith({ "a.py": whole }));
  const result = await judgeScripts(all, {
    ...judgeOptions,
    environment: { PATH: path },
    progress: (event) => events.push(event),
    ...more,
  });
  return { ...result, events };
}

describe("an interpreter that is no use", () => {
  it("is passed over for the next nearest, and that is told", async () => {
    const path = await pythonsWith({
      "python3.11": [11, "exit 3"],
      "python3.12": [12, `echo '${hello(12)}'; echo '${answer(0)}'`],
    });
    const { answers, python, events } = await judge(path);
    expect(answers).toMatchObject([[{ id: 0, wanted: "3.11" }]]);
    const [own, other] = [join(path, "python3.11"), join(path, "python3.12")];
    expect(python).toEqual([
      { glueVersion: "5.0", pythonVersion: "3.11", interpreter: `${other} (3.12.1)`, exact: false },
    ]);
    expect(events).toEqual([
      {
        code: "validate.interpreter",
        level: "info",
        message: `Python 3.11.1 (${own}) checks 1 script`,
        data: { path: own, version: "3.11.1", wanted: "3.11", exact: true, scripts: 1 },
      },
      {
        code: "validate.refused-interpreter",
        level: "warning",
        message: `the Python interpreter ${own} ended with exit code 3 and no answer; trying the next`,
      },
      {
        code: "validate.inexact-interpreter",
        level: "warning",
        message: `Python 3.11 was not found; Python 3.12.1 (${other}) checks 1 script in its place. Add actions/setup-python with python-version "3.11" before this step; python-strict: true makes this an error`,
        data: { path: other, version: "3.12.1", wanted: "3.11", exact: false, scripts: 1 },
      },
    ]);
  });

  it("is the error where the user named it, or no other is left", async () => {
    const path = await pythonsWith({ "python3.11": [11, "exit 3"] });
    for (const more of [{}, { python: join(path, "python3.11") }])
      await expect(judge(path, more)).rejects.toMatchObject({
        code: "python-unusable",
        message: expect.stringContaining("exit code 3"),
      });
  });

  it("costs the other Pythons' scripts nothing, and a defect of the checker its script only", async () => {
    const path = await pythonsWith({
      "python3.9": [9, "exit 3"],
      "python3.11": [11, `echo '${hello(11)}'; echo '${answer(0, { internal: "KeyError" })}'`],
    });
    const [one, two] = await scriptsWith({ "a.py": whole, "b.py": whole });
    if (one === undefined || two === undefined) throw new Error("there are two");
    const shell = { key: "b", job: "b", glueVersion: undefined, pythonVersion: "3.9" };
    const { answers, python } = await judge(path, {}, [
      { ...one, jobs: [] },
      { ...two, jobs: [shell] },
    ]);
    expect(answers[0]?.[0]?.findings).toMatchObject([
      { rule: "unreadable-script", reason: expect.stringContaining("makes the checker fail (KeyError)") },
    ]);
    expect(answers[1]).toHaveLength(1);
    expect(python.map(({ glueVersion }) => glueVersion)).toEqual(["pythonshell 3.9", "5.0"]);
  });

  describe("for some scripts only", () => {
    const missing = new ToolkitError({
      code: "python-not-found",
      message: "none",
      remedy: "none",
      source: "user",
    });

    /** Scripts of a Glue 5.0 and a Glue 3.0 job, whose Pythons are found and not found. */
    async function judgeBoth(refusals: Readonly<Record<string, unknown>>) {
      const path = await pythonsWith({ "python3.11": [11, `echo '${hello(11)}'; echo '${answer(0)}'`] });
      const [one] = await scriptsWith({ "a.py": whole });
      if (one === undefined) throw new Error("there is one");
      const old = { ...one, jobs: [{ key: "b", job: "b", glueVersion: "3.0", pythonVersion: undefined }] };
      const finder = {
        find: (wanted: PythonMinor) =>
          refusals[wanted[1]] === undefined
            ? anyPython({ path: join(path, "python3.11") })
            : Promise.reject(refusals[wanted[1]]),
      };
      return judge(path, { finder: finder as never }, [one, old]);
    }

    it("leaves the others their answers, and is told with its scripts", async () => {
      const { answers, failures, events } = await judgeBoth({ 7: missing });
      expect(answers).toMatchObject([[{ id: 0, wanted: "3.11" }], []]);
      expect(failures).toEqual([{ error: missing, scripts: [1] }]);
      expect(events).toMatchObject([{ code: "validate.interpreter", data: { scripts: 1 } }]);
    });

    it("is the error of all where none has an answer", async () => {
      await expect(judgeBoth({ 7: missing, 11: missing })).rejects.toMatchObject({
        code: "python-not-found",
        message: "Pythons: 2 errors",
      });
    });

    it.each([
      ["not of the toolkit", Object.assign(new Error("broken"), { code: "python-not-found" })],
      ["of another kind", internalError("broken")],
    ])("is no cover for an error %s", async (_, thrown) => {
      await expect(judgeBoth({ 7: thrown })).rejects.toBe(thrown);
    });
  });

  it("that hangs on one script costs that script only", async () => {
    const says = `input=$(cat); echo '${hello(11)}'; case "$input" in *'"id":0'*) exec sleep 60 ;; esac; echo '${answer(1)}'`;
    const path = await pythonsWith({ "python3.11": [11, says] });
    const scripts = await scriptsWith({ "a.py": whole, "b.py": whole });
    const { answers } = await judge(path, { idleMilliseconds: 2_000 }, scripts);
    expect(answers[0]?.[0]?.findings).toMatchObject([{ reason: "keeps the interpreter busy without end" }]);
    expect(answers[1]?.[0]?.findings).toEqual([]);
  });

  it("is not asked once the run is cancelled, and stopped while it works", async () => {
    const path = await pythonsWith({ "python3.11": [11, `echo '${hello(11)}'; exec sleep 60`] });
    await expect(judge(path, { signal: AbortSignal.abort(new Error("cancelled")) })).rejects.toThrow(
      "cancelled",
    );
    const abort = new AbortController();
    const progress = () => setTimeout(() => abort.abort(new Error("cancelled later")), 50);
    await expect(judge(path, { signal: abort.signal, progress })).rejects.toThrow("cancelled later");
  });
});

describe("answers that are kept", () => {
  const bytes = { "a.py": "print(1)\n", "b.py": "x = = 1\n" };

  it("spare the next run its work, whatever the files' names", async () => {
    const cacheFolder = await workspaceWith({});
    const path = process.env["PATH"] ?? "";
    const first = await judge(path, { cacheFolder }, await scriptsWith(bytes));
    const second = await judge(
      path,
      { cacheFolder },
      await scriptsWith({ "c.py": bytes["b.py"], "d.py": bytes["a.py"], "e.py": "print(2)\n" }),
    );
    const known = { code: "validate.known", level: "info", data: { known: 2, scripts: 3 } };
    const message = "An earlier run's answers hold for 2 of 3 scripts";
    expect(first.events.map(({ code }) => code)).not.toContain("validate.known");
    expect(second.events).toContainEqual({ ...known, message });
    expect(second.answers.map((each) => each[0]?.findings.map(({ rule }) => rule))).toEqual([
      ["syntax-error"],
      [],
      [],
    ]);
    expect(second.answers.map((each) => each[0]?.id)).toEqual([0, 1, 2]);
  });

  it("are none but those that any run would give, whole and about just these bytes", async () => {
    const folder = await workspaceWith({
      "a.py": "print(1)\n",
      "large.py": "#".repeat(4 * 1024 * 1024 + 1),
      "folder/x": "",
    });
    const cache = await openResultCache(join(folder, "cache"), checkerFolder);
    const sha256 = "b5ae1c96c1d2ee0c4dd6dc1c3a0eddb2ee7e3f3a08c4b7e6f5f0a8c0b2a5d9a1";
    const kept = { id: 0, sha256, lines: 1, findings: [], suppressions: [], internal: null };
    const memory = {
      rule: "syntax-error" as const,
      startLine: 1,
      endLine: 1,
      excerpt: [],
      kind: null,
      python: { type: "MemoryError", message: "", line: 1, column: 1 },
    };
    await cache.keep({ ...kept, sha256: null }, "judge");
    await cache.keep({ ...kept, internal: "KeyError" }, "judge");
    await cache.keep({ ...kept, findings: [memory] }, "judge");
    await expect(readdir(join(folder, "cache"))).rejects.toMatchObject({ code: "ENOENT" });
    for (const name of ["a.py", "large.py", "folder", "nothing"])
      expect(await cache.find(join(folder, name), "judge")).toBeUndefined();
    await cache.keep(kept, "judge");
    const [entry] = (await readdir(join(folder, "cache"), { recursive: true })).filter((name) =>
      name.endsWith(".json"),
    );
    expect(JSON.parse(await readFile(join(folder, "cache", entry ?? ""), "utf8"))).toMatchObject({
      answer: JSON.stringify(kept),
    });
  });
});
