import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "./glue/api.ts";

/** The key of the sandbox's root user; a 12-digit access key is the root of the account with that number. */
export const rootCredentials = { accessKeyId: "test", secretAccessKey: "test" } as const;

/** Who stands behind an access key, as IAM names it. */
export interface Principal {
  readonly accountId: string;
  /** `arn:aws:iam::…:user/x`, or the role's own ARN for a session. */
  readonly arn: string;
  /** The ARN as error messages show it: a session's for a role. */
  readonly shownArn: string;
}

const credentialScope = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** Knows the caller of a request by its access key, and learns of new keys from the answers that pass through. */
export interface Identities {
  callerOf(headers: IncomingHttpHeaders): Caller;
  /** Undefined for root keys, to which no policy applies. */
  principalOf(accessKeyId: string): Principal | undefined;
  /** Reads new keys out of an answer of STS or IAM. */
  learn(body: string): void;
}

/** Starts with root keys only. */
export function createIdentities(defaults: {
  readonly account: string;
  readonly region: string;
}): Identities {
  const principals = new Map<string, Principal>();
  return {
    callerOf(headers) {
      const [, accessKeyId = "", region = defaults.region] =
        credentialScope.exec(headers.authorization ?? "") ?? [];
      const accountId = /^\d{12}$/.test(accessKeyId)
        ? accessKeyId
        : (principals.get(accessKeyId)?.accountId ?? defaults.account);
      return { accountId, region, accessKeyId };
    },
    principalOf: (accessKeyId) => principals.get(accessKeyId),
    learn(body) {
      const accessKeyId = tag(body, "AccessKeyId");
      if (accessKeyId === undefined) return;
      const principal = sessionPrincipal(body) ?? userPrincipal(body, defaults.account);
      if (principal) principals.set(accessKeyId, principal);
    },
  };
}

/** AssumeRole and its kin answer with the session's ARN; policies are the role's. */
function sessionPrincipal(body: string): Principal | undefined {
  const match = /<Arn>(arn:aws:sts::(\d{12}):assumed-role\/([^/<]+)\/[^<]+)<\/Arn>/.exec(body);
  if (!match) return undefined;
  const [, shownArn = "", accountId = "", role = ""] = match;
  return { accountId, arn: `arn:aws:iam::${accountId}:role/${role}`, shownArn };
}

function userPrincipal(body: string, account: string): Principal | undefined {
  const user = tag(body, "UserName");
  if (user === undefined) return undefined;
  const arn = `arn:aws:iam::${account}:user/${user}`;
  return { accountId: account, arn, shownArn: arn };
}

function tag(body: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]+)</${name}>`).exec(body)?.[1];
}
