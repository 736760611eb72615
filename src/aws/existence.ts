import { type AthenaClient, GetWorkGroupCommand, ListWorkGroupsCommand } from "@aws-sdk/client-athena";
import {
  GetDatabaseCommand,
  GetDatabasesCommand,
  type GlueClient,
  ListCrawlersCommand,
  ListJobsCommand,
} from "@aws-sdk/client-glue";
import { HeadBucketCommand, ListBucketsCommand, type S3Client } from "@aws-sdk/client-s3";
import { addressOf, type Bucket } from "./bucket.ts";
import { asToolkitError, isAccessDenied, isNotFound } from "./errors.ts";
import type { AwsCall } from "./facts.ts";

/** `unknown`: the caller may not ask. */
export type Existence = "there" | "missing" | "unknown";

export interface Workgroup {
  readonly existence: Existence;
  readonly enabled: boolean;
  /** Whether it names a place for results, or manages them itself. */
  readonly hasOutput: boolean;
  /** The place that it names. */
  readonly output?: string | undefined;
}

/**
 * Whether a bucket is there, and belongs to the expected owner; HeadBucket answers 403 for one of somebody else.
 * @throws ToolkitError for other failures, such as a bucket in another region
 */
export function bucketExists(s3: S3Client, bucket: Bucket, signal: AbortSignal): Promise<Existence> {
  return ask({ service: "s3", operation: "HeadBucket", resource: `s3://${bucket.name}` }, () =>
    s3.send(new HeadBucketCommand(addressOf(bucket)), { abortSignal: signal }),
  );
}

/** Whether the catalog has a database. @throws ToolkitError */
export function databaseExists(glue: GlueClient, name: string, signal: AbortSignal): Promise<Existence> {
  return ask({ service: "glue", operation: "GetDatabase", resource: `database ${name}` }, () =>
    glue.send(new GetDatabaseCommand({ Name: name }), { abortSignal: signal }),
  );
}

/** An Athena workgroup; Athena answers InvalidRequestException for one that isn't there. @throws ToolkitError */
export async function describeWorkgroup(
  athena: AthenaClient,
  name: string,
  signal: AbortSignal,
): Promise<Workgroup> {
  const call = { service: "athena", operation: "GetWorkGroup", resource: `workgroup ${name}` } as const;
  let enabled = true;
  let hasOutput = false;
  let output: string | undefined;
  const existence = await ask(
    call,
    async () => {
      const { WorkGroup: group } = await athena.send(new GetWorkGroupCommand({ WorkGroup: name }), {
        abortSignal: signal,
      });
      enabled = group?.State !== "DISABLED";
      output = group?.Configuration?.ResultConfiguration?.OutputLocation || undefined;
      hasOutput =
        output !== undefined || group?.Configuration?.ManagedQueryResultsConfiguration?.Enabled === true;
    },
    (thrown) => thrown instanceof Error && thrown.name === "InvalidRequestException",
  );
  return { existence, enabled, hasOutput, output };
}

/** Names that a mistyped one may have meant; empty when the caller may not list them. */
export async function namesOf(
  kind: NamedKind,
  clients: NamingClients,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    return await listers[kind](clients, { abortSignal: signal });
  } catch {
    // A suggestion is a courtesy: without it the finding still stands.
    return [];
  }
}

type NamedKind = "bucket" | "job" | "crawler" | "database" | "workgroup";

interface NamingClients {
  readonly s3: S3Client;
  readonly glue: GlueClient;
  readonly athena: AthenaClient;
}

type Lister = (clients: NamingClients, options: { readonly abortSignal: AbortSignal }) => Promise<string[]>;

const listers: Readonly<Record<NamedKind, Lister>> = {
  bucket: async ({ s3 }, options) =>
    ((await s3.send(new ListBucketsCommand({}), options)).Buckets ?? []).map(({ Name = "" }) => Name),
  job: ({ glue }, options) =>
    allPages(async (NextToken) => {
      const page = await glue.send(new ListJobsCommand({ NextToken, MaxResults: 1000 }), options);
      return { names: page.JobNames, next: page.NextToken };
    }),
  crawler: ({ glue }, options) =>
    allPages(async (NextToken) => {
      const page = await glue.send(new ListCrawlersCommand({ NextToken, MaxResults: 1000 }), options);
      return { names: page.CrawlerNames, next: page.NextToken };
    }),
  database: ({ glue }, options) =>
    allPages(async (NextToken) => {
      const page = await glue.send(new GetDatabasesCommand({ NextToken, MaxResults: 100 }), options);
      return { names: (page.DatabaseList ?? []).flatMap(({ Name }) => Name ?? []), next: page.NextToken };
    }),
  workgroup: ({ athena }, options) =>
    allPages(async (NextToken) => {
      const page = await athena.send(new ListWorkGroupsCommand({ NextToken, MaxResults: 50 }), options);
      return { names: (page.WorkGroups ?? []).flatMap(({ Name }) => Name ?? []), next: page.NextToken };
    }),
};

async function allPages(
  read: (token: string | undefined) => Promise<{ names: string[] | undefined; next: string | undefined }>,
): Promise<string[]> {
  const names: string[] = [];
  let token: string | undefined;
  do {
    const page = await read(token);
    names.push(...(page.names ?? []));
    token = page.next === "" ? undefined : page.next;
  } while (token !== undefined && names.length < 10_000);
  return names;
}

async function ask(
  call: AwsCall,
  send: () => Promise<unknown>,
  isMissing: (thrown: unknown) => boolean = isNotFound,
): Promise<Existence> {
  try {
    await send();
    return "there";
  } catch (thrown) {
    if (isMissing(thrown)) return "missing";
    if (isAccessDenied(thrown)) return "unknown";
    throw asToolkitError(thrown, call);
  }
}
