import { sentence } from "../base/errors.ts";
import { compareFindings, type Finding } from "../validate/findings.ts";
import { rules, type Severity } from "../validate/rules.ts";

/** A note at lines of a file, as GitHub and other hosts show it. */
export interface FindingAnnotation {
  readonly level: Severity;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly title: string;
  readonly message: string;
}

/** GitHub shows ten of a level per step; one place is left for the action's own last word. */
const shownPerLevel = 9;

/**
 * Annotations for the findings that a host has room for, most useful first: the worst of each file before the second of
 * any, so that a file with many findings hides no other.
 */
export function findingAnnotations(findings: readonly Finding[]): FindingAnnotation[] {
  return chosen(findings).map((finding) => {
    const { severity, rule, path, startLine, endLine, message, remedy } = finding;
    const title = `${rules[rule].title} (${rule})`;
    return { level: severity, path, startLine, endLine, title, message: `${sentence(message)} ${remedy}` };
  });
}

/** One line of text for each finding, for the log: an annotation's place isn't shown there. */
export function findingLines(findings: readonly Finding[]): string[] {
  return [...findings]
    .sort(compareFindings)
    .map(
      ({ severity, path, startLine, rule, message, remedy }) =>
        `${severity} ${path}:${startLine} ${rule}: ${sentence(message)} ${remedy}`,
    );
}

function chosen(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  const ranked = [...findings].sort(compareFindings).map((finding) => {
    const file = `${finding.severity} ${finding.path}`;
    const rank = seen.get(file) ?? 0;
    seen.set(file, rank + 1);
    return { finding, rank };
  });
  const levels: readonly Severity[] = ["error", "warning", "notice"];
  return levels.flatMap((level) =>
    ranked
      .filter(({ finding }) => finding.severity === level)
      .sort((a, b) => a.rank - b.rank)
      .slice(0, shownPerLevel)
      .map(({ finding }) => finding),
  );
}
