import type { Finding } from "../validate/findings.ts";

/** A finding's first lines under their numbers, and how many more there are. */
export function numberedExcerpt({ excerpt, startLine, endLine }: Finding): string {
  const width = String(endLine).length;
  const lines = excerpt.map((line, index) => `${String(startLine + index).padStart(width)} | ${line}`);
  const left = endLine - startLine + 1 - excerpt.length;
  return [...lines, ...(left > 0 ? [`${"".padStart(width)} … ${left} more`] : [])].join("\n");
}
