import * as z from "zod";

const line = z.number().int().min(1);

const pythonError = z.object({
  type: z.string(),
  message: z.string(),
  line: z.number().int(),
  column: z.number().int(),
});

const removalProof = z.object({
  /** `repeats`: the lines stand in the script before; `fragment`: no change of one token makes them valid. */
  kind: z.enum(["repeats", "fragment"]),
  twinFirst: line.nullable(),
  twinLast: line.nullable(),
  /** Lines that differ from the earlier ones in their place. */
  edited: z.array(z.object({ line, text: z.string(), twin: line, twinText: z.string() })),
});

const place = { startLine: line, endLine: line, excerpt: z.array(z.string()).default([]) };

const rawFinding = z.discriminatedUnion("rule", [
  z.object({
    rule: z.literal("orphan-code"),
    ...place,
    python: pythonError.nullable(),
    commitLine: line,
    commitText: z.string(),
    codeLines: z.number().int(),
    repeats: z.object({ first: line, last: line, twinFirst: line, twinLast: line }).nullable(),
    deleteLines: z.tuple([line, line]).nullable(),
    /** Why the lines may be deleted; null exactly where `deleteLines` is. */
    proof: removalProof.nullish(),
  }),
  z.object({
    rule: z.literal("syntax-error"),
    ...place,
    python: pythonError,
    /** What the file is in place of Python 3, where that is plain to see. */
    kind: z.string().nullable().default(null),
  }),
  z.object({ rule: z.literal("duplicate-code"), ...place, twinFirst: line, twinLast: line }),
  z.object({ rule: z.literal("commit-not-last"), ...place, commitLine: line }),
  z.object({ rule: z.literal("missing-commit"), ...place }),
  z.object({ rule: z.literal("conditional-commit"), ...place }),
  z.object({ rule: z.literal("missing-init"), ...place }),
  z.object({ rule: z.literal("merge-conflict"), ...place }),
  z.object({ rule: z.literal("unreadable-script"), ...place, reason: z.string() }),
  z.object({
    rule: z.literal("reserved-argument"),
    ...place,
    name: z.string(),
    kind: z.enum(["reserved", "repeated"]),
  }),
  z.object({
    rule: z.literal("transformation-context"),
    ...place,
    kind: z.enum(["missing", "repeated"]),
    name: z.string().nullable(),
    twinLine: line.nullable(),
  }),
  z.object({ rule: z.literal("hardcoded-secret"), ...place, kind: z.string() }),
  z.object({ rule: z.literal("notebook-code"), ...place, name: z.string() }),
]);

const named = z.array(z.object({ name: z.string(), line }));

/** What every run of a script asks for: job arguments, and modules outside of Python's own library. */
const scriptFacts = z.object({ options: named, modules: named });

/** The checker's first line: who answers. */
export const checkerHello = z.object({
  python: z.tuple([z.number().int(), z.number().int(), z.number().int()]),
  implementation: z.string(),
});

/** The checker's line on one script. */
export const checkerAnswer = z.object({
  id: z.number().int().min(0),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  lines: z.number().int().min(0),
  findings: z.array(rawFinding),
  suppressions: z.array(
    z.object({ line, target: line, rules: z.array(z.string()).min(1), reason: z.string() }),
  ),
  /** Given where they were asked for, of a script that compiles. */
  facts: scriptFacts.optional(),
  /** A defect of the checker itself, or null. */
  internal: z.string().nullable(),
});

export type RawFinding = z.infer<typeof rawFinding>;
export type PythonError = z.infer<typeof pythonError>;
export type CheckerAnswer = z.infer<typeof checkerAnswer>;
export type ScriptFacts = z.infer<typeof scriptFacts>;
export type Suppression = CheckerAnswer["suppressions"][number];

/** One script for the checker to read. */
export interface CheckerJob {
  readonly id: number;
  readonly path: string;
  readonly name: string;
  /** Limits a newer interpreter to the grammar of the job's Python, by CPython's feature_version and a table of what that misses. */
  readonly grammar?: readonly [number, number];
  /** A module of a library: the rules of jobs are left out. */
  readonly library?: true;
  /** Asks for the script's facts too. */
  readonly facts?: true;
  /** The file's content in Base64, where it is not to be read from the path. */
  readonly content?: string;
}
