import type { Policy, Statement } from "./statement.ts";

/** Characters of a managed policy, white space aside (IAM user guide, "IAM and AWS STS quotas"). */
export const managedPolicyLimit = 6_144;

/** The size of a policy as IAM counts it: without white space. */
export function policySize(policy: Policy): number {
  return JSON.stringify(policy).length;
}

/**
 * A policy as documents of at most `limit` characters each, which together grant the same. A statement that doesn't fit
 * goes on in the next document with the rest of its resources.
 */
export function splitPolicy(policy: Policy, limit = managedPolicyLimit): readonly Policy[] {
  const documents: Statement[][] = [[]];
  for (const statement of policy.Statement) {
    let rest = statement.Resource;
    while (rest.length > 0) {
      const open = documents.at(-1) ?? [];
      const count = fitting(open, { ...statement, Resource: rest }, limit);
      if (count === 0 && open.length > 0) {
        documents.push([]);
        continue;
      }
      // a single resource that is too long by itself stands alone, for IAM to judge
      const taken = rest.slice(0, Math.max(1, count));
      open.push({ ...statement, Resource: taken });
      rest = rest.slice(taken.length);
      if (rest.length > 0) documents.push([]);
    }
  }
  return documents.map((Statement) => ({ ...policy, Statement }));
}

/** How many of a statement's resources fit beside the statements that are there. */
function fitting(open: readonly Statement[], statement: Statement, limit: number): number {
  const empty = { Version: "2012-10-17" as const, Statement: [...open, { ...statement, Resource: [] }] };
  let size = policySize(empty);
  let count = 0;
  for (const resource of statement.Resource) {
    size += JSON.stringify(resource).length + (count === 0 ? 0 : 1);
    if (size > limit) break;
    count += 1;
  }
  return count;
}
