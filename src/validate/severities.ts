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

const onlyWithBookmarks: ReadonlySet<string> = new Set(["missing-commit", "transformation-context"]);

/** A job that keeps no bookmarks needs no commit, as a third of real jobs, and no names for its sources. */
export function appliesToJobs({ rule }: { readonly rule: string }, jobs: readonly ScriptJob[]): boolean {
  return !onlyWithBookmarks.has(rule) || jobs.some(({ bookmarks }) => bookmarks === true);
}
