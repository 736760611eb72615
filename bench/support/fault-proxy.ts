import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { pick } from "./seeded.ts";

export interface FaultProxy {
  readonly endpoint: string;
  /** Faults that were made, by kind. */
  readonly faults: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

export interface FaultOptions {
  readonly upstream: string;
  readonly random: () => number;
  /** Share of calls that meet a fault. */
  readonly share: number;
  /** Told of each call before it is sent on: `AWSGlue.StartJobRun`, `PUT /bucket/key`. */
  readonly onCall: (call: string) => void;
  /** Told of each call that had its effect, before its answer goes back. */
  readonly onEffect: (call: string) => void;
  /** Whether somebody cancels this query. */
  readonly isCancelled: (queryId: string) => boolean;
}

const kinds = { throttle: 3, error: 2, "error-after": 2, drop: 2, "drop-after": 2 } as const;
type Kind = keyof typeof kinds;

interface Answer {
  readonly status: number;
  readonly headers: string[];
  readonly body: Buffer;
}

/** Stands between clients and the sandbox and fails some calls as networks and services do, before or after their effect. */
export async function startFaultProxy(options: FaultOptions): Promise<FaultProxy> {
  const faults: Record<string, number> = {};
  const answers = new Map<string, Answer>();
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const call = nameOf(incoming);
    const body = Buffer.concat(await incoming.toArray());
    options.onCall(call);
    const fault = options.random() < options.share ? pick<Kind>(options.random, kinds) : undefined;
    if (fault !== undefined) faults[fault] = (faults[fault] ?? 0) + 1;
    if (fault === "drop") return void incoming.socket.destroy();
    if (fault === "throttle" || fault === "error") return send(outgoing, refusal(call, fault));
    const answer = cancelled(call, await effect(incoming, call, body), options);
    options.onEffect(call);
    if (fault === "drop-after") return void incoming.socket.destroy();
    send(outgoing, fault === "error-after" ? refusal(call, "error") : answer);
  };
  /** Athena starts one query for one token, however often it is sent (API reference, ClientRequestToken). */
  const effect = async (incoming: IncomingMessage, call: string, body: Buffer): Promise<Answer> => {
    if (!call.endsWith(".StartQueryExecution")) return forward(options.upstream, incoming, body);
    const { ClientRequestToken: token } = JSON.parse(body.toString()) as { ClientRequestToken: string };
    const answer = answers.get(token) ?? (await forward(options.upstream, incoming, body));
    answers.set(token, answer);
    return answer;
  };
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    faults,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function nameOf(incoming: IncomingMessage): string {
  const target = incoming.headers["x-amz-target"];
  return typeof target === "string" ? target : `${incoming.method} ${incoming.url}`;
}

function refusal(call: string, kind: "throttle" | "error"): Answer {
  const [status, json, xml] =
    kind === "throttle"
      ? [400, "ThrottlingException", "SlowDown"]
      : [500, "InternalServiceException", "InternalError"];
  const isJson = !/^[A-Z]+ /.test(call);
  const body = isJson
    ? JSON.stringify({ __type: json, message: "made by the fault proxy" })
    : `<?xml version="1.0"?><Error><Code>${xml}</Code><Message>made by the fault proxy</Message></Error>`;
  const type = isJson ? "application/x-amz-json-1.1" : "application/xml";
  return {
    status: isJson ? status : kind === "throttle" ? 503 : 500,
    headers: ["content-type", type],
    body: Buffer.from(body),
  };
}

function cancelled(call: string, answer: Answer, options: FaultOptions): Answer {
  if (!call.endsWith(".GetQueryExecution") || answer.status !== 200) return answer;
  const told = JSON.parse(answer.body.toString()) as {
    QueryExecution: { QueryExecutionId: string; Status: object };
  };
  const { QueryExecution: query } = told;
  if (!options.isCancelled(query.QueryExecutionId)) return answer;
  const Status = { ...query.Status, State: "CANCELLED", StateChangeReason: "Query was cancelled by user" };
  return { ...answer, body: Buffer.from(JSON.stringify({ QueryExecution: { ...query, Status } })) };
}

async function forward(upstream: string, incoming: IncomingMessage, body: Buffer): Promise<Answer> {
  const { hostname, port } = new URL(upstream);
  const { method, url: path, rawHeaders: headers } = incoming;
  const outgoing = request({ hostname, port, method, path, headers, setHost: false });
  outgoing.end(body);
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  const text = Buffer.concat(await response.toArray());
  return { status: response.statusCode ?? 502, headers: response.rawHeaders, body: text };
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const kept = headers.flatMap((name, index) =>
    index % 2 === 0 && !/^(content-length|transfer-encoding|connection|keep-alive)$/i.test(name)
      ? [name, headers[index + 1] ?? ""]
      : [],
  );
  outgoing.writeHead(status, kept).end(body);
}
