import { GlueClient } from "@aws-sdk/client-glue";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SandboxError } from "./errors.ts";
import { rootCredentials } from "./identity.ts";
import { createGlueResources } from "./provision/catalog.ts";
import { createLambdas } from "./provision/lambdas.ts";
import { readPlan } from "./provision/plan.ts";
import { createRoles } from "./provision/roles.ts";
import { createBuckets, putObjects } from "./provision/storage.ts";

export interface ProvisionOptions {
  /** Holds `sandbox.yml` and the files it names. */
  readonly folder: string;
  readonly endpoint: string;
  readonly progress: (line: string) => void;
}

/**
 * Creates through the AWS APIs what `<folder>/sandbox.yml` lists; what is there already is left alone.
 * @throws SandboxError for a wrong file, and naming the part whose creation AWS refused
 */
export async function provision({ folder, endpoint, progress }: ProvisionOptions): Promise<void> {
  const plan = await readPlan(folder);
  const account = plan.account ?? "000000000000";
  const credentials = { ...rootCredentials, accessKeyId: plan.account ?? rootCredentials.accessKeyId };
  const config = { endpoint, region: plan.region ?? "us-east-1", credentials };
  const [s3, iam, lambda, glue] = [
    new S3Client({ ...config, forcePathStyle: true }),
    new IAMClient(config),
    new LambdaClient(config),
    new GlueClient(config),
  ];
  const parts: readonly [string, number, () => Promise<void>][] = [
    ["buckets", plan.buckets.length, () => createBuckets(s3, plan)],
    ["objects", plan.objects.length, () => putObjects(s3, folder, plan)],
    ["roles", plan.roles.length, () => createRoles(iam, plan)],
    ["Lambda functions", plan.lambdas.length, () => createLambdas(lambda, s3, folder, plan, account)],
    [
      "databases, jobs and crawlers",
      plan.databases.length + plan.jobs.length + plan.crawlers.length,
      () => createGlueResources(glue, plan),
    ],
  ];
  try {
    for (const [label, count, create] of parts) {
      if (count === 0) continue;
      await create().catch((thrown: unknown) => {
        throw new SandboxError(
          `creating ${label} failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
          `Mend them in ${folder}/sandbox.yml.`,
          thrown,
        );
      });
      progress(`provisioned ${count} ${label}`);
    }
  } finally {
    for (const client of [s3, iam, lambda, glue]) client.destroy();
  }
}
