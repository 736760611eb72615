import type { Suppression } from "./checker-answer.ts";
import type { Finding } from "./findings.ts";

/** Splits a script's findings by its `# glue-toolkit: ignore[rule] reason` comments; `*` names every rule. */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): { readonly kept: Finding[]; readonly suppressed: Finding[] } {
  const silenced = (finding: Finding): boolean =>
    suppressions.some(
      ({ target, rules }) =>
        target === finding.startLine && (rules.includes(finding.rule) || rules.includes("*")),
    );
  return {
    kept: findings.filter((finding) => !silenced(finding)),
    suppressed: findings.filter(silenced),
  };
}
