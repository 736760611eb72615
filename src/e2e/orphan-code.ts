import type { Facts } from "./causes.ts";

const commitCall = /^(\s*)([A-Za-z_]\w*)\.commit\(\s*\)/;
/** Fewer lines than this look alike by chance. */
const fewestRepeated = 5;

/**
 * The facts of a script that goes on after its final commit, where the line that failed stands there; undefined for any
 * other. `error` is left to the caller.
 */
export function codeAfterCommit(lines: readonly string[], line: number): Facts | undefined {
  const commit = finalCommitBefore(lines, line);
  if (commit === undefined) return undefined;
  const from = commit + 2;
  return {
    line: String(line),
    commitLine: String(commit + 1),
    from: String(from),
    to: String(lines.length),
    count: String(lines.length - from + 1),
    ...repetition(lines, from - 1),
  };
}

/** Index of the last `job.commit()` before a line, if the script was meant to end there. */
function finalCommitBefore(lines: readonly string[], line: number): number | undefined {
  const job = jobName(lines);
  const commits = lines.flatMap((text, index) => {
    const match = commitCall.exec(text);
    return match?.[2] === job ? [{ index, indent: match[1] ?? "" }] : [];
  });
  const last = commits.findLast(({ index }) => index < line - 1);
  if (last === undefined) return undefined;
  // An indented commit with another one to come may be an early way out, not the script's end.
  const another = commits.some(({ index }) => index >= line - 1);
  return last.indent !== "" && another ? undefined : last.index;
}

function jobName(lines: readonly string[]): string {
  for (const text of lines) {
    const match = /^\s*([A-Za-z_]\w*)\s*=\s*Job\(/.exec(text);
    if (match?.[1] !== undefined) return match[1];
  }
  return "job";
}

/** The longest piece of the rest that stands earlier in the script too, line by line. */
function repetition(lines: readonly string[], from: number): Facts {
  const text = lines.map((line) => line.trim());
  let best = { length: 0, original: 0, copy: 0 };
  const first = new Map<string, number[]>();
  for (const [index, line] of text.slice(0, from).entries()) {
    if (line !== "") first.set(line, [...(first.get(line) ?? []), index]);
  }
  for (let copy = from; copy + best.length < text.length; copy += 1) {
    for (const original of first.get(text[copy] ?? "") ?? []) {
      const length = sameLines(text, original, copy, from);
      if (length > best.length) best = { length, original, copy };
    }
  }
  if (best.length < fewestRepeated) return {};
  return {
    repeatedFrom: String(best.copy + 1),
    repeatedTo: String(best.copy + best.length),
    originalFrom: String(best.original + 1),
    originalTo: String(best.original + best.length),
  };
}

function sameLines(text: readonly string[], original: number, copy: number, end: number): number {
  let length = 0;
  while (original + length < end && text[original + length] === text[copy + length]) length += 1;
  return length;
}
