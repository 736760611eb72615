import { beforeAll, describe, expect, it } from "vitest";
import type { CheckerAnswer } from "../../src/validate/checker-answer.ts";
import { healthyScripts, lateSyntaxErrors, syntaxErrors } from "./cases/healthy.ts";
import { brokenOrphans, type OrphanCase, parsingOrphans, slipTails } from "./cases/orphans.ts";
import { checkTexts, installedPythons } from "./support.ts";

const pythons = await installedPythons();
const lineCount = (text: string): number => text.split("\n").length - 1;
const scriptOf = ({ before, orphan, after = "" }: OrphanCase): string => before + orphan + after;

describe.each(pythons)("the checker on Python $version", (python) => {
  const orphans = [...brokenOrphans, ...parsingOrphans];
  const late = lateSyntaxErrors.map(({ name, script, bad }) => ({
    name,
    script,
    line: script.split("\n").findIndex((line) => line.includes(bad)) + 1,
  }));
  const bodies = [...syntaxErrors, ...late];
  let answers: Map<string, CheckerAnswer>;

  beforeAll(async () => {
    const texts = [
      ...orphans.map((row) => [`orphan ${row.name}`, scriptOf(row)] as const),
      ...healthyScripts.map(({ name, script }) => [`healthy ${name}`, script] as const),
      ...bodies.map(({ name, script }) => [`syntax ${name}`, script] as const),
      ...slipTails.map(({ name, script }) => [`slip ${name}`, script] as const),
    ];
    const given = await checkTexts(
      python,
      texts.map(([, text]) => text),
    );
    answers = new Map(texts.map(([name], index) => [name, given[index] as CheckerAnswer]));
  }, 60_000);

  it.each(orphans)("finds as orphans: $name", (row) => {
    const found = answers.get(`orphan ${row.name}`)?.findings ?? [];
    const first = lineCount(row.before) + 1;
    const blank =
      row.orphan.length - row.orphan.trimStart().length - (/^\n*( *)/.exec(row.orphan)?.[1]?.length ?? 0);
    const last = lineCount(row.before + row.orphan.trimEnd()) + 1;
    const [orphan, ...others] = found.toReversed();
    expect(orphan).toMatchObject({ rule: "orphan-code", startLine: first + blank, endLine: last });
    expect(others.map(({ rule }) => rule)).toEqual(brokenOrphans.includes(row) ? ["syntax-error"] : []);
    const line = row.syntaxLine ?? others[0]?.startLine;
    expect([line, (line ?? 0) + 1]).toContain(others[0]?.startLine ?? line);
  });

  it.each(slipTails)("calls it a syntax error and no orphan: $name", ({ name }) => {
    const found = answers.get(`slip ${name}`)?.findings ?? [];
    expect(found.map(({ rule }) => rule)).toEqual(["syntax-error"]);
  });

  it.each(healthyScripts)("leaves alone: $name", ({ name }) => {
    const found = answers.get(`healthy ${name}`)?.findings ?? [];
    // that there is no commit is told of every script, and matters to jobs with bookmarks alone
    expect(found.filter(({ rule }) => rule !== "missing-commit")).toEqual([]);
  });

  it.each(bodies)("calls it a syntax error: $name", ({ name, line }) => {
    const found = answers.get(`syntax ${name}`)?.findings ?? [];
    expect(found.map(({ rule, startLine }) => [rule, startLine])).toEqual([["syntax-error", line]]);
  });
});
