import type { Suppression } from "./checker-answer.ts";
import type { Finding } from "./findings.ts";
import { neverCompiles } from "./rules.ts";

/**
 * Splits a script's findings by its `# glue-toolkit: ignore[rule] reason` comments; `*` names every rule. No comment
 * silences what keeps the script from compiling.
 */
export function applySuppressions(
  findings: readonly Finding[],
  suppressions: readonly Suppression[],
): { readonly kept: Finding[]; readonly suppressed: Finding[] } {
  const silenced = (finding: Finding): boolean =>
    !neverCompiles(finding.rule) &&
    suppressions.some(
      ({ target, rules }) =>
        target === finding.startLine && (rules.includes(finding.rule) || rules.includes("*")),
    );
  return {
    kept: findings.filter((finding) => !silenced(finding)),
    suppressed: findings.filter(silenced),
  };
}
