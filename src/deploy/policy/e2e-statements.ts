import { parseS3Uri } from "../../aws/objects.ts";
import type { E2eManifest, Step, StepKind } from "../../manifest/manifest.ts";
import { allow, type Statement } from "./statement.ts";
import { arnsOf, jobArns, type PolicySubject } from "./subject.ts";

/** What an end-to-end run needs; nothing where the manifest has no `e2e`. */
export function e2eStatements(subject: PolicySubject): readonly Statement[] {
  const { e2e } = subject.manifest;
  if (e2e === undefined) return [];
  return [
    ...jobStatements(subject, e2e),
    ...storageStatements(subject, e2e),
    ...queryStatements(subject, e2e),
    ...releaseStatements(subject),
    ...stateStatements(subject),
  ];
}

function jobStatements(subject: PolicySubject, e2e: E2eManifest): readonly Statement[] {
  const arns = arnsOf(subject);
  const runs = new Set(stepsOf(e2e, "run").map(({ job }) => job));
  const named = new Set([...runs, ...e2e.bookmarks]);
  const crawlers = stepsOf(e2e, "crawler").map(({ crawler }) => arns.glue(`crawler/${crawler}`));
  const started = runs.size === 0 ? [] : jobArns(subject, runs);
  return [
    allow(
      "ReadJobs",
      ["glue:BatchGetJobs", "glue:GetJob", "glue:GetJobRun", "glue:GetJobRuns"],
      jobArns(subject, named),
    ),
    allow("RunJobs", ["glue:StartJobRun", "glue:BatchStopJobRun"], started),
    allow(
      "ReadLogs",
      ["logs:FilterLogEvents"],
      started.length + crawlers.length === 0 ? [] : [arns.logs("log-group:/aws-glue/*")],
    ),
    // ResetJobBookmark has no resource of its own (Service Authorization Reference, "Actions defined by AWS Glue")
    allow("ResetBookmarks", ["glue:ResetJobBookmark"], e2e.bookmarks.length === 0 ? [] : ["*"]),
    allow("ReadCrawledTables", ["glue:GetTables"], crawledTables(subject, e2e)),
    allow("Crawl", ["glue:GetCrawler", "glue:ListCrawls", "glue:StartCrawler", "glue:StopCrawler"], crawlers),
  ];
}

/** The database that a crawler writes to is the crawler's own, which the manifest doesn't tell. */
function crawledTables(subject: PolicySubject, e2e: E2eManifest): readonly string[] {
  if (stepsOf(e2e, "crawler").length === 0) return [];
  return ["catalog", "database/*", "table/*/*"].map(arnsOf(subject).glue);
}

function storageStatements(subject: PolicySubject, e2e: E2eManifest): readonly Statement[] {
  const arns = arnsOf(subject);
  const uploads = stepsOf(e2e, "upload");
  const cleaned = e2e.clean.map(({ bucket }) => arns.bucket(bucket));
  // What is missing at the end of a wait is looked for in the function that the upload should have set off.
  const followed = stepsOf(e2e, "expect").length > 0 && uploads.length > 0;
  const watched = [...new Set(uploads.map(({ bucket }) => arns.bucket(bucket)))];
  return [
    allow("ListData", ["s3:ListBucket"], dataBuckets(e2e).map(arns.bucket)),
    allow("SeeTriggers", ["s3:GetBucketNotification"], followed ? watched : []),
    allow(
      "ReadTriggeredLogs",
      ["logs:FilterLogEvents"],
      followed ? [arns.logs("log-group:/aws/lambda/*")] : [],
    ),
    allow("SeeVersions", ["s3:GetBucketVersioning", "s3:ListBucketVersions"], cleaned),
    allow(
      "CleanData",
      ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      e2e.clean.map(({ bucket, prefix }) => arns.objects(bucket, `${prefix}*`)),
    ),
    allow(
      "UploadInput",
      ["s3:PutObject", "s3:GetObject"],
      uploads.map(({ bucket, objectKey }) => arns.objects(bucket, objectKey)),
    ),
  ];
}

/** Athena reads tables and writes results with the caller's rights (Athena user guide, "Access to Amazon S3"). */
function queryStatements(subject: PolicySubject, e2e: E2eManifest): readonly Statement[] {
  const { athena } = e2e;
  if (athena === undefined) return [];
  const arns = arnsOf(subject);
  const output = athena.output === undefined ? undefined : parseS3Uri(`${athena.output}*`);
  const outputBucket = output === undefined ? [] : [arns.bucket(output.bucket)];
  const catalog = ["catalog", `database/${athena.database}`];
  return [
    allow(
      "ReadCatalog",
      ["glue:GetDatabase", "glue:GetTable", "glue:GetTables", "glue:GetPartitions", "glue:BatchGetPartition"],
      [...catalog, `table/${athena.database}/*`].map(arns.glue),
    ),
    allow(
      "Query",
      [
        "athena:GetWorkGroup",
        "athena:StartQueryExecution",
        "athena:StopQueryExecution",
        "athena:GetQueryExecution",
        "athena:GetQueryResults",
      ],
      [arns.athena(`workgroup/${athena.workgroup}`)],
    ),
    allow(
      "ReadData",
      ["s3:GetObject"],
      dataBuckets(e2e).map((bucket) => arns.objects(bucket, "*")),
    ),
    allow("ListResults", ["s3:GetBucketLocation", "s3:ListBucket"], outputBucket),
    allow(
      "KeepResults",
      ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      output === undefined ? [] : [arns.objects(output.bucket, output.key)],
    ),
  ];
}

/** The lock of the environment's runs, and what a re-run picks up. */
function stateStatements(subject: PolicySubject): readonly Statement[] {
  const { scripts, environment } = subject.manifest;
  const folder = `${scripts.prefix}_runs/${environment.name}/*`;
  return [allow("KeepState", ["s3:PutObject"], [arnsOf(subject).objects(scripts.bucket, folder)])];
}

/** Which release put a script where it is; reports quote its lines. */
function releaseStatements(subject: PolicySubject): readonly Statement[] {
  const arns = arnsOf(subject);
  const { bucket, prefix } = subject.manifest.scripts;
  return [
    allow("ListScripts", ["s3:ListBucket"], [arns.bucket(bucket)]),
    allow("ReadScripts", ["s3:GetObject"], [arns.objects(bucket, `${prefix}*`)]),
  ];
}

/** The buckets that steps and cleaning name; tables are taken to lie in them. */
function dataBuckets(e2e: E2eManifest): readonly string[] {
  const named = [...e2e.clean, ...stepsOf(e2e, "upload"), ...stepsOf(e2e, "expect")];
  return [...new Set(named.map(({ bucket }) => bucket))];
}

function stepsOf<K extends StepKind>(e2e: E2eManifest, kind: K): readonly Extract<Step, { kind: K }>[] {
  return e2e.steps.filter((step): step is Extract<Step, { kind: K }> => step.kind === kind);
}
