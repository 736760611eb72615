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

export type ReleasesDocument = z.infer<typeof releasesDocumentSchema>;
export type ReleaseDiffDocument = z.infer<typeof releaseDiffDocumentSchema>;
