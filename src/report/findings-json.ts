import type { FindingsFile } from "../validate/findings.ts";
import type { ValidationResult } from "../validate/validate.ts";

/** The findings file's content (version 1 of its format). */
export function findingsDocument(result: ValidationResult): FindingsFile {
  return {
    version: 1,
    python: [...result.python],
    scripts: [...result.scripts],
    findings: result.findings.map(({ excerpt: _, related, fix, ...finding }) => ({
      ...finding,
      ...(related === undefined ? {} : { related: [...related] }),
      ...(fix === undefined ? {} : { fix: { deleteLines: [fix.deleteLines[0], fix.deleteLines[1]] } }),
    })),
  };
}

/** The findings file as text, ending in a line break. */
export function findingsJson(result: ValidationResult): string {
  return `${JSON.stringify(findingsDocument(result), null, 2)}\n`;
}
