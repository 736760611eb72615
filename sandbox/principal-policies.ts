import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  type IAMClient,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from "@aws-sdk/client-iam";

/** The policy documents of a role or user, inline and attached, as JSON text; those of a user's groups are not read. */
export async function policiesOf(iam: IAMClient, principalArn: string): Promise<string[]> {
  const [, kind = "", name = ""] = /:(role|user)\/(?:.*\/)?([^/]+)$/.exec(principalArn) ?? [];
  const [inline, attached] = kind === "role" ? await ofRole(iam, name) : await ofUser(iam, name);
  const managed = await Promise.all(attached.map((arn) => managedPolicy(iam, arn)));
  return [...inline, ...managed].map((document) => decodeURIComponent(document));
}

async function ofRole(iam: IAMClient, RoleName: string): Promise<[string[], string[]]> {
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const inline = PolicyNames.map(
    async (PolicyName) =>
      (await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument ?? "{}",
  );
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return [await Promise.all(inline), AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn)];
}

async function ofUser(iam: IAMClient, UserName: string): Promise<[string[], string[]]> {
  const { PolicyNames = [] } = await iam.send(new ListUserPoliciesCommand({ UserName }));
  const inline = PolicyNames.map(
    async (PolicyName) =>
      (await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }))).PolicyDocument ?? "{}",
  );
  const { AttachedPolicies = [] } = await iam.send(new ListAttachedUserPoliciesCommand({ UserName }));
  return [await Promise.all(inline), AttachedPolicies.map(({ PolicyArn = "" }) => PolicyArn)];
}

async function managedPolicy(iam: IAMClient, PolicyArn: string): Promise<string> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
  );
  return PolicyVersion?.Document ?? "{}";
}

type Conditions = Record<string, Record<string, string | string[]>>;
interface Statement {
  readonly Condition?: Conditions;
}

/**
 * A policy with one condition key settled: statements whose test of it fails are left out, and the test is dropped
 * from the others. MiniStack's simulator takes no context entries.
 */
export function settleCondition(document: string, key: string, value: string): string {
  const policy = JSON.parse(document) as { Statement?: Statement | Statement[] };
  const statements = [policy.Statement ?? []].flat();
  const settled = statements.flatMap((statement) => {
    const rest: Conditions = {};
    for (const [operator, tests] of Object.entries(statement.Condition ?? {})) {
      for (const [name, wanted] of Object.entries(tests)) {
        if (name.toLowerCase() !== key.toLowerCase()) rest[operator] = { ...rest[operator], [name]: wanted };
        else if (!holds(operator, [wanted].flat(), value)) return [];
      }
    }
    const { Condition: _, ...bare } = statement;
    return [Object.keys(rest).length > 0 ? { ...bare, Condition: rest } : bare];
  });
  return JSON.stringify({ ...policy, Statement: settled });
}

function holds(operator: string, wanted: readonly string[], value: string): boolean {
  const like = wanted.some((pattern) =>
    new RegExp(
      `^${pattern
        .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    ).test(value),
  );
  if (/StringNot(Equals|Like)/.test(operator)) return !like;
  return /String(Equals|Like)/.test(operator) ? like : false;
}
