import { once } from "node:events";
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { operationOf, type PassingCall } from "./call.ts";
import { deliver, type Reply } from "./reply.ts";

type Answer = Reply | undefined | Promise<Reply | undefined>;

/** What happens to calls on their way. */
export interface Faults {
  /** What it gives is the answer, and the call never arrives. */
  before?(call: PassingCall): Answer;
  /** What it gives replaces the answer of a call that has had its effect. */
  after?(call: PassingCall, reply: Reply): Answer;
}

/** A proxy that stands between processes and an AWS. */
export interface FaultProxy {
  readonly url: string;
  readonly calls: readonly PassingCall[];
  /** Resolves when no call is under way any more. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** Passes all calls on to `upstream` but for what the faults say. */
export async function openFaultProxy(upstream: string, faults: Faults): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const calls: PassingCall[] = [];
  const underWay = new Set<Promise<void>>();
  const server = createServer((incoming, answer) => {
    const work = pass(incoming, answer).catch(() => void answer.destroy());
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  });
  const pass = async (incoming: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await incoming.toArray());
    const call = {
      number: calls.length + 1,
      operation: operationOf(incoming, body),
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      body,
    };
    calls.push(call);
    const instead = await faults.before?.(call);
    const reply = instead ?? (await send(agent, upstream, incoming, body));
    const replaced = instead ?? (await faults.after?.(call, reply)) ?? reply;
    await deliver(replaced, call, answer);
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

/**
 * Several faults as one, the first of them nearest to the client: it is asked first whether it answers a call itself,
 * and is the last to see an answer on its way back.
 */
export function allOf(...faults: readonly Faults[]): Faults {
  return {
    before: async (call) => {
      for (const each of faults) {
        const instead = await each.before?.(call);
        if (instead !== undefined) return instead;
      }
      return undefined;
    },
    after: async (call, reply) => {
      let latest = reply;
      for (const each of faults.toReversed()) latest = (await each.after?.(call, latest)) ?? latest;
      return latest;
    },
  };
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
  const {
    "transfer-encoding": _mode,
    connection: _connection,
    "keep-alive": _alive,
    ...kept
  } = response.headers;
  return {
    status: response.statusCode ?? 502,
    headers: kept,
    body: Buffer.concat(await response.toArray()),
  };
}
