import type { IncomingMessage } from "node:http";
import { DeleteCrawlerCommand, DeleteJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { IAMClient, SimulateCustomPolicyCommand, SimulatePrincipalPolicyCommand } from "@aws-sdk/client-iam";
import { type Caller, GlueFault } from "./glue/api.ts";
import { type Identities, type Principal, rootCredentials } from "./identity.ts";
import { passedRole, resourceArns } from "./permissions.ts";
import { policiesOf, settleCondition } from "./principal-policies.ts";
import type { ReverseProxy } from "./proxy.ts";

/** Decides whether a caller may make a Glue call; throws the GlueFault it is refused with. */
export type Judge = (
  incoming: IncomingMessage,
  operation: string,
  body: Buffer,
  caller: Caller,
) => Promise<void>;

export interface JudgeOptions {
  readonly upstream: string;
  readonly proxy: ReverseProxy;
  readonly identities: Identities;
  readonly region: string;
}

/** What MiniStack answers when it doesn't know the caller; its other refusals are judged again here. */
const unauthenticated =
  /UnrecognizedClient|InvalidClientTokenId|InvalidToken|Signature|ExpiredToken|MissingAuthentication|RequestExpired/;

/** Takes back what a forwarded call made in MiniStack's own Glue, which nobody is to see. */
const undo: Readonly<Record<string, (name: string) => DeleteJobCommand | DeleteCrawlerCommand>> = {
  CreateJob: (JobName) => new DeleteJobCommand({ JobName }),
  CreateCrawler: (Name) => new DeleteCrawlerCommand({ Name }),
};

/**
 * Judges Glue calls by the policies that MiniStack keeps: the key by passing the very call on, the permission
 * by SimulatePrincipalPolicy on the resources that the Service Authorization Reference for Glue names.
 */
export function createJudge(options: JudgeOptions): { readonly judge: Judge; close(): void } {
  const client = { endpoint: options.upstream, region: options.region, credentials: rootCredentials };
  const [iam, glue] = [new IAMClient(client), new GlueClient(client)];

  const authenticate: Judge = async (incoming, operation, body) => {
    const answer = await options.proxy.forward(incoming, body);
    const code = /"(?:__type|code)"\s*:\s*"([^"]*)"/.exec(answer.body)?.[1] ?? "";
    if (answer.status >= 400 && unauthenticated.test(code)) {
      const message =
        /"[Mm]essage"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(answer.body)?.[1] ??
        "The request is not signed by a known key.";
      throw new GlueFault(code, message, answer.status);
    }
    const name = (JSON.parse(body.toString("utf8") || "{}") as { Name?: unknown }).Name;
    const command = undo[operation];
    if (answer.status < 300 && command && typeof name === "string")
      await glue.send(command(name) as DeleteJobCommand);
  };

  const decide = async (
    principal: Principal,
    action: string,
    resource: string,
  ): Promise<string | undefined> => {
    const request = { PolicySourceArn: principal.arn, ActionNames: [action], ResourceArns: [resource] };
    return (await iam.send(new SimulatePrincipalPolicyCommand(request))).EvaluationResults?.[0]?.EvalDecision;
  };

  const decidePassRole = async (principal: Principal, role: string): Promise<string | undefined> => {
    const documents = await policiesOf(iam, principal.arn);
    const PolicyInputList = documents.map((document) =>
      settleCondition(document, "iam:PassedToService", "glue.amazonaws.com"),
    );
    const request = { PolicyInputList, ActionNames: ["iam:PassRole"], ResourceArns: [role] };
    return (await iam.send(new SimulateCustomPolicyCommand(request))).EvaluationResults?.[0]?.EvalDecision;
  };

  const judge: Judge = async (incoming, operation, body, caller) => {
    await authenticate(incoming, operation, body, caller);
    const principal = options.identities.principalOf(caller.accessKeyId);
    if (principal === undefined) return;
    const input = JSON.parse(body.toString("utf8") || "{}") as Record<string, unknown>;
    for (const resource of resourceArns(operation, input, caller)) {
      insist(
        await decide(principal, `glue:${operation}`, resource),
        principal,
        `glue:${operation}`,
        resource,
      );
    }
    const role = passedRole(operation, input, caller);
    if (role !== undefined) insist(await decidePassRole(principal, role), principal, "iam:PassRole", role);
  };

  return {
    judge,
    close: () => {
      iam.destroy();
      glue.destroy();
    },
  };
}

function insist(decision: string | undefined, principal: Principal, action: string, resource: string): void {
  if (decision === "allowed") return;
  const why =
    decision === "explicitDeny"
      ? "with an explicit deny in an identity-based policy"
      : `because no identity-based policy allows the ${action} action`;
  throw new GlueFault(
    "AccessDeniedException",
    `User: ${principal.shownArn} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
  );
}
