import * as z from "zod";
import { parseGlueVersion, parseShellPython } from "../base/glue-versions.ts";
import { e2eSchema } from "./e2e-schema.ts";
import { cheap, jobKey, named, nonEmpty, pythonLibrary, relativePath } from "./primitives.ts";
import { validateSchema } from "./validate-schema.ts";

/** Glue versions as a manifest writes them; Python shell jobs give their Python version instead. */
const glueVersion = named(parseGlueVersion).describe(
  'Glue version of the job, such as "5.0": picks the Python grammar offline',
);

const extraPyFiles = z
  .array(relativePath.refine(...pythonLibrary))
  .describe(
    "Folders, .py, .zip, .whl or .egg files of this repository, passed as --extra-py-files; folders and modules become zips, or wheels for a Python shell job",
  );

/** What jobs can share beside the Glue version: what is passed to them, and what that replaces. */
const libraries = {
  "extra-py-files": extraPyFiles.optional(),
  "additional-python-modules": z
    .array(nonEmpty)
    .optional()
    .describe(
      "Requirements (pandas==2.1.4) and wheels of this repository, merged into --additional-python-modules by name",
    ),
  "extra-jars": z
    .array(relativePath.regex(/\.jar$/i, "must be a .jar file"))
    .optional()
    .describe("Jars of this repository, passed as --extra-jars"),
  "extra-files": z
    .array(relativePath)
    .optional()
    .describe("Files of this repository, passed as --extra-files under their own names"),
  replaces: z
    .array(z.string().regex(/^s3:\/\/[^/]+\/.+$/, "must be an S3 URI"))
    .optional()
    .describe("Entries of somebody else's in the job's library arguments that a deploy takes out"),
};

/** How S3 encrypts what the toolkit writes; without it the bucket's own default applies. */
const encryption = z
  .discriminatedUnion("type", [
    z.strictObject({ type: z.literal("AES256") }),
    z.strictObject({
      type: z.literal("aws:kms"),
      key: nonEmpty.optional().describe("ARN or id of the KMS key; else the account's own key for S3"),
    }),
  ])
  .optional()
  .describe("Server-side encryption that every object of the toolkit's is written with");

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
    "python-version": named(parseShellPython)
      .optional()
      .describe("Python of a Python shell or Ray job; leave out for Spark jobs"),
    ...libraries,
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
    encryption,
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
    .strictObject({ "glue-version": glueVersion.optional(), ...libraries })
    .default({})
    .describe("What the jobs share"),
  jobs: z.record(jobKey, job).refine((all) => Object.keys(all).length > 0, "must name at least one job"),
  validate: validateSchema.optional(),
  e2e: e2eSchema.optional(),
});

/** The parsed document, still in the file's own kebab-case shape. */
export type ManifestDocument = z.infer<typeof manifestSchema>;
