import { databaseExists, describeWorkgroup, namesOf } from "../../aws/existence.ts";
import { type CauseCode, type Facts, knownProblem } from "../causes.ts";
import { type Check, selectedSteps } from "../check.ts";
import { nearestName } from "../names.ts";
import type { Problem } from "../result.ts";

/** Database and workgroup of the queries, and whether their results have a place. */
export const checkCatalog: Check = async (context, intent) => {
  const { athena } = context.e2e;
  if (athena === undefined || selectedSteps(context, intent, "query").length === 0) return [];
  const { clients, signal } = context;
  const { database, workgroup, output } = athena;
  const [inCatalog, group] = await Promise.all([
    databaseExists(clients.glue, database, signal),
    describeWorkgroup(clients.athena, workgroup, signal),
  ]);
  const near = async (kind: "database" | "workgroup", name: string): Promise<string> => {
    const missing = kind === "database" ? inCatalog === "missing" : group.existence === "missing";
    return missing ? nearestName(name, await namesOf(kind, clients, signal)) : "";
  };
  const findings: readonly (readonly [boolean, CauseCode, Facts])[] = [
    [inCatalog === "missing", "database-missing", { database, nearest: await near("database", database) }],
    [inCatalog === "unknown", "check-not-allowed", { resource: `database ${database}` }],
    [
      group.existence === "missing",
      "workgroup-missing",
      { workgroup, nearest: await near("workgroup", workgroup) },
    ],
    [group.existence === "unknown", "check-not-allowed", { resource: `workgroup ${workgroup}` }],
    [group.existence === "there" && !group.enabled, "workgroup-disabled", { workgroup }],
    [
      group.existence === "there" && !group.hasOutput && output === undefined,
      "no-query-output",
      { workgroup },
    ],
  ];
  return findings.flatMap(([holds, code, facts]): Problem[] => {
    if (!holds) return [];
    return [knownProblem(code, facts, code === "check-not-allowed" ? { severity: "warning" } : {})];
  });
};
