import * as z from "zod";
import { parseDuration } from "../base/duration.ts";
import { messageOf } from "../base/errors.ts";
import { jobKey, nonEmpty, relativePath, s3Folder, s3Glob, s3Prefix, s3Uri } from "./primitives.ts";

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
  needs: z
    .union([jobKey.transform((need) => [need]), z.array(jobKey)])
    .default([])
    .describe("Steps that must be done before this one starts: one, or a list"),
  timeout: duration.optional(),
  retries: z
    .strictObject({
      times: z.number().int().min(1).max(5).default(1).describe("How often at most"),
      on: z
        .array(z.string().regex(/^[a-z0-9-]+$/, "must be the code of a failure"))
        .nonempty()
        .describe("Codes of the failures after which the step is done again, such as no-capacity"),
    })
    .optional()
    .describe("Whether the step is done again after failures of these kinds, within its timeout"),
};

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const upload = z.strictObject({
  ...common,
  upload: relativePath.describe("File of this repository to upload"),
  to: s3Uri.describe("Where to: a prefix ending in / keeps the file's name"),
});

const expectObject = z.strictObject({
  ...common,
  expect: s3Glob.describe("Glob of an object that must appear, newer than the run's start"),
});

const crawler = z.strictObject({
  ...common,
  crawler: nonEmpty.describe("Name of the crawler to run"),
  "expect-tables": z
    .array(nonEmpty)
    .nonempty()
    .optional()
    .describe("Tables that the crawler must have made or kept, and no new ones beside them"),
});

const run = z.strictObject({
  ...common,
  run: jobKey.describe("Key of the job to run"),
  arguments: z
    .record(z.string().startsWith("--", "must start with --"), z.coerce.string())
    .default({})
    .describe("Arguments of this run"),
});

const expectations = ["expect-value", "expect-rows", "expect-min-rows", "expect-columns"];

/** Whether a statement is there for the rows that it gives: without an expectation it would check nothing. */
function givesRows(sql: string): boolean {
  const bare = sql.replaceAll(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ").replace(/^[\s(]+/, "");
  return /^(?:select|with|values|table)\b/i.test(bare);
}

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
    (step) => expectations.some((key) => key in step) || !givesRows(step.query),
    "needs an expectation: expect-value, expect-rows, expect-min-rows or expect-columns; where it only has to succeed, expect-min-rows: 0",
  );

/** The member that decides a step's kind, and the schema of that kind. */
export const stepKinds = { upload, expect: expectObject, crawler, run, query } as const;

const step = z.union([upload, expectObject, crawler, run, query]).describe("One step of the pipeline");

export const e2eSchema = z
  .strictObject({
    clean: z.array(s3Prefix).default([]).describe("S3 prefixes emptied before the run"),
    "allow-whole-bucket": z.array(nonEmpty).default([]).describe("Buckets that clean may empty as a whole"),
    bookmarks: z
      .array(
        z.union([
          jobKey,
          z.strictObject({
            job: jobKey,
            "may-be-missing": z.boolean().describe("Whether the job may have no bookmark yet"),
          }),
        ]),
      )
      .default([])
      .describe("Keys of jobs whose bookmark is reset"),
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
