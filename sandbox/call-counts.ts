import type { IncomingMessage } from "node:http";

/** How often each operation was called since the counts were last taken. */
export interface CallCounts {
  count(incoming: IncomingMessage): void;
  /** By operation, in the order of names; counting starts anew. */
  take(): Readonly<Record<string, number>>;
}

/** Counts every request a client sends, retried attempts and refused ones too. */
export function createCallCounts(): CallCounts {
  let counts = new Map<string, number>();
  return {
    count(incoming) {
      const name = operationOf(incoming);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    },
    take() {
      const taken = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
      counts = new Map();
      return Object.fromEntries(taken);
    },
  };
}

const queryServices = "application/x-www-form-urlencoded";

/** The operation where the protocol names it (JSON targets); otherwise what S3's requests are told apart by. */
function operationOf({ headers, method = "", url = "/" }: IncomingMessage): string {
  const target = headers["x-amz-target"];
  if (typeof target === "string") return target.replace(/^.*\./, "");
  if (headers["content-type"]?.startsWith(queryServices) === true) return "query";
  const [path = "/", query = ""] = url.split("?");
  const hasKey = /^\/[^/]+\/./.test(path);
  if (hasKey) return `${method} object`;
  return new URLSearchParams(query).has("list-type") ? "ListObjectsV2" : `${method} bucket`;
}
