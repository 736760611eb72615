import * as z from "zod";
import { neverCompiles, type RuleId, rules, type Severity } from "./rules.ts";

const line = z.number().int().min(1);
const ruleIds = Object.keys(rules) as [RuleId, ...RuleId[]];

/** A finding as the findings file has it; lines are 1-based and inclusive. */
export const findingSchema = z.strictObject({
  rule: z.enum(ruleIds),
  severity: z.enum(["error", "warning", "notice"]),
  path: z.string(),
  startLine: line,
  endLine: line,
  message: z.string(),
  remedy: z.string(),
  related: z
    .array(z.strictObject({ path: z.string(), startLine: line, endLine: line, message: z.string() }))
    .optional(),
  fix: z.strictObject({ deleteLines: z.tuple([line, line]) }).optional(),
});

/** The findings file (version 1). */
export const findingsFileSchema = z.strictObject({
  version: z.literal(1),
  python: z.array(
    z.strictObject({
      glueVersion: z.string(),
      pythonVersion: z.string(),
      interpreter: z.string(),
      exact: z.boolean(),
    }),
  ),
  scripts: z.array(
    z.strictObject({
      path: z.string(),
      jobs: z.array(z.string()),
      sha256: z.string().nullable(),
      status: z.enum(["passed", "failed", "skipped"]),
      /** Whether it is a module of a job's library, which is no job. */
      library: z.literal(true).optional(),
    }),
  ),
  findings: z.array(findingSchema),
});

export type FindingsFile = z.infer<typeof findingsFileSchema>;
export type PythonUsed = FindingsFile["python"][number];
export type ScriptResult = FindingsFile["scripts"][number];
export type RelatedLines = NonNullable<z.infer<typeof findingSchema>["related"]>[number];

/** A place in a script, what is wrong there and how to mend it. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Workspace-relative, with forward slashes. */
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly message: string;
  readonly remedy: string;
  readonly related?: readonly RelatedLines[];
  readonly fix?: { readonly deleteLines: readonly [number, number] };
  /** The finding's first lines, for reports; not part of the findings file. */
  readonly excerpt: readonly string[];
}

const order: Readonly<Record<Severity, number>> = { error: 0, warning: 1, notice: 2 };

/** Most useful first: by severity, CPython's own errors and then orphan code before the rest, then by place. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    order[a.severity] - order[b.severity] ||
    Number(neverCompiles(b.rule)) - Number(neverCompiles(a.rule)) ||
    ruleIds.indexOf(a.rule) - ruleIds.indexOf(b.rule) ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
    a.startLine - b.startLine
  );
}

/** Whether a finding of this severity fails the run. */
export function fails(severity: Severity, failOn: "error" | "warning" | "never"): boolean {
  return failOn !== "never" && order[severity] <= order[failOn];
}
