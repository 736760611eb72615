import { type LineEdit, lineEdits } from "./line-edits.ts";

const contextLines = 3;

/** A unified diff of two texts, without the file header; empty when they are the same. */
export function unifiedDiff(before: string, after: string): string {
  const [oldLines, newLines] = [linesOf(before), linesOf(after)];
  const edits = lineEdits(oldLines, newLines);
  if (edits === undefined) {
    return `@@ too different to show: ${oldLines.length} lines before, ${newLines.length} after @@`;
  }
  return hunksOf(edits).map(formatHunk).join("\n");
}

interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly edits: readonly LineEdit[];
}

function hunksOf(edits: readonly LineEdit[]): readonly Hunk[] {
  const changed = edits.flatMap(({ kind }, index) => (kind === "same" ? [] : [index]));
  const ranges: { from: number; to: number }[] = [];
  for (const index of changed) {
    const [from, to] = [Math.max(0, index - contextLines), Math.min(edits.length, index + contextLines + 1)];
    const last = ranges.at(-1);
    if (last !== undefined && from <= last.to) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges.map(({ from, to }) => ({
    oldStart: 1 + countSide(edits.slice(0, from), "added"),
    newStart: 1 + countSide(edits.slice(0, from), "removed"),
    edits: edits.slice(from, to),
  }));
}

function formatHunk({ oldStart, newStart, edits }: Hunk): string {
  const signs = { same: " ", removed: "-", added: "+" };
  const [oldCount, newCount] = [countSide(edits, "added"), countSide(edits, "removed")];
  const header = `@@ -${range(oldStart, oldCount)} +${range(newStart, newCount)} @@`;
  return [header, ...edits.map(({ kind, line }) => `${signs[kind]}${line}`)].join("\n");
}

/** As diff -u writes it: an empty side starts at the line before. */
function range(start: number, count: number): string {
  return count === 0 ? `${start - 1},0` : count === 1 ? `${start}` : `${start},${count}`;
}

function countSide(edits: readonly LineEdit[], other: "added" | "removed"): number {
  return edits.filter(({ kind }) => kind !== other).length;
}

/** Lines, the last one marked when the text doesn't end in a line break, as a difference of its own. */
function linesOf(text: string): readonly string[] {
  const lines = text.split("\n");
  const last = lines.pop() ?? "";
  return last === "" ? lines : [...lines, `${last}\n\\ No newline at end of file`];
}
