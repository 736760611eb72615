import type { Finding } from "../validate/findings.ts";
import { rules } from "../validate/rules.ts";

/** A note at lines of a file, as GitHub and other hosts show it. */
export interface FindingAnnotation {
  readonly level: Finding["severity"];
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly title: string;
  readonly message: string;
}

/** One annotation per finding, most useful first: hosts show only the first few. */
export function findingAnnotations(findings: readonly Finding[]): FindingAnnotation[] {
  return findings.map(({ severity, rule, path, startLine, endLine, message, remedy }) => ({
    level: severity,
    path,
    startLine,
    endLine,
    title: `${rules[rule].title} (${rule})`,
    message: `${sentence(message)} ${remedy}`,
  }));
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
