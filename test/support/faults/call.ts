import type { IncomingMessage } from "node:http";

/** One request as it passes through: which, of which operation, about what. */
export interface PassingCall {
  /** 1 for the first. */
  readonly number: number;
  /** `glue:UpdateJob`, `s3:PutObject`, `sts:GetCallerIdentity`. */
  readonly operation: string;
  readonly method: string;
  /** Path and query of the request. */
  readonly path: string;
  readonly body: Buffer;
}

const services: Readonly<Record<string, string>> = {
  AWSGlue: "glue",
  AmazonAthena: "athena",
  Logs_20140328: "logs",
};

const s3Operations: Readonly<Record<string, string>> = {
  PUT: "s3:PutObject",
  GET: "s3:GetObject",
  HEAD: "s3:HeadObject",
  POST: "s3:DeleteObjects",
};

/** The operation that a request asks for. */
export function operationOf(incoming: IncomingMessage, body: Buffer): string {
  const target = incoming.headers["x-amz-target"];
  if (typeof target === "string") {
    const [service = "", operation = ""] = target.split(".");
    return `${services[service] ?? service}:${operation}`;
  }
  if (body.includes("Action=GetCallerIdentity")) return "sts:GetCallerIdentity";
  const { method = "GET", url = "" } = incoming;
  if (method === "GET" && url.includes("list-type=2")) return "s3:ListObjectsV2";
  if (method === "GET" && /[?&]versions\b/.test(url)) return "s3:ListObjectVersions";
  if (method === "GET" && /[?&]versioning\b/.test(url)) return "s3:GetBucketVersioning";
  if (method === "HEAD" && !/^\/[^/?]+\/[^?]/.test(url)) return "s3:HeadBucket";
  return s3Operations[method] ?? `s3:${method}`;
}

/** Whether the service speaks XML; the others speak JSON. */
export function speaksXml({ operation }: Pick<PassingCall, "operation">): boolean {
  return /^(s3|sts):/.test(operation);
}

const subjects = ["JobName", "JobNames", "Name", "QueryExecutionId", "DatabaseName", "logGroupName"];

/**
 * What a call is about, the same whenever a seed is played again: the times, hashes and random ids in names are left out.
 */
export function subjectOf(call: PassingCall): string {
  const text = speaksXml(call) ? call.path.replace(/[?&]x-id=.*$/, "") : namedIn(call.body);
  return text.replaceAll(/\d{8}T[\d.]+Z[^/]*|[0-9a-f]{8}(-?[0-9a-f]{4})*/g, "·");
}

function namedIn(body: Buffer): string {
  const input = JSON.parse(body.toString() || "{}") as Readonly<Record<string, unknown>>;
  const name = subjects.find((each) => each in input);
  return name === undefined || name === "QueryExecutionId" ? "" : JSON.stringify(input[name]);
}
