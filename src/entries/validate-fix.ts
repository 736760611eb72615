import { plural } from "../base/plural.ts";
import type { ValidateGlueInputs } from "../contract/validate-glue.ts";
import type { FindingAnnotation } from "../report/findings-annotations.ts";
import { type Approval, type FixedScript, fixScripts, type ProposedFix } from "../validate/fix.ts";
import type { JudgeOptions } from "../validate/judge.ts";
import type { ScriptToCheck } from "../validate/scripts-to-check.ts";
import type { ValidationResult } from "../validate/validate.ts";
import type { EntryHost } from "./host.ts";

type Host = EntryHost<ValidateGlueInputs>;

/** Makes the fixes that the findings offer, showing each diff first, and tells what became of them. */
export async function applyFixes(
  host: Host,
  scripts: readonly ScriptToCheck[],
  result: ValidationResult,
  options: JudgeOptions,
): Promise<readonly FixedScript[]> {
  const sha256 = new Map(result.scripts.map((script) => [script.path, script.sha256]));
  const checked = scripts.map((script) => ({ ...script, sha256: sha256.get(script.path) ?? null }));
  const approve = (fix: ProposedFix): Promise<Approval> => approveFix(host, fix);
  const fixed = await fixScripts(checked, result.findings, { ...options, approve });
  for (const { path, lines, linesDeleted, reason, backup } of fixed) {
    const done = `${path}: deleted ${plural(linesDeleted, "orphan line")} (${lines[0]}–${lines[1]}). Undo: cp ${quoted(backup ?? "")} ${quoted(path)}`;
    const message = linesDeleted > 0 ? done : `${path}: not fixed, ${reason}`;
    host.progress({ code: "validate.fixed", level: linesDeleted > 0 ? "notice" : "warning", message });
  }
  return fixed;
}

async function approveFix(host: Host, { path, lines, diff }: ProposedFix): Promise<Approval> {
  host.progress({ code: "validate.fix-diff", level: "notice", message: diff });
  if (host.inputs["dry-run"]) return { write: false, reason: "this is a dry run" };
  if (host.confirm === undefined) return { write: true };
  return (await host.confirm(`Delete lines ${lines[0]}–${lines[1]} of ${path}?`))
    ? { write: true }
    : { write: false, reason: "you said no" };
}

/** Tells the pull request that the checkout differs from the commit: green must not hide that the commit is still broken. */
export function fixAnnotations(fixed: readonly FixedScript[]): FindingAnnotation[] {
  return fixed.flatMap(({ path, lines: [startLine, endLine], linesDeleted }) =>
    linesDeleted === 0
      ? []
      : [
          {
            level: "warning" as const,
            path,
            startLine,
            endLine,
            title: "Orphan code deleted (orphan-code)",
            message: `${plural(linesDeleted, "line")} deleted in this checkout alone. Commit the change: the repository still has them.`,
          },
        ],
  );
}

/** What a fix that was asked for left undone, whatever severity makes the check fail; undefined when nothing is left. */
export function leftUnfixed({ findings, counts }: ValidationResult): string | undefined {
  const orphans = findings.filter(({ rule }) => rule === "orphan-code");
  if (orphans.length === 0 && counts.errors === 0) return undefined;
  const [first] = orphans.length > 0 ? orphans : findings;
  return `validate-glue: fix left ${plural(Math.max(counts.errors, orphans.length), "finding")} standing. The first: ${first?.path}:${first?.startLine} (${first?.rule}).`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
