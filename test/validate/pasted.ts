import { randomOf } from "./corpus.ts";

/** A script with lines of its own pasted below its last line, which is its commit. */
export interface Pasted {
  readonly kind: "copy" | "fragment" | "indented" | "bracket";
  readonly text: string;
  /** The first pasted line. */
  readonly first: number;
}

const writes = /\.write\b|write_dynamic_frame|write_data_frame/;

/** Orphans whose first line is known: for scripts that end with a commit at the margin and write before it. */
export function pastedInto(script: string, seed: number): Pasted[] {
  const lines = script.trimEnd().split("\n");
  const commit = lines.length;
  if (!/^[\w.]*job[\w.]*\.commit\(\s*\)\s*$/i.test(lines.at(-1) ?? "")) return [];
  if (lines.filter((line) => line.includes(".commit(")).length > 1) return [];
  const work = lines.flatMap((line, index) =>
    writes.test(line) && !line.trim().startsWith("#") ? [index] : [],
  );
  const place = work[randomOf(seed)(Math.max(work.length, 1))];
  if (place === undefined || !work.some((index) => /^\S/.test(lines[index] ?? ""))) return [];
  const text = (tail: readonly string[]): string => `${[...lines, ...tail].join("\n")}\n`;
  const first = commit + 1;
  const whole = work.find(
    (index) => /^[\w.]+.*\)\s*$/.test(lines[index] ?? "") && balanced(lines[index] ?? ""),
  );
  const inner = fragmentOf(lines);
  return [
    ...(whole === undefined ? [] : [{ kind: "copy" as const, first, text: text([lines[whole] ?? ""]) }]),
    ...(inner === undefined ? [] : [{ kind: "fragment" as const, first, text: text(inner) }]),
    {
      kind: "indented" as const,
      first,
      text: text([`        ${(lines[place] ?? "").trim()}`, ...lines.slice(place + 1, place + 4), ")"]),
    },
    { kind: "bracket" as const, first, text: text([")", ...lines.slice(place, place + 1), ")", "]"]) },
  ];
}

/** Lines from inside the first call that spans several, to its end: they begin in mid-expression. */
function fragmentOf(lines: readonly string[]): readonly string[] | undefined {
  const start = lines.findIndex(
    (line, index) => /^\w.*\($/.test(line) && /^\s+\S/.test(lines[index + 1] ?? ""),
  );
  const length = lines.slice(start + 1).findIndex((line) => /^[)\]}]/.test(line));
  return start < 0 || length < 1 ? undefined : lines.slice(start + 1, start + length + 2);
}

function balanced(line: string): boolean {
  return (
    [..."([{"].reduce((sum, letter) => sum + line.split(letter).length, 0) ===
    [...")]}"].reduce((sum, letter) => sum + line.split(letter).length, 0)
  );
}
