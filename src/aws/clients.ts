import { AthenaClient } from "@aws-sdk/client-athena";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import { type Clock, systemClock } from "../base/clock.ts";
import type { Progress } from "../base/progress.ts";
import { reportCalls } from "./call-log.ts";
import { checkAnswers } from "./checked-answers.ts";
import { paceCalls } from "./pacing.ts";

/** The SDK clients of one region, each made when it is first asked for. */
export interface AwsClients {
  readonly glue: GlueClient;
  /** One attempt a call, for what must be sent at most once: StartJobRun has no idempotency token. */
  readonly glueOnce: GlueClient;
  readonly s3: S3Client;
  readonly sts: STSClient;
  readonly athena: AthenaClient;
  readonly logs: CloudWatchLogsClient;
  /** Closes the connections of the clients that were made. */
  destroy(): void;
}

export interface ClientOptions {
  readonly region: string;
  readonly progress: Progress;
  /** Added to the SDK's own User-Agent, e.g. `deploy-glue`. */
  readonly userAgent?: string;
  /** Paces calls after one was throttled; the machine's own by default. */
  readonly clock?: Clock;
}

/** Attempts of the SDK's standard retry mode, the first included: throttled calls and 5xx answers. */
const attempts = 6;
/** Times that a throttled call is sent again, at the rate learned, before the SDK counts an attempt. */
const resends = 5;
const connectMilliseconds = 5_000;
const idleMilliseconds = 60_000;

/**
 * Clients of one region. Credentials and endpoint are the SDK's own business (`AWS_ENDPOINT_URL` included); for an
 * endpoint that is an IP address its S3 rules use path-style addresses by themselves. Every call is reported as a
 * debug event `aws.call`; once an operation is throttled, its calls are paced at the rate that AWS lets through; an
 * answer that is none of the service's is asked for again like one that got lost.
 */
export function createClients(options: ClientOptions): AwsClients {
  const made: { destroy(): void }[] = [];
  const configuration = {
    region: options.region,
    maxAttempts: attempts,
    retryMode: "standard",
    requestHandler: { connectionTimeout: connectMilliseconds, socketTimeout: idleMilliseconds },
    ...(options.userAgent === undefined ? {} : { customUserAgent: options.userAgent }),
  };
  type Client = { destroy(): void } & Parameters<typeof reportCalls>[0] &
    Parameters<typeof paceCalls>[0] &
    Parameters<typeof checkAnswers>[0];
  const keep = <C extends Client>(client: C, speaks: "json" | "xml", sentAgain = resends): C => {
    reportCalls(client, options.progress);
    checkAnswers(client, speaks);
    paceCalls(client, options.clock ?? systemClock, sentAgain);
    made.push(client);
    return client;
  };
  const glue = once(() => keep(new GlueClient(configuration), "json"));
  const glueOnce = once(() => keep(new GlueClient({ ...configuration, maxAttempts: 1 }), "json", 0));
  const s3 = once(() => keep(new S3Client(configuration), "xml"));
  const sts = once(() => keep(new STSClient(configuration), "xml"));
  const athena = once(() => keep(new AthenaClient(configuration), "json"));
  const logs = once(() => keep(new CloudWatchLogsClient(configuration), "json"));
  return {
    get glue() {
      return glue();
    },
    get glueOnce() {
      return glueOnce();
    },
    get s3() {
      return s3();
    },
    get sts() {
      return sts();
    },
    get athena() {
      return athena();
    },
    get logs() {
      return logs();
    },
    destroy() {
      for (const client of made) client.destroy();
    },
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
