import { join } from "node:path";
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  GetFunctionCommand,
  type LambdaClient,
  type Runtime,
} from "@aws-sdk/client-lambda";
import {
  type LambdaFunctionConfiguration,
  PutBucketNotificationConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { ProvisionPlan } from "./plan.ts";
import { tolerate } from "./tolerate.ts";
import { zipFolder } from "./zip-folder.ts";

type Lambda = ProvisionPlan["lambdas"][number];

/** Creates the functions that aren't there and points the buckets' notifications at them. */
export async function createLambdas(
  lambda: LambdaClient,
  s3: S3Client,
  folder: string,
  plan: ProvisionPlan,
  account: string,
): Promise<void> {
  const notifications: { bucket: string; configuration: LambdaFunctionConfiguration }[] = [];
  for (const wanted of plan.lambdas) {
    await createFunction(lambda, folder, wanted, account);
    const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: wanted.name }));
    for (const [index, trigger] of wanted.triggers.entries()) {
      await allowBucket(lambda, wanted.name, trigger.bucket, index);
      notifications.push({
        bucket: trigger.bucket,
        configuration: notification(Configuration?.FunctionArn ?? "", trigger),
      });
    }
  }
  for (const [Bucket, group] of Map.groupBy(notifications, ({ bucket }) => bucket)) {
    const NotificationConfiguration = {
      LambdaFunctionConfigurations: group.map(({ configuration }) => configuration),
    };
    await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  }
}

async function createFunction(
  lambda: LambdaClient,
  folder: string,
  wanted: Lambda,
  account: string,
): Promise<void> {
  const ZipFile = await zipFolder(join(folder, wanted.code));
  const Role = wanted.role.startsWith("arn:") ? wanted.role : `arn:aws:iam::${account}:role/${wanted.role}`;
  await tolerate(["ResourceConflictException"], () =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: wanted.name,
        Runtime: wanted.runtime as Runtime,
        Handler: wanted.handler,
        Role,
        Timeout: wanted.timeout,
        MemorySize: wanted.memory,
        Environment: { Variables: wanted.environment },
        Code: { ZipFile },
      }),
    ),
  );
}

async function allowBucket(
  lambda: LambdaClient,
  FunctionName: string,
  bucket: string,
  index: number,
): Promise<void> {
  await tolerate(["ResourceConflictException"], () =>
    lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: `s3-${index}`,
        Action: "lambda:InvokeFunction",
        Principal: "s3.amazonaws.com",
        SourceArn: `arn:aws:s3:::${bucket}`,
      }),
    ),
  );
}

function notification(
  LambdaFunctionArn: string,
  trigger: Lambda["triggers"][number],
): LambdaFunctionConfiguration {
  const rules = [
    { Name: "prefix" as const, Value: trigger.prefix },
    { Name: "suffix" as const, Value: trigger.suffix },
  ].filter(({ Value }) => Value !== "");
  return { LambdaFunctionArn, Events: ["s3:ObjectCreated:*"], Filter: { Key: { FilterRules: rules } } };
}
