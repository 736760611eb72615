import * as z from "zod";
import { e2eSchema } from "./e2e-schema.ts";
import { cheap, jobKey, nonEmpty, relativePath } from "./primitives.ts";
import { validateSchema } from "./validate-schema.ts";

/** Glue versions as a manifest writes them; Python shell jobs give their Python version instead. */
const glueVersion = z
  .union([z.string(), z.number().transform((value) => value.toFixed(1))])
  .pipe(z.string().regex(/^\d+\.\d+$/, 'must be a Glue version such as "5.0"'))
  .describe('Glue version of the job, such as "5.0": picks the Python grammar offline');

const extraPyFiles = z
  .array(relativePath)
  .describe("Folders or .py files of this repository, zipped and passed as --extra-py-files");

const variables = z.record(z.string().regex(/^[a-z][a-z0-9_-]*$/i), z.coerce.string()).default({});

const environment = z
  .strictObject({
    region: nonEmpty.describe("AWS region, such as us-east-1"),
    account: z
      .string()
      .regex(/^\d{12}$/, "must be 12 digits, quoted")
      .optional()
      .describe("Refuse to touch any other AWS account than this one"),
    variables: variables.describe(
      "Values for ${name} in this file; they win over those for all environments",
    ),
  })
  .describe("One target of a deploy");

const job = z
  .strictObject({
    job: nonEmpty.describe("Name of the Glue job"),
    script: relativePath
      .refine(...cheap)
      .describe("Path of the script, or a glob that stands for one job per file"),
    "glue-version": glueVersion.optional(),
    "python-version": z
      .union([z.string(), z.number().transform(String)])
      .pipe(z.enum(["3.6", "3.9"]))
      .optional()
      .describe("Python of a Python shell or Ray job; leave out for Spark jobs"),
    "extra-py-files": extraPyFiles.optional(),
    bookmarks: z
      .boolean()
      .default(false)
      .describe("Whether the job keeps bookmarks: its script must then commit"),
  })
  .describe("One Glue job and the script it runs");

/** Where deployed scripts are kept. */
export const scriptsSchema = z
  .strictObject({
    bucket: nonEmpty.describe("S3 bucket that holds the deployed scripts and the release ledger"),
    prefix: z
      .string()
      .regex(/^$|^[^/].*\/$/, "must end in / and not start with one")
      .default("")
      .describe("Key prefix below which the toolkit writes"),
  })
  .describe("Where deployed scripts are kept");

/** The document of `glue-pipeline.yml` after substitution; unknown keys are errors. */
export const manifestSchema = z.strictObject({
  version: z.literal(1).describe("Version of this file's format"),
  name: nonEmpty.describe("Name of the pipeline, shown in reports"),
  environments: z
    .record(z.string().regex(/^[A-Za-z0-9_-]+$/), environment)
    .refine((all) => Object.keys(all).length > 0, "must name at least one environment"),
  variables: variables.describe(
    "Values for ${name} in this file, for every environment that has none of its own",
  ),
  scripts: scriptsSchema,
  defaults: z
    .strictObject({ "glue-version": glueVersion.optional(), "extra-py-files": extraPyFiles.optional() })
    .default({})
    .describe("What the jobs share"),
  jobs: z.record(jobKey, job).refine((all) => Object.keys(all).length > 0, "must name at least one job"),
  validate: validateSchema.optional(),
  e2e: e2eSchema.optional(),
});

/** The parsed document, still in the file's own kebab-case shape. */
export type ManifestDocument = z.infer<typeof manifestSchema>;
