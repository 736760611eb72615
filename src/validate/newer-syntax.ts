import { checkFiles } from "./check-files.ts";
import type { CheckerAnswer, RawFinding } from "./checker-answer.ts";
import { makeFinding } from "./compose.ts";
import type { Finding } from "./findings.ts";
import { formatMinor, newestPython, type PythonMinor } from "./glue-versions.ts";
import type { ChosenInterpreter, InterpreterFinder } from "./interpreter.ts";

/** An answer, and the oldest newer Python here that compiles what this one doesn't. */
export interface JudgedAnswer extends CheckerAnswer {
  /** The Python that the job has, e.g. `3.7`. */
  readonly wanted: string;
  readonly compilesOn?: string;
  /** The Python that judged, where it is older than the job's. */
  readonly judgedBy?: string;
}

type Check = (interpreter: ChosenInterpreter, files: readonly string[]) => Promise<CheckerAnswer[]>;

/** Asks newer Pythons, oldest first, for each file that doesn't compile; those that aren't here are passed over. */
export async function askNewerPythons(
  files: readonly string[],
  answers: readonly CheckerAnswer[],
  wanted: PythonMinor,
  finder: InterpreterFinder,
  check: Check,
): Promise<JudgedAnswer[]> {
  const compilesOn = new Map<number, { readonly python: string; readonly findings: readonly RawFinding[] }>();
  let left = answers.flatMap((answer, index) => (syntaxError(answer) === undefined ? [] : [index]));
  for (let minor = wanted[1] + 1; minor <= newestPython[1] && left.length > 0; minor += 1) {
    const newer = await finder.find([3, minor]).catch(() => undefined);
    if (newer?.exact !== true) continue;
    const again = await check(
      newer,
      left.map((index) => files[index] ?? ""),
    ).catch(() => []);
    for (const [place, index] of left.entries()) {
      const answer = again[place];
      if (
        answer?.sha256 === answers[index]?.sha256 &&
        answer !== undefined &&
        syntaxError(answer) === undefined
      )
        compilesOn.set(index, { python: formatMinor(newer.minor), findings: answer.findings });
    }
    left = left.filter((index) => !compilesOn.has(index));
  }
  return answers.map((answer, index) => {
    const newer = compilesOn.get(index);
    const judged = { ...answer, wanted: formatMinor(wanted) };
    if (newer === undefined) return judged;
    // what the older Python makes of code that it can't read is worth nothing, a fix above all
    const complaint = answer.findings.filter(({ rule }) => rule === "syntax-error");
    return { ...judged, findings: [...complaint, ...newer.findings], compilesOn: newer.python };
  });
}

/** A syntax error that a newer Python doesn't have, as what it is. */
export function nameNewerSyntax(finding: Finding, answer: JudgedAnswer): Finding {
  const { compilesOn, wanted, judgedBy } = answer;
  if (finding.rule !== "syntax-error") return finding;
  if (judgedBy !== undefined && compilesOn === undefined) {
    const message = `${finding.message}; Python ${judgedBy} checked it in place of the job's ${wanted}, which may know this syntax`;
    return { ...finding, message };
  }
  if (compilesOn === undefined) return finding;
  const { path, startLine, endLine, excerpt } = finding;
  const message = `compiles on Python ${compilesOn}, but the job's is ${wanted}, which says: ${finding.message}`;
  return makeFinding("newer-syntax", path, message, { startLine, endLine, excerpt });
}

/** Checks with the options of another check. */
export function checkerLike(options: Omit<Parameters<typeof checkFiles>[0], "interpreter" | "files">): Check {
  return (interpreter, files) => checkFiles({ ...options, interpreter, files });
}

function syntaxError({ findings }: CheckerAnswer): RawFinding | undefined {
  return findings.find(({ rule }) => rule === "syntax-error");
}
