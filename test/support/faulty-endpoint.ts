import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it passes through: which, of which operation, about what. */
export interface PassingCall {
  /** 1 for the first. */
  readonly number: number;
  /** `glue:UpdateJob`, `s3:PutObject`, `sts:GetCallerIdentity`. */
  readonly operation: string;
  /** Path and query of the request. */
  readonly path: string;
  readonly body: Buffer;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

type Answer = Reply | undefined | Promise<Reply | undefined>;

export interface Faults {
  /** What it gives is the answer, and the call never arrives. */
  before?(call: PassingCall): Answer;
  /** What it gives replaces the answer of a call that has had its effect. */
  after?(call: PassingCall, reply: Reply): Answer;
}

/** An endpoint that stands between a process and an AWS. */
export interface FaultyEndpoint {
  readonly url: string;
  readonly calls: readonly PassingCall[];
  /** Resolves when no call is under way any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Passes all calls on to `upstream` but for what the faults say. */
export async function openFaultyEndpoint(upstream: string, faults: Faults): Promise<FaultyEndpoint> {
  const agent = new Agent({ keepAlive: true });
  const calls: PassingCall[] = [];
  const underWay = new Set<Promise<void>>();
  const server = createServer((incoming, answer) => {
    const work = pass(incoming, answer).catch(() => void answer.destroy());
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  });
  const pass = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = await readAll(incoming);
    const call = {
      number: calls.length + 1,
      operation: operationOf(incoming, body),
      path: incoming.url ?? "",
      body,
    };
    calls.push(call);
    const instead = await faults.before?.(call);
    const reply = instead ?? (await send(agent, upstream, incoming, body));
    const replaced = instead ?? (await faults.after?.(call, reply)) ?? reply;
    answer.writeHead(replaced.status, { ...replaced.headers }).end(replaced.body);
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    idle: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An error as the Glue API, or S3, answers it. */
export function errorReply(operation: string, status: number, code: string, message: string): Reply {
  const xml = !operation.startsWith("glue:");
  const body = xml
    ? `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`
    : JSON.stringify({ __type: code, Message: message });
  return {
    status,
    headers: {
      "content-type": xml ? "application/xml" : "application/x-amz-json-1.1",
      "x-amzn-requestid": "00000000-0000-0000-0000-000000000000",
      ...(xml ? {} : { "x-amzn-errortype": code }),
    },
    body: Buffer.from(body),
  };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The Host header stays as the client signed it. */
async function send(agent: Agent, upstream: string, incoming: IncomingMessage, body: Buffer): Promise<Reply> {
  const { hostname, port } = new URL(upstream);
  const { expect: _expect, "transfer-encoding": _chunked, ...headers } = incoming.headers;
  const outgoing = request({
    hostname,
    port,
    agent,
    method: incoming.method,
    path: incoming.url,
    headers: { ...headers, "content-length": body.byteLength },
    setHost: false,
  });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const { "transfer-encoding": _mode, connection: _connection, ...kept } = response.headers;
  return { status: response.statusCode ?? 502, headers: kept, body: await readAll(response) };
}

const s3Operations: Readonly<Record<string, string>> = {
  PUT: "s3:PutObject",
  GET: "s3:GetObject",
  HEAD: "s3:HeadObject",
  POST: "s3:DeleteObjects",
};

function operationOf(incoming: IncomingMessage, body: Buffer): string {
  const target = incoming.headers["x-amz-target"];
  if (typeof target === "string") return `glue:${target.split(".")[1] ?? ""}`;
  if (body.includes("Action=GetCallerIdentity")) return "sts:GetCallerIdentity";
  if (incoming.method === "GET" && incoming.url?.includes("list-type=2") === true) return "s3:ListObjectsV2";
  return s3Operations[incoming.method ?? ""] ?? `s3:${incoming.method}`;
}
