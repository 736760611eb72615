import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { Sandbox } from "../../../sandbox/start.ts";
import type { Policy } from "../../../src/deploy/policy/statement.ts";
import { sandboxAccount } from "../../support/aws-environment.ts";
import { clientConfig } from "../../support/sandbox.ts";

/** Environment variables of a session under a role with this policy and no other. */
export async function sessionUnder(
  sandbox: Sandbox,
  name: string,
  policy: Policy,
): Promise<Readonly<Record<string, string>>> {
  const root = clientConfig(sandbox);
  const iam = new IAMClient(root);
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }],
  };
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: JSON.stringify(trust) }));
  const PolicyDocument = JSON.stringify(policy);
  await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: "only", PolicyDocument }));
  const RoleArn = `arn:aws:iam::${sandboxAccount}:role/${name}`;
  const { Credentials: session } = await new STSClient(root).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: "test" }),
  );
  return {
    ...sandbox.environment,
    AWS_ACCESS_KEY_ID: session?.AccessKeyId ?? "",
    AWS_SECRET_ACCESS_KEY: session?.SecretAccessKey ?? "",
    AWS_SESSION_TOKEN: session?.SessionToken ?? "",
  };
}

/** The same policy without one of its statements. */
export function without(policy: Policy, sid: string): Policy {
  return { ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== sid) };
}
