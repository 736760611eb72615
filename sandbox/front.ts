import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { CallCounts } from "./call-counts.ts";
import { SandboxError } from "./errors.ts";
import { type Caller, type GlueApi, GlueFault } from "./glue/api.ts";
import type { Identities } from "./identity.ts";
import type { Judge } from "./judge.ts";
import { type ReverseProxy, readBody } from "./proxy.ts";

/** Everything behind the one port that clients see. */
export interface FrontParts {
  readonly glue: GlueApi;
  readonly proxy: ReverseProxy;
  readonly identities: Identities;
  readonly calls: CallCounts;
  /** Present when IAM is enforced. */
  readonly judge: Judge | undefined;
}

const glueTarget = /^AWSGlue\.([A-Za-z]+)$/;
const controlPath = "/_sandbox/";
/** Tells `launch_ministack.py` that IAM has had its say. */
const judgedHeader = ["X-Sandbox-Judged", "1"];
const stillStarting = new GlueFault("ServiceUnavailable", "the sandbox is still starting", 503);
const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/;

/** Longer than clients keep an idle connection, so that none is closed under a request. */
const keepAliveTimeout = 75_000;

/**
 * Listens on loopback; `parts` is asked at each request, since its parts need the port first. Until they are there,
 * requests are answered 503, which SDKs try again.
 * @throws SandboxError when the port is in use
 */
export async function openFront(port: number, parts: () => FrontParts | undefined): Promise<Server> {
  const server = createServer({ requestTimeout: 0, keepAliveTimeout }, (incoming, answer) => {
    const current = parts();
    if (current === undefined) sendFault(answer, stillStarting);
    else route(current, incoming, answer).catch((error: unknown) => sendFault(answer, asFault(error)));
  });
  server.on("checkContinue", (incoming, answer) => {
    answer.writeContinue();
    server.emit("request", incoming, answer);
  });
  server.listen(port, "127.0.0.1");
  try {
    await once(server, "listening");
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EADDRINUSE")) throw thrown;
    throw new SandboxError(
      `port ${port} is in use`,
      "Stop what listens there, or choose another port with SANDBOX_PORT (0 takes any free one).",
      thrown,
    );
  }
  return server;
}

async function route(parts: FrontParts, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  if (incoming.url?.startsWith(controlPath)) return control(parts, incoming, answer);
  parts.calls.count(incoming);
  const caller = parts.identities.callerOf(incoming.headers);
  const target = incoming.headers["x-amz-target"];
  const operation = typeof target === "string" ? glueTarget.exec(target)?.[1] : undefined;
  if (operation !== undefined) return answerGlue(parts, operation, caller, incoming, answer);
  // keys are born in answers of STS and IAM; every other body only streams through
  const tellsOfKeys =
    incoming.headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
  const learn = (body: string): void => parts.identities.learn(body, caller);
  parts.proxy.pass(incoming, answer, tellsOfKeys ? learn : undefined);
}

async function answerGlue(
  parts: FrontParts,
  operation: string,
  caller: Caller,
  incoming: IncomingMessage,
  answer: ServerResponse,
): Promise<void> {
  const body = await readBody(incoming);
  await parts.judge?.(incoming, operation, body, caller);
  if (parts.glue.operations.has(operation) && !isCatalogTagging(operation, body)) {
    send(answer, 200, await parts.glue.handle(operation, body.toString("utf8"), caller));
    return;
  }
  const reply = await parts.proxy.forward(incoming, body, parts.judge ? judgedHeader : []);
  answer.writeHead(reply.status, reply.headers).end(reply.body);
}

/** Tags of databases and tables are the catalog's, which MiniStack keeps. */
function isCatalogTagging(operation: string, body: Buffer): boolean {
  return (
    /^(?:TagResource|UntagResource|GetTags)$/.test(operation) &&
    /"arn:aws[^"]*:(?:database|table|catalog|connection)\b/.test(body.toString("utf8"))
  );
}

async function control(parts: FrontParts, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  // a page in a browser must not reach the controls through a name it owns
  if (!loopbackHost.test(incoming.headers.host ?? ""))
    throw new GlueFault("Forbidden", "the controls answer to a loopback host only", 403);
  const path = (incoming.url ?? "").slice(controlPath.length);
  if (incoming.method === "GET" && path === "health") return send(answer, 200, { status: "ready" });
  if (incoming.method === "POST" && path === "calls") return send(answer, 200, parts.calls.take());
  const verb = /^glue\/([a-z-]+)$/.exec(path)?.[1];
  if (incoming.method !== "POST" || verb === undefined) {
    throw new GlueFault(
      "NotFound",
      `there is no ${incoming.method} ${incoming.url}; use GET /_sandbox/health, POST /_sandbox/calls or POST /_sandbox/glue/<verb>`,
      404,
    );
  }
  const caller: Caller = parts.identities.callerOf(incoming.headers);
  send(answer, 200, await parts.glue.control(verb, parseJson(await readBody(incoming)), caller));
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8") || "{}");
  } catch (thrown) {
    throw new GlueFault("InvalidInputException", `the body is not JSON: ${String(thrown)}`);
  }
}

function asFault(error: unknown): GlueFault {
  if (error instanceof GlueFault) return error;
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new GlueFault("InternalServiceException", `a defect of the sandbox: ${detail}`, 500);
}

function sendFault(answer: ServerResponse, fault: GlueFault): void {
  if (answer.headersSent) answer.destroy();
  else
    send(
      answer,
      fault.status,
      { __type: fault.code, Message: fault.message },
      { "x-amzn-errortype": fault.code },
    );
}

function send(
  answer: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  answer
    .writeHead(status, {
      "content-type": "application/x-amz-json-1.1",
      "content-length": Buffer.byteLength(text),
      "x-amzn-requestid": randomUUID(),
      ...headers,
    })
    .end(text);
}
