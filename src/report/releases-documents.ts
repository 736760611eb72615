import * as z from "zod";

/** The JSON document of `releases list`. */
export const releasesDocumentSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  releases: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      status: z.string(),
      createdAt: z.string(),
      commit: z.string(),
      dirty: z.boolean().nullable(),
      manifest: z.string().nullable(),
      actor: z.string().nullable(),
      runUrl: z.string().nullable(),
      rollbackTo: z.string().nullable(),
      changed: z.array(z.string()).readonly(),
      jobs: z.number().int().nonnegative(),
      note: z.string().nullable(),
    }),
  ),
});

/** The JSON document of `releases diff`. */
export const releaseDiffDocumentSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  from: z.string(),
  to: z.string(),
  jobs: z.array(
    z.strictObject({
      job: z.string(),
      fields: z
        .array(z.strictObject({ member: z.string(), from: z.string().nullable(), to: z.string().nullable() }))
        .readonly(),
      scriptDiff: z.string().nullable(),
    }),
  ),
});

/** The JSON document of `releases prune`. */
export const pruneDocumentSchema = z.strictObject({
  version: z.literal(1),
  environment: z.string(),
  /** Whether nothing was deleted, and `releases` and `keys` are what would be. */
  dryRun: z.boolean(),
  releases: z.array(z.string()),
  keys: z.array(z.string()),
  inUse: z.array(z.string()),
  failed: z.array(z.strictObject({ key: z.string(), code: z.string(), message: z.string() })),
  warnings: z.array(z.string()),
});

export type PruneDocument = z.infer<typeof pruneDocumentSchema>;
export type ReleasesDocument = z.infer<typeof releasesDocumentSchema>;
export type ReleaseDiffDocument = z.infer<typeof releaseDiffDocumentSchema>;
