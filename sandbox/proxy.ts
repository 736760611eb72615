import { Agent, type IncomingMessage, request, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";

export interface ReverseProxy {
  /** Streams a request to the upstream and its answer back, both unchanged; `tap` is told of a small text answer. */
  pass(incoming: IncomingMessage, answer: ServerResponse, tap?: (body: string) => void): void;
  /** Sends an already read request upstream with the very headers it came with, and more of ours. */
  forward(incoming: IncomingMessage, body: Buffer, more: readonly string[]): Promise<UpstreamAnswer>;
  close(): void;
}

export interface UpstreamAnswer {
  readonly status: number;
  /** Name, value, name, value, … */
  readonly headers: string[];
  readonly body: Buffer;
}

/** Headers that belong to one connection and are not passed on (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "expect",
]);

/** Headers between the front and MiniStack, which no client may send. */
const ours = /^x-sandbox-/i;

/** An idle connection is given up before MiniStack gives it up, after 75 s. */
const idleMilliseconds = 30_000;

/** A streaming reverse proxy to one upstream; the Host header stays, since SigV4 signs it. */
export function createProxy(upstream: string): ReverseProxy {
  const { hostname, port } = new URL(upstream);
  const agent = new Agent({ keepAlive: true, maxSockets: 256, timeout: idleMilliseconds });
  const open = (incoming: IncomingMessage, more: readonly string[] = []) =>
    request({
      hostname,
      port,
      agent,
      method: incoming.method,
      path: incoming.url,
      headers: [...endToEnd(incoming), ...more],
      setHost: false,
    });
  return {
    pass(incoming, answer, tap) {
      const outgoing = open(incoming);
      outgoing.on("error", (error) => refuse(answer, error));
      outgoing.on("response", (response) => {
        answer.writeHead(
          response.statusCode ?? 502,
          response.statusMessage,
          withoutHopByHop(response.rawHeaders),
        );
        if (tap) collect(response).then(tap, () => undefined);
        pipeline(response, answer, () => undefined);
      });
      answer.on("close", () => outgoing.destroy());
      pipeline(incoming, outgoing, () => undefined);
    },
    forward(incoming, body, more) {
      return new Promise((resolve, reject) => {
        const outgoing = open(incoming, more);
        outgoing.on("error", reject);
        outgoing.on("response", (response) => {
          const { statusCode: status = 502, rawHeaders } = response;
          readBody(response).then(
            (content) => resolve({ status, headers: withoutHopByHop(rawHeaders), body: content }),
            reject,
          );
        });
        outgoing.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}

/** The whole body of a message, in memory. */
export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function collect(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  message.on("data", (chunk: Buffer) => chunks.push(chunk));
  await new Promise<void>((resolve, reject) => message.on("end", resolve).on("error", reject));
  return Buffer.concat(chunks).toString("utf8");
}

function endToEnd(incoming: IncomingMessage): string[] {
  const headers = withoutHopByHop(incoming.rawHeaders);
  // a body of unknown length stays chunked on the way on
  const chunked = incoming.headers["transfer-encoding"] !== undefined;
  return chunked ? [...headers, "Transfer-Encoding", "chunked"] : headers;
}

function withoutHopByHop(raw: readonly string[]): string[] {
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const [name = "", value = ""] = [raw[index], raw[index + 1]];
    if (!hopByHop.has(name.toLowerCase()) && !ours.test(name)) kept.push(name, value);
  }
  return kept;
}

function refuse(answer: ServerResponse, error: Error): void {
  if (answer.headersSent) answer.destroy(error);
  else
    answer
      .writeHead(503, { "content-type": "text/plain" })
      .end(`the embedded AWS is not there: ${error.message}`);
}
