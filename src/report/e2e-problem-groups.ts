import { groupBy } from "../base/group-by.ts";
import { cutNote } from "../base/plain-text.ts";
import { type CauseText, say } from "../e2e/causes.ts";
import type { E2eResult, Problem } from "../e2e/result.ts";
import type { E2eWords } from "./e2e-words.ts";

/** What a reader is told once: a problem, or warnings that differ in what they are about alone. */
export interface ProblemGroup {
  readonly first: Problem;
  readonly causes: readonly string[];
  readonly remedy: string;
}

/** The problems of a run in the report's language, errors first. */
export function problemGroups(result: E2eResult, words: E2eWords): readonly ProblemGroup[] {
  const ordered = result.problems.toSorted((a, b) => rank(a) - rank(b));
  const groups = groupBy(ordered, (problem) =>
    isPlain(problem) ? `${problem.code} ${textOf(problem, words).remedy}` : Symbol("alone"),
  );
  return [...groups.values()].flatMap((problems) => {
    const [first] = problems;
    if (first === undefined) return [];
    const causes = problems.map((problem) => textOf(problem, words).message);
    return [{ first, causes, remedy: textOf(first, words).remedy }];
  });
}

/** Cause and remedy in the report's language, where it knows the cause; else in the problem's own words. */
export function textOf(problem: Problem, words: E2eWords): CauseText {
  const known: Readonly<Record<string, CauseText>> = words.causes ?? {};
  const text = Object.hasOwn(known, problem.code) ? known[problem.code] : undefined;
  const { message, remedy } = text === undefined ? problem : say(text, problem.facts);
  return { message: inWords(message, words), remedy: inWords(remedy, words) };
}

/** A text whose note that it was cut is in the report's language. */
function inWords(text: string, { labels }: E2eWords): string {
  return text.replaceAll(cutNote, (_, count: string) => labels.cutText.replace("{count}", count));
}

/** A warning with nothing to show but its words. */
function isPlain({ severity, step, location, source, excerpt, log }: Problem): boolean {
  return severity === "warning" && [step, location, source, excerpt, log].every((part) => part === undefined);
}

function rank({ severity }: Problem): number {
  return severity === "error" ? 0 : 1;
}
