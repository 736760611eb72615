/** One line of an edit script: kept, only in the old text, or only in the new. */
export interface LineEdit {
  readonly kind: "same" | "removed" | "added";
  readonly line: string;
}

/**
 * The shortest edit script between two lists of lines (Myers, "An O(ND) Difference Algorithm", 1986); undefined when
 * it takes more than `most` edits, for its memory grows with their square.
 */
export function lineEdits(
  before: readonly string[],
  after: readonly string[],
  most = 2_000,
): readonly LineEdit[] | undefined {
  const trace = forwardTrace(before, after, most);
  return trace && backtrack(before, after, trace);
}

/** For each number of edits, the furthest x reached on each diagonal k = x - y. */
type Trace = readonly ReadonlyMap<number, number>[];

function forwardTrace(before: readonly string[], after: readonly string[], most: number): Trace | undefined {
  const trace: Map<number, number>[] = [];
  let furthest = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(most, before.length + after.length); edits += 1) {
    trace.push(furthest);
    const next = new Map<number, number>();
    for (let k = -edits; k <= edits; k += 2) {
      let x = stepDown(furthest, k) ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < before.length && before[x] === after[x - k]) x += 1;
      next.set(k, x);
      if (x >= before.length && x - k >= after.length) return trace;
    }
    furthest = next;
  }
  return undefined;
}

function backtrack(before: readonly string[], after: readonly string[], trace: Trace): readonly LineEdit[] {
  const edits: LineEdit[] = [];
  let [x, y] = [before.length, after.length];
  for (const [count, furthest] of [...trace.entries()].reverse()) {
    const k = x - y;
    const down = stepDown(furthest, k);
    const previousX = at(furthest, down ? k + 1 : k - 1);
    const previousY = previousX - (down ? k + 1 : k - 1);
    while (x > Math.max(previousX, 0) && y > Math.max(previousY, 0)) {
      x -= 1;
      y -= 1;
      edits.push({ kind: "same", line: before[x] ?? "" });
    }
    if (count === 0) break;
    edits.push(
      down
        ? { kind: "added", line: after[previousY] ?? "" }
        : { kind: "removed", line: before[previousX] ?? "" },
    );
    [x, y] = [previousX, previousY];
  }
  return edits.reverse();
}

/** Whether the way to a diagonal leads down from the one above, which is further on, and not right from the one below. */
function stepDown(furthest: ReadonlyMap<number, number>, k: number): boolean {
  return at(furthest, k - 1) < at(furthest, k + 1);
}

/** Where a diagonal was not reached, anything else is further on. */
function at(furthest: ReadonlyMap<number, number>, k: number): number {
  return furthest.get(k) ?? -1;
}
