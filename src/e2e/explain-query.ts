import type { QueryEnd } from "../aws/athena.ts";
import { athenaCauses } from "./causes/athena.ts";
import { knownProblem } from "./causes.ts";
import { actionIn, causeIn } from "./diagnose.ts";
import type { Problem } from "./result.ts";

/** Why a query ended otherwise than SUCCEEDED: what Athena's error says decides. */
export function explainQuery(end: QueryEnd): Problem {
  const error = end.reason ?? "no reason given";
  const known = causeIn(athenaCauses, error);
  const code = end.state === "CANCELLED" ? "query-cancelled" : (known ?? "query-failed");
  const facts = { state: end.state, error };
  return knownProblem(code, code === "query-access-denied" ? { ...facts, action: actionIn(error) } : facts);
}
