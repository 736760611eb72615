import * as z from "zod";
import { parseDuration } from "../base/duration.ts";
import { messageOf } from "../base/errors.ts";
import { cheap, jobKey, nonEmpty, relativePath, s3Folder, s3Uri } from "./primitives.ts";

const duration = z
  .string()
  .transform((text, context) => {
    try {
      return parseDuration(text);
    } catch (thrown) {
      context.addIssue({ code: "custom", message: messageOf(thrown) });
      return z.NEVER;
    }
  })
  .describe("A limit such as 90s, 20m or 1h30m");

const common = {
  needs: z.array(jobKey).default([]).describe("Steps that must be done before this one starts"),
  timeout: duration.optional(),
};

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const upload = z.strictObject({
  ...common,
  upload: relativePath.describe("File of this repository to upload"),
  to: s3Uri.describe("Where to: a prefix ending in / keeps the file's name"),
});

const expectObject = z.strictObject({
  ...common,
  expect: s3Uri.refine(...cheap).describe("Glob of an object that must appear, newer than the run's start"),
});

const crawler = z.strictObject({ ...common, crawler: nonEmpty.describe("Name of the crawler to run") });

const run = z.strictObject({
  ...common,
  run: jobKey.describe("Key of the job to run"),
  arguments: z
    .record(z.string().startsWith("--", "must start with --"), z.coerce.string())
    .default({})
    .describe("Arguments of this run"),
});

const query = z
  .strictObject({
    ...common,
    query: nonEmpty.describe("SQL for Athena"),
    "expect-value": scalar.optional().describe("The first column of the only row"),
    "expect-rows": z.number().int().nonnegative().optional().describe("Exact number of rows"),
    "expect-min-rows": z.number().int().nonnegative().optional().describe("Least number of rows"),
    "expect-columns": z.array(nonEmpty).nonempty().optional().describe("Column names, in order"),
    tolerance: z.number().nonnegative().optional().describe("Allowed distance from a numeric expect-value"),
  })
  .refine(
    (step) => ["expect-value", "expect-rows", "expect-min-rows", "expect-columns"].some((key) => key in step),
    "needs an expectation: expect-value, expect-rows, expect-min-rows or expect-columns",
  );

/** The member that decides a step's kind, and the schema of that kind. */
export const stepKinds = { upload, expect: expectObject, crawler, run, query } as const;

const step = z.union([upload, expectObject, crawler, run, query]).describe("One step of the pipeline");

export const e2eSchema = z
  .strictObject({
    clean: z.array(s3Folder).default([]).describe("S3 prefixes emptied before the run"),
    "allow-whole-bucket": z.array(nonEmpty).default([]).describe("Buckets that clean may empty as a whole"),
    bookmarks: z.array(jobKey).default([]).describe("Keys of jobs whose bookmark is reset"),
    athena: z
      .strictObject({
        database: nonEmpty,
        workgroup: nonEmpty.default("primary"),
        output: s3Folder.optional().describe("Where results go when the workgroup names no place"),
      })
      .optional(),
    steps: z.record(jobKey, step).describe("The graph of steps"),
  })
  .describe("The end-to-end run");

export type E2eDocument = z.infer<typeof e2eSchema>;
export type StepDocument = z.infer<typeof step>;
