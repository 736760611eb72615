import { invalidInput } from "../fault.ts";

/** One page of a listing and the token of the next. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * Cuts a page out of a listing. Tokens are opaque to clients, as AWS's are.
 * @throws GlueFault InvalidInputException for a token that was never handed out
 */
export function paginate<T>(all: readonly T[], token: string | undefined, maxResults: number): Page<T> {
  const start = token === undefined || token === "" ? 0 : decode(token);
  const end = start + maxResults;
  return { items: all.slice(start, end), nextToken: end < all.length ? encode(end) : undefined };
}

function encode(offset: number): string {
  return Buffer.from(`offset:${offset}`).toString("base64");
}

function decode(token: string): number {
  const match = /^offset:(\d+)$/.exec(Buffer.from(token, "base64").toString());
  if (!match?.[1]) throw invalidInput("Invalid NextToken");
  return Number(match[1]);
}
