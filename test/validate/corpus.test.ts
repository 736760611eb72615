import { describe, expect, it } from "vitest";
import type { CheckerAnswer, RawFinding } from "../../src/validate/checker-answer.ts";
import { rules } from "../../src/validate/rules.ts";
import { commitLineOf, corpus } from "./corpus.ts";
import { withOlderVersion } from "./older-version.ts";
import { pastedInto } from "./pasted.ts";
import { slipsOf } from "./slip.ts";
import { checkTexts, installedPythons } from "./support.ts";

/** `GLUE_SCRIPTS=/folder/of/scripts SLIPS=12 npx vitest run test/validate/corpus.test.ts --reporter verbose` is the long form. */
const slipsEach = Number(process.env["SLIPS"] ?? 40);
const timeout = 60_000 + corpus.length * 2_000;
const [python] = (await installedPythons()).filter(({ minor }) => minor[1] === 11);

async function check(texts: readonly string[]): Promise<CheckerAnswer[]> {
  if (python === undefined) throw new Error("Python 3.11 is needed");
  return checkTexts(python, texts);
}

const orphanOf = ({ findings }: CheckerAnswer) =>
  findings.find((one): one is Extract<RawFinding, { rule: "orphan-code" }> => one.rule === "orphan-code");
const errorsOf = ({ findings }: CheckerAnswer) =>
  findings.filter(({ rule }) => rules[rule].severity === "error");

/** The scripts that compile and have no orphan: what is made of the others proves nothing. */
const sound = (await check(corpus.map(({ text }) => text))).flatMap((answer, index) => {
  const script = corpus[index];
  return script === undefined || answer.findings.some(({ rule }) => rule === "syntax-error")
    ? []
    : [{ ...script, answer }];
});

describe(`on ${corpus.length} scripts`, () => {
  it("finds no error in those that compile", () => {
    const wrong = sound.filter(({ answer }) => errorsOf(answer).length > 0).map(({ name }) => name);
    expect(wrong).toEqual([]);
  });

  it("calls each slip of one token an error and offers no fix for it", { timeout }, async ({ annotate }) => {
    const slips = sound.flatMap(({ text }, index) => slipsOf(text, index + 1, slipsEach));
    const answers = await check(slips.map(({ text }) => text));
    const broken = answers.filter(({ findings }) => findings.some(({ rule }) => rule === "syntax-error"));
    const fixed = slips.filter((_, index) => orphanOf(answers[index] as CheckerAnswer)?.deleteLines);
    const orphans = broken.filter((answer) => orphanOf(answer) !== undefined).length;
    await annotate(`${broken.length} slips that don't compile, ${orphans} of them called orphans as well`);
    expect(fixed).toEqual([]);
    expect(broken.length).toBeGreaterThan(20);
    expect(broken.every(({ findings }) => findings[0]?.rule === "syntax-error")).toBe(true);
  });

  it.each([
    [0, 0.98],
    [0.1, 0.98],
    [0.2, 0.98],
    [0.3, 0.98],
    [0.5, 0.9],
  ])(
    "finds an older version below the commit with %f of its lines edited",
    { timeout },
    async (share, least) => {
      const made = sound.flatMap(({ text }, index) => withOlderVersion(text, index + 7, share) ?? []);
      const answers = await check(made.map(({ text }) => text));
      const parsed = answers.filter(({ findings }) => !findings.some(({ rule }) => rule === "syntax-error"));
      const caught = parsed.filter((answer) => orphanOf(answer) !== undefined);
      expect(caught.length / parsed.length).toBeGreaterThanOrEqual(least);
    },
  );

  it("locates pasted lines exactly", { timeout }, async ({ annotate }) => {
    const made = sound
      .filter(({ text }) => commitLineOf(text.split("\n")) !== undefined)
      .flatMap(({ name, text }, index) => pastedInto(text, index + 3).map((pasted) => ({ name, ...pasted })));
    const answers = await check(made.map(({ text }) => text));
    const missed = made.filter(
      ({ first }, index) => orphanOf(answers[index] as CheckerAnswer)?.startLine !== first,
    );
    await annotate(`${made.length - missed.length} of ${made.length} located exactly`);
    expect(
      missed.length / made.length,
      missed.map(({ name, kind }) => `${name} ${kind}`).join(", "),
    ).toBeLessThanOrEqual(0.01);
  });
});
