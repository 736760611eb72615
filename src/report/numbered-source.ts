import type { SourceLines } from "../e2e/result.ts";

/** The lines under their numbers; an arrow shows the one that failed. */
export function numberedSource({ firstLine, line, lines }: SourceLines): string[] {
  const width = String(firstLine + lines.length - 1).length;
  return lines.map((text, index) => {
    const number = firstLine + index;
    return `${number === line ? "→" : " "} ${String(number).padStart(width)} | ${text}`;
  });
}
