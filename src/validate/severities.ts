import type { RuleLevels } from "../manifest/validate-schema.ts";
import type { Finding } from "./findings.ts";
import { neverCompiles } from "./rules.ts";
import type { ScriptJob } from "./scripts-to-check.ts";

/**
 * Findings as the manifest weighs them: rules that are off leave out, others take the severity that it sets. What keeps a
 * script from compiling stays an error.
 */
export function weighFindings(findings: readonly Finding[], levels: RuleLevels): Finding[] {
  return findings.flatMap((finding) => {
    const level = neverCompiles(finding.rule) ? undefined : levels[finding.rule];
    if (level === "off") return [];
    return level === undefined ? [finding] : [{ ...finding, severity: level }];
  });
}

/** A job that keeps no bookmarks needs no commit: a third of real jobs never do. */
export function appliesToJobs({ rule }: { readonly rule: string }, jobs: readonly ScriptJob[]): boolean {
  return rule !== "missing-commit" || jobs.some(({ bookmarks }) => bookmarks === true);
}
