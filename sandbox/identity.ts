import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "./glue/api.ts";

/** The key of the sandbox's root user; a 12-digit access key is the root of the account with that number. */
export const rootCredentials = { accessKeyId: "test", secretAccessKey: "test" } as const;

const credentialScope = /Credential=([^/,\s]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;
const accountInArn = /<Arn>arn:aws:(?:iam|sts)::(\d{12}):/;

/** Knows the caller of a request by its access key, and learns of new keys from the answers that pass through. */
export interface Identities {
  callerOf(headers: IncomingHttpHeaders): Caller;
  /** Reads a new key out of an answer of STS or IAM; one without an ARN belongs to the account that asked for it. */
  learn(body: string, asker: Caller): void;
}

/** Starts with root keys only. */
export function createIdentities(defaults: {
  readonly account: string;
  readonly region: string;
}): Identities {
  const accounts = new Map<string, string>();
  return {
    callerOf(headers) {
      const [, accessKeyId = "", region = defaults.region] =
        credentialScope.exec(headers.authorization ?? "") ?? [];
      const accountId = /^\d{12}$/.test(accessKeyId)
        ? accessKeyId
        : (accounts.get(accessKeyId) ?? defaults.account);
      return { accountId, region, accessKeyId };
    },
    learn(body, asker) {
      const accessKeyId = /<AccessKeyId>([^<]+)<\/AccessKeyId>/.exec(body)?.[1];
      if (accessKeyId !== undefined)
        accounts.set(accessKeyId, accountInArn.exec(body)?.[1] ?? asker.accountId);
    },
  };
}
