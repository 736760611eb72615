import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import type { Caller } from "./caller.ts";

/** Clients of the services behind the front. */
export interface Upstream {
  readonly s3: S3Client;
  readonly logs: CloudWatchLogsClient;
  /** The catalog: databases, tables, partitions. */
  readonly catalog: GlueClient;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** MiniStack takes a 12-digit access key as the root of the account with that number; all roots share one secret. */
export function credentialsFor(caller: Caller): Credentials {
  return { accessKeyId: caller.accountId, secretAccessKey: "test" };
}

/** Makes clients once per account and region. */
export function createUpstream(endpoint: string): { of(caller: Caller): Upstream; close(): void } {
  const made = new Map<string, Upstream>();
  return {
    of(caller) {
      const key = `${caller.accountId}/${caller.region}`;
      const known = made.get(key) ?? makeClients(endpoint, caller);
      made.set(key, known);
      return known;
    },
    close() {
      for (const { s3, logs, catalog } of made.values())
        for (const client of [s3, logs, catalog]) client.destroy();
    },
  };
}

function makeClients(endpoint: string, caller: Caller): Upstream {
  const config = { endpoint, region: caller.region, credentials: credentialsFor(caller), maxAttempts: 2 };
  return {
    s3: new S3Client({ ...config, forcePathStyle: true }),
    logs: new CloudWatchLogsClient(config),
    catalog: new GlueClient(config),
  };
}
