import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";
import { type AwsClients, createClients } from "../../src/aws/clients.ts";
import { type Progress, silent } from "../../src/base/progress.ts";

/** An answer: an object as JSON, a string as XML, or all of it. */
export type Scripted =
  | object
  | string
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string };

/** An answer, or what makes one of the request. */
type Answer = Scripted | ((sent: Sent) => Scripted);

/** Answers by operation, in turn; the last one goes on. `GET`, `HEAD`, `PUT` and `POST` are S3's. */
export type Script = Readonly<Record<string, readonly [Answer, ...Answer[]]>>;

/** A request as it arrived. */
export interface Sent {
  readonly operation: string;
  /** With its query. */
  readonly path: string;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

/** Clients of an AWS that answers by a script, for answers that a sandbox never gives. */
export async function scriptedAws(
  script: Script,
  progress: Progress = silent,
): Promise<AwsClients & { readonly seen: readonly string[]; readonly sent: readonly Sent[] }> {
  const seen: string[] = [];
  const sent: Sent[] = [];
  const server = createServer(async (incoming, reply) => {
    const body = await text(incoming);
    const operation = operationOf(incoming);
    const answers = script[operation] ?? [refused("Unscripted", operation)];
    const count = seen.filter((name) => name === operation).length;
    seen.push(operation);
    const request: Sent = { operation, path: incoming.url ?? "", body, headers: incoming.headers };
    sent.push(request);
    const next = answers[Math.min(count, answers.length - 1)] ?? {};
    const answer = whole(typeof next === "function" ? next(request) : next);
    reply.writeHead(answer.status, answer.headers).end(incoming.method === "HEAD" ? undefined : answer.body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const credentials = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  };
  Object.assign(process.env, credentials);
  const clients = createClients({ region: "us-east-1", progress });
  onTestFinished(() => {
    clients.destroy();
    server.closeAllConnections();
    server.close();
  });
  return Object.assign(clients, { seen, sent });
}

/** A refusal as Glue, Athena and CloudWatch Logs word it. */
export function refused(code: string, message = "said AWS", status = 400): Scripted {
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify({ __type: code, message }),
  };
}

/** A refusal as S3 words it. */
export function refusedByS3(code: string, status: number): Scripted {
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<Error><Code>${code}</Code><Message>said S3</Message></Error>`,
  };
}

function operationOf({ headers, method, url }: IncomingMessage): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1) ?? "";
  if (url?.includes("?versioning") === true) return "GetBucketVersioning";
  if (url?.includes("versions") === true) return "ListObjectVersions";
  return url?.includes("list-type=2") === true ? "ListObjectsV2" : (method ?? "");
}

function whole(answer: Scripted): { status: number; headers: Record<string, string>; body: string } {
  if (typeof answer === "string")
    return { status: 200, headers: { "content-type": "application/xml" }, body: answer };
  if ("status" in answer) return { headers: {}, body: "", ...answer };
  return {
    status: 200,
    headers: { "content-type": "application/x-amz-json-1.1" },
    body: JSON.stringify(answer),
  };
}
