/** A longer word is no slip of the pen, and costs as much as both lengths multiplied. */
const longest = 100;

/** The known word nearest to a mistyped one, or undefined when none is near enough to be meant. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > longest) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.ceil(word.length * 0.4)) + 1;
  for (const candidate of known) {
    if (candidate.length > longest) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** ` Did you mean "x"?`, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const match = nearest(word, known);
  return match === undefined ? "" : ` Did you mean "${match}"?`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  let distance = b.length;
  for (let row = 1; row <= a.length; row += 1) {
    let diagonal = row - 1;
    distance = row;
    const current = [row];
    for (const [column, above] of previous.slice(1).entries()) {
      const substitution = diagonal + (a[row - 1] === b[column] ? 0 : 1);
      distance = Math.min(substitution, above + 1, distance + 1);
      current.push(distance);
      diagonal = above;
    }
    previous = current;
  }
  return distance;
}
