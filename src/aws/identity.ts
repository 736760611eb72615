import { GetCallerIdentityCommand, type STSClient } from "@aws-sdk/client-sts";
import { ToolkitError } from "../base/errors.ts";
import { awsCall } from "./errors.ts";
import { sendOptions } from "./send-options.ts";

/** Who the credentials belong to. */
export interface CallerIdentity {
  /** Twelve digits. */
  readonly account: string;
  readonly arn: string;
}

/**
 * Asks STS whose credentials these are; needs no permission.
 * @throws ToolkitError `aws-no-credentials`, `aws-expired-token`, `aws-invalid-credentials`, `aws-unreachable`
 */
export async function callerIdentity(sts: STSClient, signal?: AbortSignal): Promise<CallerIdentity> {
  const answer = await awsCall({ service: "sts", operation: "GetCallerIdentity" }, () =>
    sts.send(new GetCallerIdentityCommand({}), sendOptions(signal)),
  );
  return { account: answer.Account ?? "", arn: answer.Arn ?? "" };
}

/**
 * Refuses to go on in another account than the manifest's, before anything is touched.
 * @throws ToolkitError `wrong-account`
 */
export function assertAccount(
  caller: CallerIdentity,
  expected: string | undefined,
  environment: string,
): void {
  if (expected === undefined || caller.account === expected) return;
  throw new ToolkitError({
    code: "wrong-account",
    message: `The environment ${environment} is in account ${expected}, but the credentials are of account ${caller.account} (${caller.arn})`,
    remedy: "Assume the role of the right account, or choose the environment that belongs to this one.",
    source: "user",
  });
}
