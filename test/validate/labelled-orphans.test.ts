import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import type { CheckerAnswer } from "../../src/validate/checker-answer.ts";
import { checkTexts, installedPythons } from "./support.ts";

const folder = join(import.meta.dirname, "labelled");
const truth = z
  .array(z.object({ name: z.string(), truth: z.string(), first: z.number().nullish() }))
  .parse(JSON.parse(readFileSync(join(folder, "truth.json"), "utf8")));
const textOf = (name: string): string => readFileSync(join(folder, `${name}.py`), "utf8");
const python = (await installedPythons()).at(-1);

/** Scripts written and labelled by hand: orphans of many forms, and healthy scripts that look like some. */
describe("labelled scripts", () => {
  const answers = new Map<string, CheckerAnswer>();
  const others = ["r1", "r2", "r4", "r5"];

  beforeAll(async () => {
    if (python === undefined) throw new Error("a Python is needed");
    const names = [...truth.map(({ name }) => name), ...others];
    const given = await checkTexts(python, names.map(textOf));
    for (const [index, name] of names.entries()) answers.set(name, given[index] as CheckerAnswer);
  }, 60_000);

  const orphanOf = (name: string) => answers.get(name)?.findings?.find(({ rule }) => rule === "orphan-code");

  it.each(truth)("$name is $truth", ({ name, truth: label, first }) => {
    const orphan = orphanOf(name);
    const isOrphan = label !== "none";
    const warned = answers.get(name)?.findings?.some(({ rule }) => rule === "commit-not-last") === true;
    if (label === "orphan-or-warn" && warned) return;
    expect(orphan?.startLine).toBe(isOrphan ? first : undefined);
  });

  it("a slip above an entry point is CPython's error, and nothing is offered for removal", () => {
    const findings = answers.get("r1")?.findings ?? [];
    expect(findings.map(({ rule }) => rule)).toContain("syntax-error");
    expect(
      findings.flatMap((finding) => ("deleteLines" in finding ? (finding.deleteLines ?? []) : [])),
    ).toEqual([]);
  });

  it("an orphan on the commit's own line is found, and nothing is offered for removal", () => {
    expect(orphanOf("r2")).toMatchObject({ startLine: 6 });
    expect(orphanOf("r2")).toMatchObject({ deleteLines: null });
  });

  it.each([
    ["r4", "a write through a function"],
    ["r5", "a commit of the job by another name"],
  ])("%s: what follows is found although it is %s", (name) => {
    const lines = textOf(name).trimEnd().split("\n").length;
    const found = answers.get(name)?.findings ?? [];
    expect(found.map(({ rule, startLine }) => [rule, startLine])).toContainEqual(["orphan-code", lines]);
  });
});
