import { AthenaClient } from "@aws-sdk/client-athena";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GlueClient } from "@aws-sdk/client-glue";
import { S3Client } from "@aws-sdk/client-s3";
import { afterAll } from "vitest";
import { type Sandbox, startSandbox } from "../../../sandbox/start.ts";

/** A sandbox over HTTP, and clients that take it for AWS. */
export interface Served extends Sandbox {
  /** All that a client's process may see: the sandbox's settings and nothing of this machine's AWS. */
  readonly processEnvironment: Readonly<Record<string, string | undefined>>;
  readonly glue: GlueClient;
  readonly s3: S3Client;
  readonly logs: CloudWatchLogsClient;
  readonly athena: AthenaClient;
}

/** Starts a sandbox on a free port until the file's tests are over. */
export async function serveGlue(): Promise<Served> {
  const sandbox = await startSandbox({ port: 0 });
  afterAll(() => sandbox.stop());
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const config = { endpoint: sandbox.endpoint, region: "us-east-1", credentials };
  return {
    ...sandbox,
    processEnvironment: {
      ...sandbox.environment,
      PATH: process.env["PATH"],
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    },
    glue: new GlueClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    logs: new CloudWatchLogsClient(config),
    athena: new AthenaClient(config),
  };
}
