import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hunksOf, isInDiff } from "../../src/github/diff-lines.ts";
import { publishSuggestions, type Suggestion } from "../../src/github/suggestions.ts";
import { commit, git, repository } from "../support/git.ts";
import { useFakeGitHub } from "./support/use-fake-github.ts";

const world = useFakeGitHub();
const text = Array.from({ length: 20 }, (_, line) => `line ${line + 1}\n`).join("");
const blob = (content: string) =>
  createHash("sha1").update(`blob ${content.length}\0${content}`).digest("hex");

function suggestion(more: Partial<Suggestion> = {}): Suggestion {
  const content = Buffer.from(text);
  return { path: "a.py", startLine: 10, endLine: 12, content, markdown: "```suggestion\n```", ...more };
}

function publish(...suggestions: Suggestion[]) {
  const { api } = world.current;
  return publishSuggestions({ api, pullRequest: 7, headCommit: "head", title: "Fixes", suggestions });
}

function inDiff(patch: string | undefined, sha = blob(text)) {
  world.current.github.files.push({ filename: "a.py", sha, ...(patch === undefined ? {} : { patch }) });
}

describe("publishSuggestions", () => {
  it("puts all on their lines in one review, and none twice", async () => {
    inDiff("@@ -1,3 +1,20 @@");
    const both = [suggestion(), suggestion({ startLine: 15, endLine: 15 })];
    expect(await publish(...both)).toEqual(both);
    const { reviews } = world.current.github;
    expect(reviews).toHaveLength(1);
    expect(reviews[0]?.comments).toMatchObject([
      { path: "a.py", start_line: 10, start_side: "RIGHT", line: 12, side: "RIGHT" },
      { path: "a.py", line: 15, side: "RIGHT" },
    ]);
    expect(reviews[0]?.comments[1]).not.toHaveProperty("start_line");
    expect(await publish(...both)).toEqual(both);
    expect(reviews).toHaveLength(1);
  });

  it("puts one again where the lines have changed since", async () => {
    inDiff("@@ -1,3 +1,20 @@");
    await publish(suggestion());
    const other = text.replace("line 11", "LINE 11");
    world.current.github.files[0] = { filename: "a.py", sha: blob(other), patch: "@@ -1,3 +1,20 @@" };
    await publish(suggestion({ content: Buffer.from(other) }));
    expect(world.current.github.reviews).toHaveLength(2);
  });

  it.each([
    { name: "a file that the diff doesn't have", patch: undefined, file: false },
    { name: "a file too large to have a patch", patch: undefined, file: true },
    { name: "lines outside of the hunks", patch: "@@ -1,3 +1,9 @@", file: true },
    { name: "lines of two hunks", patch: "@@ -1,3 +1,10 @@\n x\n@@ -11,3 +11,9 @@", file: true },
    { name: "a file that differs at the head", patch: "@@ -1,3 +1,20 @@", file: true, sha: "0".repeat(40) },
  ])("leaves those on $name to the comment", async ({ patch, file, sha }) => {
    if (file) inDiff(patch, sha);
    expect(await publish(suggestion())).toEqual([]);
    expect(world.current.github.reviews).toEqual([]);
  });

  it("finds its file behind two pages of others", async () => {
    const { files, requests } = { ...world.current.github };
    for (let index = 0; index < 210; index += 1) files.push({ filename: `${index}.py`, sha: "x" });
    inDiff("@@ -1,3 +1,20 @@");
    expect(await publish(suggestion())).toHaveLength(1);
    expect(requests.some(({ path }) => path.includes("/files?per_page=100&page=3"))).toBe(true);
  });

  it("puts no more than ten", async () => {
    inDiff("@@ -1,3 +1,20 @@");
    const many = Array.from({ length: 14 }, (_, line) =>
      suggestion({ startLine: line + 1, endLine: line + 1 }),
    );
    expect(await publish(...many)).toHaveLength(10);
  });
});

describe("hunksOf", () => {
  it("reads hunks of one line, of none, and of many", () => {
    const patch = "@@ -1 +1 @@\n-a\n+b\n@@ -5,2 +4,0 @@\n-c\n@@ -9,0 +8,3 @@ def x():\n+d";
    expect(hunksOf(patch)).toEqual([
      { start: 1, end: 1 },
      { start: 8, end: 10 },
    ]);
    expect(isInDiff(patch, { start: 8, end: 10 })).toBe(true);
    expect(isInDiff(patch, { start: 10, end: 11 })).toBe(false);
  });

  it("has every line that git says was added", { timeout: 60_000 }, async () => {
    const lines = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 30 });
    const { workspace } = await repository({ f: "" });
    await fc.assert(
      fc.asyncProperty(lines, lines, async (before, after) => {
        const base = await commit(workspace, { f: before.map((line) => `${line}\n`).join("") });
        const head = await commit(workspace, { f: after.map((line) => `${line}\n`).join("") });
        const diff = await git(workspace, "diff", base, head, "--", "f");
        let line = 0;
        for (const row of diff.slice(Math.max(0, diff.indexOf("@@"))).split("\n")) {
          const start = /^@@ .*\+(\d+)/.exec(row)?.[1];
          if (start !== undefined) line = Number(start);
          else if (row.startsWith("+")) {
            expect(isInDiff(diff, { start: line, end: line })).toBe(true);
            line += 1;
          } else if (row.startsWith(" ")) line += 1;
        }
      }),
      { numRuns: 5 },
    );
  });
});
