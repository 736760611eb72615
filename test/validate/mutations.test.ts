import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckerAnswer } from "../../src/validate/checker-answer.ts";
import { composeFindings } from "../../src/validate/compose.ts";
import { deleteLines } from "../../src/validate/fix.ts";
import { rules } from "../../src/validate/rules.ts";
import { mutatedScript } from "./mutate.ts";
import { checkTexts, installedPythons } from "./support.ts";

/** `MUTATIONS=100000 npx vitest run test/validate/mutations.test.ts --reporter verbose` is the long form. */
const count = Number(process.env["MUTATIONS"] ?? 600);
const batch = 2_000;
/** Share of the mutations that get a fix: with fewer, what is said of fixes would be said of nothing. */
const fewestFixes = 0.2;
const pythons = (await installedPythons()).filter(({ minor }) => minor[1] === 11 || minor[1] === 13);

/** Lines with their ends, by Python's reading of them. */
const linesOf = (bytes: Buffer): string[] =>
  bytes.toString("latin1").match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];

/** What is wrong with an answer on a script, or nothing. */
function faultOf(script: Buffer, answer: CheckerAnswer): string | undefined {
  const lines = Math.max(linesOf(script).length, 1);
  for (const finding of composeFindings("job.py", answer)) {
    const places = [finding, ...(finding.related ?? [])];
    if (places.some(({ startLine, endLine }) => startLine < 1 || endLine < startLine || endLine > lines))
      return `${finding.rule} names lines outside the ${lines} of the file: ${JSON.stringify(places)}`;
    if (/interpreter|the checker fail|too deeply to be judged/.test(finding.message)) return finding.message;
    const { startLine, endLine, fix } = finding;
    if (fix !== undefined && fix.deleteLines.join() !== `${startLine},${endLine}`)
      return `the fix deletes ${fix.deleteLines}, the finding names ${startLine},${endLine}`;
  }
  return undefined;
}

function fixOf(script: Buffer, answer: CheckerAnswer): Buffer | undefined {
  for (const { fix } of composeFindings("job.py", answer)) {
    if (fix === undefined) continue;
    const [first, last] = fix.deleteLines;
    const fixed = Buffer.from(deleteLines(script, first, last));
    const kept = linesOf(script).filter((_, index) => index + 1 < first || index + 1 > last);
    if (fixed.toString("latin1") !== kept.join(""))
      throw new Error("the fix changes a line that it doesn't name");
    return fixed;
  }
  return undefined;
}

/** Whether CPython compiles it; that a fix leaves no second orphan is for `fixScripts`, which looks before it writes. */
const compiles = ({ findings }: CheckerAnswer): boolean =>
  findings.every(({ rule }) => rule === "orphan-code" || rules[rule].severity !== "error");

describe.each(pythons)("on Python $version", (python) => {
  it("no mutation of a script crashes the checker, leads it outside the file or to a fix that doesn't mend", {
    timeout: 60_000 + count * 60,
  }, async ({ annotate }) => {
    let fixes = 0;
    const faults: object[] = [];
    const unmended: string[] = [];
    for (let done = 0; done < count; done += batch) {
      const scripts = fc.sample(mutatedScript, {
        seed: 4_000_000 + done,
        numRuns: Math.min(batch, count - done),
      });
      const answers = await checkTexts(python, scripts);
      for (const [index, script] of scripts.entries()) {
        const fault = faultOf(script, answers[index] as CheckerAnswer);
        if (fault !== undefined) faults.push({ fault, script: script.toString("latin1") });
      }
      const fixed = scripts.flatMap((script, index) => fixOf(script, answers[index] as CheckerAnswer) ?? []);
      const again = await checkTexts(python, fixed);
      unmended.push(...fixed.filter((_, index) => !compiles(again[index] as CheckerAnswer)).map(String));
      fixes += fixed.length;
    }
    expect({ faults, unmended }).toEqual({ faults: [], unmended: [] });
    await annotate(`${fixes} fixes in ${count} mutations`);
    expect(fixes / count).toBeGreaterThan(fewestFixes);
  });
});
