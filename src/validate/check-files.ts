import { basename } from "node:path";
import { internalError } from "../base/errors.ts";
import { mapLimited } from "../base/limit.ts";
import {
  type CheckerAnswer,
  type CheckerJob,
  checkerAnswer,
  checkerHello,
  type RawFinding,
} from "./checker-answer.ts";
import type { ChosenInterpreter } from "./interpreter.ts";
import { type ProcessEnd, runChecker, unusable } from "./process.ts";

export interface CheckFilesOptions {
  readonly interpreter: ChosenInterpreter;
  readonly checkerFolder: string;
  /** Absolute paths; the answers keep their order. */
  readonly files: readonly string[];
  /** Whether they are modules of libraries, which no rule of jobs is for. */
  readonly library?: boolean;
  /** Whether to ask for the scripts' facts too. */
  readonly facts?: boolean;
  /** Content of those that are no files, by path. */
  readonly contents?: ReadonlyMap<string, Uint8Array>;
  /** How many processes share the files, one at least. */
  readonly parallel: number;
  readonly idleMilliseconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** Address space of one process in bytes; a script that needs more is told so as CPython's MemoryError. */
const memoryLimit = 3 * 1024 ** 3;

/** Fewer files than this aren't worth another process. */
const filesPerProcess = 40;

/**
 * Has one interpreter judge many files. A file at which the interpreter dies or hangs gets that as its finding, and
 * the others are still judged.
 * @throws ToolkitError `python-unusable` for an interpreter that answers nothing sensible.
 */
export async function checkFiles(options: CheckFilesOptions): Promise<CheckerAnswer[]> {
  const { files, interpreter, library, facts, contents } = options;
  const older = interpreter.minor[1] > interpreter.wanted[1];
  const jobs = files.map((path, id): CheckerJob => {
    const content = contents?.get(path);
    return {
      id,
      path,
      name: basename(path),
      ...(older ? { grammar: interpreter.wanted } : {}),
      ...(library ? { library } : {}),
      ...(facts ? { facts } : {}),
      ...(content === undefined ? {} : { content: Buffer.from(content).toString("base64") }),
    };
  });
  const shares = Math.min(options.parallel, Math.ceil(jobs.length / filesPerProcess));
  const answers = new Map<number, CheckerAnswer>();
  const share = Array.from({ length: shares }, (_, index) => jobs.filter(({ id }) => id % shares === index));
  await mapLimited(share, shares, (some) => checkShare(some, options, answers));
  return jobs.map(({ id }) => {
    const answer = answers.get(id);
    if (answer === undefined) throw internalError(`the checker gave no answer for ${files[id]}`);
    return withDefect(answer);
  });
}

async function checkShare(
  jobs: readonly CheckerJob[],
  options: CheckFilesOptions,
  answers: Map<number, CheckerAnswer>,
): Promise<void> {
  let left = jobs;
  let oneByOne = false;
  while (left.length > 0) {
    let greeted = false;
    let rubbish: string | undefined;
    const end = await runChecker({
      interpreter: options.interpreter.path,
      checkerFolder: options.checkerFolder,
      input: JSON.stringify({ scripts: left, memoryBytes: memoryLimit, oneByOne }),
      idleMilliseconds: options.idleMilliseconds,
      signal: options.signal,
      onLine: (line) => {
        const value = parseLine(line);
        if (!greeted) greeted = checkerHello.safeParse(value).success;
        else {
          const answer = checkerAnswer.safeParse(value);
          if (answer.success) answers.set(answer.data.id, answer.data);
          else rubbish ??= line;
        }
      },
    });
    if (!greeted || rubbish !== undefined)
      throw unusable(options.interpreter.path, describeEnd(end, rubbish));
    left = left.filter(({ id }) => !answers.has(id));
    const [culprit, ...rest] = left;
    if (oneByOne && culprit !== undefined) {
      answers.set(culprit.id, diedAt(culprit.id, end));
      left = rest;
    }
    oneByOne = true; // answers kept back are lost with their process: only this way is the one it died at known
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function describeEnd(end: ProcessEnd, rubbish: string | undefined): string {
  const said = end.stderr.trim().split("\n").at(-1);
  const tail = said ? `: ${said.slice(0, 200)}` : "";
  if (end.stopped === "idle") return "didn't answer in time";
  if (end.stopped === "flooded") return "printed without end";
  if (rubbish !== undefined)
    return `printed what the checker doesn't: ${JSON.stringify(rubbish.slice(0, 80))}`;
  if (end.killedBy !== null) return `was ended by ${end.killedBy}${tail}`;
  return `ended with exit code ${end.exitCode} and no answer${tail}`;
}

/** The answer in place of one that the interpreter didn't live to give. */
function diedAt(id: number, end: ProcessEnd): CheckerAnswer {
  const reason =
    end.stopped === "idle"
      ? "keeps the interpreter busy without end"
      : `makes the interpreter stop (${end.killedBy ?? `exit code ${end.exitCode}`}): it is nested too deeply or too large`;
  const finding: RawFinding = { rule: "unreadable-script", startLine: 1, endLine: 1, excerpt: [], reason };
  return { id, sha256: null, lines: 0, findings: [finding], suppressions: [], internal: null };
}

/** A defect of the checker stands as its script's finding: the script is not passed, and the others keep their results. */
function withDefect(answer: CheckerAnswer): CheckerAnswer {
  if (answer.internal === null) return answer;
  const reason = `makes the checker fail (${answer.internal}): a defect of the toolkit, please report it`;
  const finding: RawFinding = { rule: "unreadable-script", startLine: 1, endLine: 1, excerpt: [], reason };
  return { ...answer, findings: [finding] };
}
