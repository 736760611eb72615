import { describe, expect, it } from "vitest";
import { type CheckFilesOptions, checkFiles } from "../../src/validate/check-files.ts";
import { workspaceWith } from "../support/workspace.ts";
import { anyPython, programIn, stubChecker } from "./stub-checker.ts";

async function check(answers: readonly object[], more: Partial<CheckFilesOptions> = {}) {
  const stub = await stubChecker();
  const texts = answers.map((answer, index) => [`${index}.py`, JSON.stringify(answer)]);
  const workspace = await workspaceWith(Object.fromEntries(texts));
  const checked = await checkFiles({
    interpreter: await anyPython(),
    checkerFolder: stub.folder,
    files: answers.map((_, index) => `${workspace}/${index}.py`),
    parallel: 1,
    idleMilliseconds: 60_000,
    ...more,
  });
  return { checked, asked: await stub.asked() };
}

const failed = (id: number, sha256: unknown, reason: string, lines = 0) => ({
  id,
  sha256,
  lines,
  findings: [{ rule: "unreadable-script", startLine: 1, endLine: 1, excerpt: [], reason }],
  suppressions: [],
  internal: null,
});

describe("the grammar", () => {
  it.each<[string, number, number, readonly number[] | undefined]>([
    ["the job's own Python", 11, 11, undefined],
    ["a newer one", 12, 11, [3, 11]],
    ["the newer one of the two oldest", 7, 6, [3, 6]],
    ["an older one", 10, 11, undefined],
  ])("is named to %s: 3.%i for 3.%i", async (_, minor, wanted, grammar) => {
    const interpreter = await anyPython({ minor: [3, minor], wanted: [3, wanted] });
    const { asked } = await check([{}], { interpreter });
    expect(asked.map(({ scripts }) => scripts[0]?.grammar)).toEqual([grammar]);
  });
});

describe("the processes", () => {
  it.each([
    [0, 4, []],
    [40, 4, [40]],
    [41, 4, [20, 21]],
    [41, 1, [41]],
    [100, 2, [50, 50]],
    [100, 8, [33, 33, 34]],
  ])("share %i files where %i are allowed: %j", async (count, parallel, sizes) => {
    const { checked, asked } = await check(new Array<object>(count).fill({}), { parallel });
    expect(asked.map(({ scripts }) => scripts.length).sort()).toEqual(sizes);
    expect(checked.map(({ id }) => id)).toEqual(Array.from({ length: count }, (_, index) => index));
    expect(asked.flatMap(({ scripts }) => scripts.map(({ id, name }) => `${id} ${name}`)).sort()).toEqual(
      checked.map(({ id }) => `${id} ${id}.py`).sort(),
    );
  });
});

describe("a script at which the checker dies", () => {
  it("is found by asking again for one answer at a time, and costs no other its answer", async () => {
    const { checked, asked } = await check([{ lines: 7 }, { exit: 5 }, { lines: 8 }, { exit: 6 }, {}]);
    const reason = (code: number) =>
      `makes the interpreter stop (exit code ${code}): it is nested too deeply or too large`;
    expect(checked[0]).toMatchObject({ lines: 7, findings: [] });
    expect(checked[1]).toEqual(failed(1, null, reason(5)));
    expect(checked[2]).toMatchObject({ lines: 8, findings: [] });
    expect(checked[3]).toEqual(failed(3, null, reason(6)));
    expect(checked[4]).toMatchObject({ findings: [] });
    expect(asked.map(({ oneByOne, scripts }) => [oneByOne, scripts.map(({ id }) => id)])).toEqual([
      [false, [0, 1, 2, 3, 4]],
      [true, [0, 1, 2, 3, 4]],
      [true, [2, 3, 4]],
      [true, [4]],
    ]);
  });

  it("isn't one at which the checker only fails", async () => {
    const { checked } = await check([{ internal: "KeyError" }]);
    const reason = "makes the checker fail (KeyError): a defect of the toolkit, please report it";
    expect(checked).toEqual([
      { ...failed(0, expect.stringMatching(/^[0-9a-f]{64}$/), reason, 1), internal: "KeyError" },
    ]);
  });
});

describe("an interpreter that is none", () => {
  it.each([
    ["ends without a word", "exit 3", "ended with exit code 3 and no answer"],
    [
      "ends with a long complaint",
      `printf 'first\\nsecond\\n%0300d\\n' 0 >&2; exit 3`,
      `ended with exit code 3 and no answer: ${"0".repeat(200)}`,
    ],
    ["is killed", "kill -9 $$", "was ended by SIGKILL"],
    [
      "prints something else",
      `echo '{"python": [3, 11, 1], "implementation": "cpython"}'; printf '%0100d\\nmore\\n' 0`,
      `printed what the checker doesn't: "${"0".repeat(80)}"`,
    ],
    ["prints and prints", "head -c 270000000 /dev/zero", "printed without end"],
  ])("and %s is told so", async (_, says, why) => {
    const path = await programIn(`#!/bin/sh\nPATH=/usr/bin:/bin\n${says}\n`);
    await expect(check([{}], { interpreter: await anyPython({ path }) })).rejects.toMatchObject({
      code: "python-unusable",
      message: `the Python interpreter ${path} ${why}`,
    });
  });

  it("may print something else beside its answers to no avail", async () => {
    await expect(check([{}, { print: "hello" }, {}])).rejects.toThrow(
      `printed what the checker doesn't: "hello"`,
    );
  });
});
