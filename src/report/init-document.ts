import * as z from "zod";

/** The JSON document of `init`. */
export const initDocumentSchema = z.strictObject({
  version: z.literal(1),
  manifest: z.string(),
  written: z.array(z.string()),
  jobs: z.array(z.strictObject({ key: z.string(), job: z.string(), script: z.string() })),
  notes: z.array(z.string()),
});

export type InitDocument = z.infer<typeof initDocumentSchema>;
