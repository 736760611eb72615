import { setTimeout as delay } from "node:timers/promises";
import { type PassingCall, speaksXml } from "./call.ts";
import { errorReply, noReply, type Reply } from "./reply.ts";

/** One way in which a call goes wrong. */
export interface FaultKind {
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  /** Whether the call has its effect all the same. */
  readonly arrives: boolean;
  /** Whether it can befall this call; every call where it isn't said. */
  readonly befalls?: (call: PassingCall) => boolean;
  /**
   * The answer in the place of the true one; undefined where the true one can't go wrong like this.
   * @param reply the true answer; of a call that does not arrive there is none
   * @param others what was read of other objects
   */
  readonly answer: (
    call: PassingCall,
    reply: Reply | undefined,
    others: readonly Reply[],
  ) => Reply | undefined | Promise<Reply | undefined>;
}

/** A client that gave up would wait a minute: the connection is cut in its stead. */
const silenceMilliseconds = 1_500;

const portal: Reply = {
  status: 200,
  headers: { "content-type": "text/html" },
  body: Buffer.from("<html><body><h1>Sign in to the network</h1></body></html>"),
};

const throttled = (call: PassingCall): Reply => {
  if (call.operation.startsWith("s3:"))
    return errorReply(call, 503, "SlowDown", "Please reduce your request rate.");
  const code = speaksXml(call) ? "Throttling" : "ThrottlingException";
  return errorReply(call, 400, code, "Rate exceeded");
};

const serverError = (call: PassingCall): Reply =>
  errorReply(call, 500, speaksXml(call) ? "InternalError" : "InternalServiceException", "We had a problem.");

const unavailable = (call: PassingCall): Reply =>
  errorReply(call, 503, speaksXml(call) ? "ServiceUnavailable" : "ServiceUnavailableException", "Try again.");

const silence = async (): Promise<Reply> => {
  await delay(silenceMilliseconds);
  return noReply;
};

/** With half of a body of one byte, or of none, nothing is missing. */
const ofBody =
  (delivery: "slow" | "truncated") =>
  (call: PassingCall, reply: Reply | undefined): Reply | undefined =>
    reply === undefined || reply.body.byteLength < 2 || call.method === "HEAD"
      ? undefined
      : { ...reply, delivery };

const isRead = ({ operation }: PassingCall): boolean => operation === "s3:GetObject";
const hasBody = ({ method }: PassingCall): boolean => method !== "HEAD";

/** Every kind of fault, by its name in the figures. */
export const faultKinds = {
  throttled: { weight: 6, arrives: false, answer: throttled },
  "error before": { weight: 3, arrives: false, answer: serverError },
  "error after": { weight: 4, arrives: true, answer: serverError },
  unavailable: { weight: 3, arrives: false, answer: unavailable },
  "timeout before": { weight: 1, arrives: false, answer: silence },
  "timeout after": { weight: 1, arrives: true, answer: silence },
  "reset before": { weight: 3, arrives: false, answer: () => noReply },
  "reset after": { weight: 4, arrives: true, answer: () => noReply },
  truncated: { weight: 4, arrives: true, befalls: hasBody, answer: ofBody("truncated") },
  slow: { weight: 2, arrives: true, befalls: hasBody, answer: ofBody("slow") },
  "wrong content before": { weight: 2, arrives: false, answer: () => portal },
  "wrong content after": { weight: 2, arrives: true, answer: () => portal },
  "damaged bytes": {
    weight: 2,
    arrives: true,
    befalls: isRead,
    answer: (_, reply) =>
      reply?.status !== 200 || reply.body.byteLength === 0
        ? undefined
        : { ...reply, body: Buffer.from(reply.body.map((byte, index) => (index === 0 ? byte ^ 1 : byte))) },
  },
  "other object": {
    weight: 2,
    arrives: true,
    befalls: isRead,
    answer: (_, reply, others) => (reply?.status === 200 ? others.at(-1) : undefined),
  },
} as const satisfies Readonly<Record<string, FaultKind>>;

export type FaultName = keyof typeof faultKinds;

/** All kinds as one type. */
export const kindNamed = (name: FaultName): FaultKind => faultKinds[name];
