import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { type PassingCall, speaksXml } from "./call.ts";

/**
 * How much of a reply arrives: all of it, all of it but slowly, half of the body, or nothing before the connection is
 * cut.
 */
export type Delivery = "whole" | "slow" | "truncated" | "cut";

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
  /** `whole` when it isn't said. */
  readonly delivery?: Delivery;
}

/** No answer: the connection is cut. */
export const noReply: Reply = { status: 0, headers: {}, body: Buffer.alloc(0), delivery: "cut" };

/** An error as the service of the call answers it. */
export function errorReply(
  call: Pick<PassingCall, "operation">,
  status: number,
  code: string,
  message: string,
): Reply {
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  const wrapped = call.operation.startsWith("sts:") ? `<ErrorResponse>${error}</ErrorResponse>` : error;
  const body = speaksXml(call)
    ? `<?xml version="1.0" encoding="UTF-8"?>${wrapped}`
    : JSON.stringify({ __type: code, Message: message });
  return {
    status,
    headers: {
      "content-type": speaksXml(call) ? "application/xml" : "application/x-amz-json-1.1",
      "x-amzn-requestid": "00000000-0000-0000-0000-000000000000",
      ...(speaksXml(call) ? {} : { "x-amzn-errortype": code }),
    },
    body: Buffer.from(body),
  };
}

const slowParts = 6;
const slowPauseMilliseconds = 100;

/** Sends a reply the way it is to be delivered. */
export async function deliver(reply: Reply, call: PassingCall, answer: ServerResponse): Promise<void> {
  const { status, headers, body, delivery = "whole" } = reply;
  if (delivery === "cut") return void answer.destroy();
  // what a HEAD answers tells of a length that it doesn't send
  const length = call.method === "HEAD" ? headers["content-length"] : String(body.byteLength);
  answer.writeHead(status, {
    ...headers,
    ...(typeof length === "string" ? { "content-length": length } : {}),
  });
  if (delivery === "truncated") {
    answer.write(body.subarray(0, Math.floor(body.byteLength / 2)), () => answer.destroy());
    return;
  }
  if (delivery === "slow") {
    const size = Math.ceil(body.byteLength / slowParts);
    for (let start = 0; start < body.byteLength; start += size) {
      answer.write(body.subarray(start, start + size));
      await delay(slowPauseMilliseconds);
    }
    answer.end();
    return;
  }
  answer.end(body);
}
