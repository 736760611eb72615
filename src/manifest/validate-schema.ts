import * as z from "zod";

/** Rules that a manifest may turn off or weigh anew; the validator's table has the same names. */
export const ruleNames = [
  "orphan-code",
  "syntax-error",
  "newer-syntax",
  "merge-conflict",
  "unreadable-script",
  "missing-script",
  "unsafe-path",
  "duplicate-code",
  "commit-not-last",
  "missing-commit",
  "conditional-commit",
  "missing-init",
  "transformation-context",
  "reserved-argument",
  "missing-argument",
  "argument-prefix",
  "missing-module",
  "hardcoded-secret",
  "notebook-code",
  "end-of-life-glue-version",
  "unmanaged-script",
] as const;

const level = z
  .enum(["off", "notice", "warning", "error"])
  .describe("How much a finding of this rule weighs; off leaves it out");

const rules = Object.fromEntries(ruleNames.map((name) => [name, level.optional()])) as Record<
  RuleName,
  z.ZodOptional<typeof level>
>;

export const validateSchema = z
  .strictObject({
    rules: z.strictObject(rules).default({}).describe("Rules whose severity differs from their own"),
  })
  .describe("What validate-glue and the check before a deploy look for");

export type RuleName = (typeof ruleNames)[number];
export type RuleLevel = z.infer<typeof level>;
/** Levels by rule, where the manifest sets one. */
export type RuleLevels = Readonly<{ [name in RuleName]?: RuleLevel | undefined }>;
