import { callerOf, listedKeys, preconditionFailed } from "../../aws/answers.ts";
import {
  refused,
  refusedByS3,
  type Script,
  type Scripted,
  type Sent,
  scriptedAws,
} from "../../aws/scripted.ts";

interface StoredObject {
  readonly body: string;
  readonly etag: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A job as Glue's JSON has it. */
export type LiveJob = Readonly<Record<string, unknown>> & { readonly Name: string };

/** What an answer is instead of the usual one; undefined leaves it at that. */
export type Twist = (sent: Sent, usual: () => Scripted) => Scripted | undefined;

export interface SmallAws {
  readonly clients: Awaited<ReturnType<typeof scriptedAws>>;
  /** By key, whatever the bucket. */
  readonly objects: Map<string, StoredObject>;
  readonly jobs: Map<string, LiveJob>;
  /** Runs by job. */
  readonly runs: Map<string, readonly object[]>;
  /** Puts an object there. */
  store(key: string, body: string): void;
  /** Answers calls of an operation otherwise from now on, until it is undone. */
  twist(operation: string, twist: Twist): void;
}

/** An AWS in memory, of the few operations that a deploy uses: quick, and any answer can be another one. */
export async function smallAws(live: readonly LiveJob[] = []): Promise<SmallAws> {
  const objects = new Map<string, StoredObject>();
  const jobs = new Map(live.map((job) => [job.Name, job]));
  const runs = new Map<string, readonly object[]>();
  const twists = new Map<string, Twist>();
  let versions = 0;

  const store = (key: string, body: string, headers: Readonly<Record<string, string>> = {}): string => {
    versions += 1;
    const etag = `"v${versions}"`;
    objects.set(key, { body, etag, headers });
    return etag;
  };

  const usual: Readonly<Record<string, (sent: Sent) => Scripted>> = {
    GET: (sent) => {
      const stored = objects.get(keyOf(sent));
      if (stored === undefined) return refusedByS3("NoSuchKey", 404);
      return { status: 200, headers: { ...stored.headers, etag: stored.etag }, body: stored.body };
    },
    HEAD: (sent) => {
      const stored = objects.get(keyOf(sent));
      if (stored === undefined) return { status: 404 };
      return { status: 200, headers: { ...stored.headers, etag: stored.etag } };
    },
    PUT: (sent) => {
      const standing = objects.get(keyOf(sent));
      const { "if-match": match, "if-none-match": none } = sent.headers;
      if ((none !== undefined && standing !== undefined) || (match !== undefined && match !== standing?.etag))
        return preconditionFailed;
      const checksum = String(sent.headers["x-amz-checksum-sha256"]);
      const etag = store(keyOf(sent), sent.body, { "x-amz-checksum-sha256": checksum });
      return { status: 200, headers: { etag, "x-amz-checksum-sha256": checksum } };
    },
    POST: (sent) => {
      if (!sent.path.includes("delete")) return callerOf("123456789012");
      for (const [, key = ""] of sent.body.matchAll(/<Key>(.*?)<\/Key>/g)) objects.delete(key);
      return "<DeleteResult/>";
    },
    ListObjectsV2: ({ path }) => {
      const { searchParams: search } = new URL(path, "http://s3");
      const [prefix, after] = [search.get("prefix") ?? "", search.get("start-after") ?? ""];
      const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
      if (search.get("delimiter") !== "/") return listedKeys(keys);
      const folders = new Set(keys.flatMap((key) => /^[^/]*\//.exec(key.slice(prefix.length)) ?? []));
      const found = [...folders].map(
        (name) => `<CommonPrefixes><Prefix>${prefix}${name}</Prefix></CommonPrefixes>`,
      );
      return `<ListBucketResult>${found.join("")}</ListBucketResult>`;
    },
    BatchGetJobs: ({ body }) => {
      const { JobNames } = JSON.parse(body) as { JobNames: readonly string[] };
      return {
        Jobs: JobNames.flatMap((name) => jobs.get(name) ?? []),
        JobsNotFound: JobNames.filter((name) => !jobs.has(name)),
      };
    },
    GetJob: ({ body }) => {
      const job = jobs.get((JSON.parse(body) as { JobName: string }).JobName);
      return job === undefined ? refused("EntityNotFoundException") : { Job: job };
    },
    GetJobs: () => ({ Jobs: [...jobs.values()] }),
    UpdateJob: ({ body }) => {
      const { JobName, JobUpdate } = JSON.parse(body) as { JobName: string; JobUpdate: object };
      const before = jobs.get(JobName);
      if (before === undefined) return refused("EntityNotFoundException");
      const LastModifiedOn = Number(before["LastModifiedOn"] ?? 0) + 1;
      jobs.set(JobName, { ...JobUpdate, Name: JobName, LastModifiedOn });
      return { JobName };
    },
    GetJobRuns: ({ body }) => ({
      JobRuns: runs.get((JSON.parse(body) as { JobName: string }).JobName) ?? [],
    }),
    GetTriggers: () => ({ Triggers: [] }),
    GetTags: () => ({ Tags: {} }),
  };

  const script: Script = Object.fromEntries(
    Object.entries(usual).map(([operation, answer]) => [
      operation,
      [
        (sent: Sent): Scripted => {
          const plain = (): Scripted => answer(sent);
          return twists.get(operation)?.(sent, plain) ?? plain();
        },
      ],
    ]),
  );
  return {
    clients: await scriptedAws(script),
    objects,
    jobs,
    runs,
    store,
    twist: (operation, twist) => twists.set(operation, twist),
  };
}

/** Twists the calls of these numbers, from 1 on. */
export function onCall(numbers: readonly number[], twist: Twist): Twist {
  let call = 0;
  return (sent, usual) => {
    call += 1;
    return numbers.includes(call) ? twist(sent, usual) : undefined;
  };
}

function keyOf({ path }: Sent): string {
  return decodeURIComponent(new URL(path, "http://s3").pathname.split("/").slice(2).join("/"));
}
