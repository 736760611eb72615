import type { QueryEnd } from "../aws/athena.ts";
import { type CauseCode, knownProblem } from "./causes.ts";
import type { Problem } from "./result.ts";

/** Error names and words of Athena's engine, the most telling first. */
const causes: readonly (readonly [CauseCode, RegExp])[] = [
  [
    "query-access-denied",
    /PERMISSION_DENIED|Access ?Denied|not authorized to perform|Insufficient (?:Lake Formation )?permission|Status Code: 403/i,
  ],
  [
    "query-no-table",
    /TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|Table (?:\S+ )?does not exist|Table with name \S+ does not exist/i,
  ],
  [
    "query-no-column",
    /COLUMN_NOT_FOUND|Column '[^']*' cannot be resolved|Referenced column "[^"]*" not found/i,
  ],
];

/** Why a query ended otherwise than SUCCEEDED. */
export function explainQuery(end: QueryEnd): Problem {
  const error = end.reason ?? "no reason given";
  const known = causes.find(([, words]) => words.test(error))?.[0];
  const code = end.state === "CANCELLED" ? "query-cancelled" : (known ?? "query-failed");
  return knownProblem(code, { state: end.state, error });
}
