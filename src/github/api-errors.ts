import * as z from "zod";
import { messageOf } from "../base/errors.ts";
import { plainText } from "../base/plain-text.ts";

/** What is relied on of an error of Octokit's. */
const failureSchema = z.object({
  status: z.number(),
  message: z.string(),
  response: z
    .object({ headers: z.record(z.string(), z.union([z.string(), z.number(), z.undefined()])) })
    .optional(),
});

/** What an answer says besides its code. */
export interface ApiFailure {
  /** HTTP status; undefined when there was no answer. */
  readonly status: number | undefined;
  readonly message: string;
  readonly rateLimited: boolean;
}

const idempotent: ReadonlySet<string> = new Set(["GET", "PATCH", "PUT", "DELETE"]);

/** A failed call of GitHub's API, as far as it is one. */
export function apiFailure(thrown: unknown): ApiFailure {
  const parsed = failureSchema.safeParse(thrown);
  if (!parsed.success)
    return { status: undefined, message: plainText(messageOf(thrown), 300), rateLimited: false };
  const { status, message, response } = parsed.data;
  const headers = response?.headers ?? {};
  const limited =
    (status === 403 || status === 429) &&
    (headers["retry-after"] !== undefined ||
      String(headers["x-ratelimit-remaining"]) === "0" ||
      /rate limit/i.test(message));
  return {
    status: response === undefined ? undefined : status,
    message: plainText(message, 300),
    rateLimited: status === 429 || limited,
  };
}

/** A rate limit refuses before anything is done; after a failure of the server only what is idempotent is sent again. */
export function mayRetry(method: string, thrown: unknown): boolean {
  const { status, rateLimited } = apiFailure(thrown);
  if (rateLimited) return true;
  return idempotent.has(method) && (status === undefined || status >= 500);
}

/** How long GitHub asks to wait, in milliseconds: `retry-after`, or until `x-ratelimit-reset`, or a minute for a limit without either. */
export function serverPause(thrown: unknown, now: number): number | undefined {
  const parsed = failureSchema.safeParse(thrown);
  if (!parsed.success || !apiFailure(thrown).rateLimited) return undefined;
  const headers = parsed.data.response?.headers ?? {};
  const seconds = Number(headers["retry-after"]);
  if (Number.isFinite(seconds) && seconds >= 0) return seconds * 1000;
  const reset = Number(headers["x-ratelimit-reset"]);
  if (String(headers["x-ratelimit-remaining"]) === "0" && Number.isFinite(reset)) {
    return Math.max(0, reset * 1000 - now);
  }
  return 60_000;
}
