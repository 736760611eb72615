import { CreateRoleCommand, type IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import type { ProvisionPlan } from "./plan.ts";
import { tolerate } from "./tolerate.ts";

/** Creates the roles that aren't there and puts their inline policies. */
export async function createRoles(iam: IAMClient, plan: ProvisionPlan): Promise<void> {
  for (const { name: RoleName, trust, policy } of plan.roles) {
    const AssumeRolePolicyDocument = JSON.stringify(typeof trust === "string" ? trustService(trust) : trust);
    await tolerate(["EntityAlreadyExistsException", "EntityAlreadyExists"], () =>
      iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument })),
    );
    if (policy)
      await iam.send(
        new PutRolePolicyCommand({
          RoleName,
          PolicyName: "provisioned",
          PolicyDocument: JSON.stringify(policy),
        }),
      );
  }
}

function trustService(service: string): unknown {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  };
}
