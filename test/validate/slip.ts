import { commitLineOf, randomOf } from "./corpus.ts";

/** A script with one token changed below its first commit. */
export interface Slip {
  readonly kind: "bracket" | "indent" | "quote" | "colon";
  readonly line: number;
  readonly text: string;
}

type Change = (line: string, random: (below: number) => number) => string | undefined;

const changes: Readonly<Record<Slip["kind"], Change>> = {
  bracket: (line, random) => {
    const places = placesOf(line, /[()[\]{}]/g);
    const place = places[random(places.length)];
    if (place === undefined) return undefined;
    const letter = line[place] ?? "";
    return line.slice(0, place) + (random(2) === 0 ? "" : letter + letter) + line.slice(place + 1);
  },
  indent: (line, random) => {
    const bare = line.trimStart();
    const indent = line.length - bare.length;
    const width = [indent - 4, indent - 2, indent - 1, indent + 1, indent + 2, indent + 4][random(6)] ?? 0;
    return width < 0 ? undefined : " ".repeat(width) + bare;
  },
  quote: (line, random) => {
    const places = placesOf(line, /["']/g);
    const place = places[random(places.length)];
    if (place === undefined) return undefined;
    return (
      line.slice(0, place) + (random(2) === 0 ? "" : `${line[place]}${line[place]}`) + line.slice(place + 1)
    );
  },
  colon: (line) => (/:\s*$/.test(line) ? line.replace(/:\s*$/, "") : undefined),
};

function placesOf(line: string, pattern: RegExp): number[] {
  return [...line.matchAll(pattern)].map(({ index }) => index);
}

/** Slips of one token below the script's first commit; most, not all, no longer compile. */
export function slipsOf(script: string, seed: number, count: number): Slip[] {
  const lines = script.split("\n");
  const commit = commitLineOf(lines);
  const numbers = lines.flatMap((line, index) =>
    commit !== undefined && index + 1 > commit && line.trim() !== "" && !line.trim().startsWith("#")
      ? [index]
      : [],
  );
  if (numbers.length === 0) return [];
  const random = randomOf(seed);
  const kinds = Object.keys(changes) as Slip["kind"][];
  return Array.from({ length: count }).flatMap(() => {
    const index = numbers[random(numbers.length)] ?? 0;
    const kind = kinds[random(kinds.length)] ?? "bracket";
    const line = lines[index] ?? "";
    const changed = changes[kind](line, random);
    return changed === undefined || changed === line
      ? []
      : [{ kind, line: index + 1, text: lines.with(index, changed).join("\n") }];
  });
}
