import { commitLineOf, randomOf } from "./corpus.ts";

const words = ["orders", "clean", "target", "rows", "bronze", "part", "daily", "kept"];

/** What an edit makes of a line: nothing, another name, another literal, a new line below, or the line once more with a change. */
function edited(line: string, random: (below: number) => number): string[] {
  const word = words[random(words.length)] ?? "rows";
  switch (random(5)) {
    case 0:
      return [];
    case 1:
      return [line.replace(/(?<![\w"'.])([a-z_]\w{3,})(?=\s*=[^=])/, `${word}_$1`)];
    case 2:
      return [line.replace(/(["'])([^"']{2,})\1/, `$1${word}_old$1`)];
    case 3:
      return [line, `${/^\s*/.exec(line)?.[0] ?? ""}print("${word}")`];
    default:
      return [line.replace(/\b\d+\b/, "17").replace(/(["'])([^"']{2,})\1/, `$1$2_${word}$1`)];
  }
}

/** A script with an older version of itself below, of which a share of the lines was edited. */
export function withOlderVersion(
  script: string,
  seed: number,
  share: number,
): { readonly text: string; readonly commit: number; readonly first: number } | undefined {
  const whole = script.endsWith("\n") ? script : `${script}\n`;
  const lines = whole.split("\n").slice(0, -1);
  const commit = commitLineOf(lines);
  if (commit === undefined) return undefined;
  const random = randomOf(seed);
  const older = lines.flatMap((line) =>
    line.trim() !== "" && random(1_000) < share * 1_000 ? edited(line, random) : [line],
  );
  return { text: `${whole}${older.join("\n")}\n`, commit, first: lines.length + 1 };
}
