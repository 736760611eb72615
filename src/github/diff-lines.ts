/** Lines of a file's new side, 1-based and inclusive. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** The hunks of a patch as GitHub gives it, by the lines of the new side that a review can stand on. */
export function hunksOf(patch: string): readonly LineRange[] {
  return [...patch.matchAll(/^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/gm)].flatMap(
    ([, start, count = "1"]) => {
      const first = Number(start);
      const lines = Number(count);
      return lines === 0 ? [] : [{ start: first, end: first + lines - 1 }];
    },
  );
}

/** Whether one hunk has all the lines: GitHub refuses a comment that spans two. */
export function isInDiff(patch: string, { start, end }: LineRange): boolean {
  return hunksOf(patch).some((hunk) => hunk.start <= start && end <= hunk.end);
}
