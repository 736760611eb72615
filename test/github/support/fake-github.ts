import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { validate } from "@octokit/graphql-schema";
import { OpenAPIBackend } from "openapi-backend";
import { githubDescription } from "./description.ts";
import { createState, type GitHubState } from "./github-state.ts";

export interface SentRequest {
  readonly method: string;
  /** Path with its query. */
  readonly path: string;
  readonly body: unknown;
}

/** An answer in place of the usual one. */
export interface Fault {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** The server does the thing and then fails. */
  readonly after?: boolean;
}

/** GitHub on this machine: every request is checked against GitHub's own descriptions before it is answered. */
export interface FakeGitHub extends GitHubState {
  readonly url: string;
  readonly requests: readonly SentRequest[];
  /** What was wrong with requests; a test expects none. */
  readonly problems: readonly string[];
  /** Faults for the next requests whose method and path match, one each. */
  fail(match: RegExp, ...faults: readonly Fault[]): void;
  /** A fault for every request whose method and path match. */
  failAlways(match: RegExp, fault: Fault): void;
  stop(): Promise<void>;
}

const prefix = "/api/v3";

/** Read once: it is large. */
const description = once(async () => {
  const api = new OpenAPIBackend({
    definition: githubDescription(),
    quick: true,
    ajvOpts: { strict: false, validateFormats: false, coerceTypes: false },
  });
  await api.init();
  return api;
});

const graphqlErrors = remembered((query) => validate(query).map(({ message }) => message));

export async function startFakeGitHub(): Promise<FakeGitHub> {
  const api = await description();
  const state = createState();
  const requests: SentRequest[] = [];
  const problems: string[] = [];
  const faults: { match: RegExp; queue: Fault[]; always?: Fault }[] = [];

  const answer = (
    request: SentRequest,
    token: string | undefined,
  ): { status: number; body: unknown; headers?: object } => {
    const name = `${request.method} ${request.path}`;
    const fault = faults.find(({ match, queue, always }) => match.test(name) && (queue.length > 0 || always));
    const planned = fault?.queue.shift() ?? fault?.always;
    if (planned !== undefined && planned.after !== true) return failure(planned);
    const usual = request.path === "/api/graphql" ? graphql(request) : rest(request);
    if (token === undefined) problems.push(`${name}: no token`);
    return planned === undefined ? usual : failure(planned);
  };

  const rest = (request: SentRequest) => {
    const url = new URL(request.path, "http://localhost");
    const plain = {
      method: request.method,
      path: url.pathname.slice(prefix.length),
      query: Object.fromEntries(
        [...url.searchParams].map(([key, value]) => [key, /^\d+$/.test(value) ? Number(value) : value]),
      ),
      headers: { "content-type": "application/json" },
      body: request.body,
    };
    const operation = url.pathname.startsWith(prefix) ? api.matchOperation(plain as never) : undefined;
    if (operation?.operationId === undefined) {
      problems.push(`${request.method} ${request.path}: no such operation`);
      return { status: 404, body: { message: "Not Found" } };
    }
    const { valid, errors } = api.validateRequest(plain as never, operation.operationId);
    if (!valid) problems.push(`${request.method} ${request.path}: ${JSON.stringify(errors)}`);
    const example = () => structuredClone(api.mockResponseForOperation(operation.operationId ?? "").mock);
    return state.handle(operation.operationId, plain, example, `${request.method} ${url.pathname}`);
  };

  const graphql = (request: SentRequest) => {
    const { query, variables } = request.body as { query: string; variables: Record<string, unknown> };
    problems.push(...graphqlErrors(query).map((message) => `graphql: ${message}`));
    return { status: 200, body: { data: state.graphql(query, variables) } };
  };

  const server = createServer((incoming, outgoing) => {
    void read(incoming).then((text) => {
      const body: unknown = text === "" ? undefined : JSON.parse(text);
      const request = { method: incoming.method ?? "", path: incoming.url ?? "", body };
      requests.push(request);
      const { status, body: sent, headers } = answer(request, incoming.headers.authorization);
      const link = (headers ?? {}) as Record<string, string>;
      const absolute = link["link"]?.replaceAll("<", `<${url}`);
      outgoing.writeHead(status, {
        "content-type": "application/json; charset=utf-8",
        ...link,
        ...(absolute === undefined ? {} : { link: absolute }),
      });
      outgoing.end(sent === undefined ? "" : JSON.stringify(sent));
    });
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...state,
    url: `${url}${prefix}`,
    requests,
    problems,
    fail: (match, ...queue) => void faults.push({ match, queue: [...queue] }),
    failAlways: (match, always) => void faults.push({ match, queue: [], always }),
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

function failure({ status, headers, message = "it failed" }: Fault) {
  return { status, body: { message }, ...(headers === undefined ? {} : { headers }) };
}

async function read(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function remembered<T>(make: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const value = known.get(key) ?? make(key);
    known.set(key, value);
    return value;
  };
}
