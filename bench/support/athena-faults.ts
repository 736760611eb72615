import { type Dice, happens } from "../../test/support/faults/dice.ts";
import type { Faults } from "../../test/support/faults/proxy.ts";
import type { Reply } from "../../test/support/faults/reply.ts";

const cancelledShare = 0.06;

/**
 * Shows some queries as cancelled by somebody.
 * @param cancelled the ids of those queries are added
 */
export function cancelSome(dice: Dice, cancelled: Set<string>): Faults {
  const known = new Set<string>();
  return {
    after: ({ operation }, reply) => {
      if (operation !== "athena:GetQueryExecution" || reply.status !== 200) return undefined;
      const { QueryExecution: query } = JSON.parse(reply.body.toString()) as {
        readonly QueryExecution: { readonly QueryExecutionId: string; readonly Status: object };
      };
      const { QueryExecutionId: id } = query;
      if (!known.has(id) && happens(dice, `query ${known.size} is cancelled`, cancelledShare))
        cancelled.add(id);
      known.add(id);
      if (!cancelled.has(id)) return undefined;
      const Status = {
        ...query.Status,
        State: "CANCELLED",
        StateChangeReason: "Query was cancelled by user",
      };
      return { ...reply, body: Buffer.from(JSON.stringify({ QueryExecution: { ...query, Status } })) };
    },
  };
}

/** Athena starts one query for one token, however often it is sent (API reference, ClientRequestToken). */
export function oneQueryPerToken(): Faults {
  const replies = new Map<string, Reply>();
  const tokenOf = (body: Buffer): string =>
    (JSON.parse(body.toString()) as { readonly ClientRequestToken: string }).ClientRequestToken;
  const starts = (operation: string): boolean => operation === "athena:StartQueryExecution";
  return {
    before: ({ operation, body }) => (starts(operation) ? replies.get(tokenOf(body)) : undefined),
    after: ({ operation, body }, reply) => {
      if (starts(operation) && reply.status === 200) replies.set(tokenOf(body), reply);
      return undefined;
    },
  };
}
