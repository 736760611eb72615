import type { IncomingMessage } from "node:http";
import * as z from "zod";
import { type Caller, GlueFault } from "./glue/api.ts";
import { requiredPermissions } from "./permissions.ts";

/**
 * Decides whether a caller may make a Glue call.
 * @throws GlueFault when the request's key, token or signature is wrong, or a policy doesn't allow what the call needs
 */
export type Judge = (
  incoming: IncomingMessage,
  operation: string,
  body: Buffer,
  caller: Caller,
) => Promise<void>;

const verdictSchema = z.union([
  z.strictObject({ code: z.string(), message: z.string() }),
  z.strictObject({}),
]);

/** Judges by the keys, sessions and policies that MiniStack keeps; `launch_ministack.py` is the other end. */
export function createJudge(upstream: string): Judge {
  return async (incoming, operation, body, caller) => {
    const [path = "/", query = ""] = (incoming.url ?? "/").split("?");
    const request = {
      method: incoming.method,
      path,
      query,
      headers: pairs(incoming.rawHeaders),
      body: body.toString("base64"),
      permissions: requiredPermissions(operation, inputOf(body), caller),
    };
    const answer = await fetch(`${upstream}/_sandbox/verdict`, {
      method: "POST",
      body: JSON.stringify(request),
    });
    const verdict = verdictSchema.parse(await answer.json());
    if ("code" in verdict) throw new GlueFault(verdict.code, verdict.message);
  };
}

/** What isn't an object needs no permission: the operation refuses it. */
function inputOf(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const input: unknown = JSON.parse(body.toString("utf8"));
    return input !== null && typeof input === "object" ? { ...input } : {};
  } catch {
    return {};
  }
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ""]] : []));
}
