import { join } from "node:path";
import { CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Sandbox, startSandbox } from "../../sandbox/start.ts";
import type { BenchContext } from "./bench.ts";
import { type Measured, measure } from "./measure.ts";

export const role = "arn:aws:iam::000000000000:role/glue";

export interface SandboxClients {
  readonly sandbox: Sandbox;
  readonly glue: GlueClient;
  readonly s3: S3Client;
}

/** Works with a sandbox of its own, on a free port, and stops it. */
export async function withSandbox<T>(work: (clients: SandboxClients) => Promise<T>): Promise<T> {
  const sandbox = await startSandbox({ port: 0 });
  const settings = {
    endpoint: sandbox.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const glue = new GlueClient(settings);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  try {
    return await work({ sandbox, glue, s3 });
  } finally {
    glue.destroy();
    s3.destroy();
    await sandbox.stop();
  }
}

/** A bucket with one script in it. */
export async function scriptsBucket({ s3 }: SandboxClients, bucket: string): Promise<void> {
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: "job.py", Body: "job.commit()\n" }));
}

/** A job whose runs end SUCCEEDED after so many seconds, as often as asked. */
export async function plannedJob(
  { glue, sandbox }: SandboxClients,
  job: { readonly name: string; readonly bucket: string; readonly seconds: number; readonly runs: number },
): Promise<void> {
  await glue.send(
    new CreateJobCommand({
      Name: job.name,
      Role: role,
      Command: { Name: "glueetl", ScriptLocation: `s3://${job.bucket}/job.py`, PythonVersion: "3" },
      GlueVersion: "5.0",
    }),
  );
  const outcomes = Array.from({ length: job.runs }, () => ({ state: "SUCCEEDED", seconds: job.seconds }));
  await sandbox.control("plan-runs", { jobName: job.name, outcomes });
}

/** The built run-e2e as a runner starts it. */
export function runE2e(
  context: BenchContext,
  sandbox: Sandbox,
  inputs: Readonly<Record<string, string>>,
  watched = false,
): Promise<Measured> {
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return measure(context.python, [process.execPath, join(context.root, "actions/run-e2e/dist/index.js")], {
    cwd: context.home,
    watched,
    env: {
      ...context.env,
      ...sandbox.environment,
      GITHUB_WORKSPACE: context.home,
      ...Object.fromEntries(given),
    },
  });
}
