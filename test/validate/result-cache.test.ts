import { createHash } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkCached } from "../../src/validate/check-cached.ts";
import type { CheckerAnswer } from "../../src/validate/checker-answer.ts";
import { openResultCache, type ResultCache } from "../../src/validate/result-cache.ts";
import { workspaceWith } from "../support/workspace.ts";
import { anyPython, stubChecker } from "./stub-checker.ts";

const largest = 4 * 1024 * 1024;
const sha256Of = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

const answerFor = (content: string | Uint8Array, lines = 1): CheckerAnswer => ({
  id: 0,
  sha256: sha256Of(content),
  lines,
  findings: [],
  suppressions: [],
  internal: null,
});

async function cacheWith(checker: Readonly<Record<string, string>> = { "main.py": "1" }, folder?: string) {
  const kept = folder ?? (await workspaceWith({}));
  return { kept, cache: await openResultCache(kept, await workspaceWith(checker)) };
}

/** The files of the cache's entries. */
async function entriesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".json")).sort();
}

describe("an answer that is kept", () => {
  it("is found for the same bytes, whatever their name, and the same judge alone", async () => {
    const { cache } = await cacheWith();
    const folder = await workspaceWith({ "a.py": "x", "b.py": "x", "c.py": "y" });
    await cache.keep(answerFor("x", 7), "judge");
    expect(await cache.find(join(folder, "a.py"), "judge")).toEqual(answerFor("x", 7));
    expect(await cache.find(join(folder, "b.py"), "judge")).toEqual(answerFor("x", 7));
    expect(await cache.find(join(folder, "c.py"), "judge")).toBeUndefined();
    expect(await cache.find(join(folder, "a.py"), "another")).toBeUndefined();
  });

  const checker = { "main.py": "1", "other.py": "2" };

  it.each<[string, Readonly<Record<string, string>>, boolean]>([
    ["the same", checker, true],
    ["one with other things beside", { ...checker, "__pycache__/main.pyc": "", "notes.md": "x" }, true],
    ["one of other text", { ...checker, "other.py": "3" }, false],
    ["one with its text elsewhere", { "main.py": "2", "other.py": "1" }, false],
    ["one of other names", { "main.py": "1", "renamed.py": "2" }, false],
  ])("holds for a checker that is %s: %#", async (_, other, holds) => {
    const { kept, cache } = await cacheWith(checker);
    const file = join(await workspaceWith({ "a.py": "x" }), "a.py");
    await cache.keep(answerFor("x"), "judge");
    const found = await (await cacheWith(other, kept)).cache.find(file, "judge");
    expect(found !== undefined).toBe(holds);
  });

  it("lies in a folder of the toolkit's own, spread over others", async () => {
    const { kept, cache } = await cacheWith();
    await cache.keep(answerFor("x"), "judge");
    expect(await entriesIn(kept)).toEqual([
      expect.stringMatching(/^validate-glue\/([0-9a-f]{2})\/\1[0-9a-f]{62}\.json$/),
    ]);
  });

  it.each([
    ["as large as may be", largest, true],
    ["larger", largest + 1, false],
  ])("is found for a file that is %s: %i bytes", async (_, size, found) => {
    const { cache } = await cacheWith();
    const file = join(await workspaceWith({ "a.py": Buffer.alloc(size) }), "a.py");
    await cache.keep(answerFor(Buffer.alloc(size)), "judge");
    expect((await cache.find(file, "judge")) !== undefined).toBe(found);
  });

  const memory: CheckerAnswer["findings"][number] = {
    rule: "syntax-error",
    startLine: 1,
    endLine: 1,
    excerpt: [],
    python: { type: "MemoryError", message: "", line: 1, column: 0 },
    kind: null,
  };

  it.each<[string, Partial<CheckerAnswer>]>([
    ["the checker's own failure", { internal: "RecursionError" }],
    ["this machine's lack of memory", { findings: [memory] }],
    ["a file that could not be read", { sha256: null }],
  ])("is not kept where it tells of %s", async (_, more) => {
    const { kept, cache } = await cacheWith();
    await cache.keep({ ...answerFor("x"), ...more }, "judge");
    expect(await entriesIn(kept)).toEqual([]);
  });

  it("is none for what is no file, and costs nothing where it can't be kept", async () => {
    const { cache } = await cacheWith();
    await cache.keep(answerFor(""), "judge");
    expect(await cache.find("/dev/null", "judge")).toBeUndefined();
    const inFile = await cacheWith(undefined, join(await workspaceWith({ file: "" }), "file"));
    await expect(inFile.cache.keep(answerFor(""), "judge")).resolves.toBeUndefined();
  });

  it.each<[string, (entry: { key: string; digest: string; answer: string }) => object]>([
    ["a changed answer", (entry) => ({ ...entry, answer: entry.answer.replace('"lines":1', '"lines":2') })],
    ["another key", (entry) => ({ ...entry, key: sha256Of("x") })],
    ["another digest", (entry) => ({ ...entry, digest: sha256Of("x") })],
    ["more in it", (entry) => ({ ...entry, more: 1 })],
    [
      "an answer for other bytes",
      ({ key }) => {
        const answer = JSON.stringify(answerFor("y"));
        return { key, answer, digest: sha256Of(`${key}\n${answer}`) };
      },
    ],
    [
      "no answer",
      ({ key }) => ({ key, answer: '{"lines":1}', digest: sha256Of(`${key}\n${'{"lines":1}'}`) }),
    ],
  ])("is none with %s", async (_, change) => {
    const { kept, cache } = await cacheWith();
    const file = join(await workspaceWith({ "a.py": "x" }), "a.py");
    await cache.keep(answerFor("x"), "judge");
    const [name = ""] = await entriesIn(kept);
    const entry = JSON.parse(await readFile(join(kept, name), "utf8"));
    await writeFile(join(kept, name), JSON.stringify(entry));
    expect(await cache.find(file, "judge")).toEqual(answerFor("x"));
    await writeFile(join(kept, name), JSON.stringify(change(entry)));
    expect(await cache.find(file, "judge")).toBeUndefined();
  });

  it("is none in another's place", async () => {
    const { kept, cache } = await cacheWith();
    const file = join(await workspaceWith({ "a.py": "x" }), "a.py");
    await cache.keep(answerFor("x"), "judge");
    const [own = ""] = await entriesIn(kept);
    const text = await readFile(join(kept, own), "utf8");
    await cache.keep(answerFor("x"), "another");
    const [other = ""] = (await entriesIn(kept)).filter((name) => name !== own);
    await writeFile(join(kept, other), text);
    expect(await cache.find(file, "another")).toBeUndefined();
  });
});

describe("checkCached", () => {
  /** A cache in memory, which doesn't look at what files hold. */
  function memory() {
    const kept = new Map<string, CheckerAnswer>();
    const cache: ResultCache = {
      find: async (path, judge) => kept.get(`${judge}: ${path}`),
      keep: async (answer, judge) => void kept.set(`${judge}: ${answer.sha256}`, answer),
    };
    return { kept, cache };
  }

  it("asks for what it doesn't know, keeps that, and gives all in order", async () => {
    const stub = await stubChecker();
    const { kept, cache } = memory();
    const texts = { "a.py": '{"lines":2}', "b.py": '{"lines":3}', "c.py": '{"lines":4}' };
    const folder = await workspaceWith(texts);
    const files = Object.keys(texts).map((name) => join(folder, name));
    const judge = "CPython 3.12.4 for 3.11";
    kept.set(`${judge}: ${files[1]}`, { ...answerFor("x", 9), id: 5 });
    kept.set(`CPython 3.12.3 for 3.11: ${files[0]}`, answerFor("x", 9));
    kept.set(`CPython 3.12.4 for 3.12: ${files[0]}`, answerFor("x", 9));
    const options = {
      interpreter: await anyPython({ minor: [3, 12], version: "3.12.4" }),
      checkerFolder: stub.folder,
      files,
      parallel: 1,
      idleMilliseconds: 60_000,
    };
    const { answers, known } = await checkCached(options, cache);
    expect(answers.map(({ id, lines }) => [id, lines])).toEqual([
      [0, 2],
      [1, 9],
      [2, 4],
    ]);
    expect(known).toBe(1);
    expect((await stub.asked()).map(({ scripts }) => scripts.map(({ name }) => name))).toEqual([
      ["a.py", "c.py"],
    ]);
    expect(kept.get(`${judge}: ${sha256Of(texts["c.py"])}`)?.lines).toBe(4);
    const without = await checkCached(options, undefined);
    expect([without.known, without.answers.map(({ lines }) => lines)]).toEqual([0, [2, 3, 4]]);
  });
});
