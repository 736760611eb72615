import { GetBucketNotificationConfigurationCommand, type S3Client } from "@aws-sdk/client-s3";
import { addressOf, type Bucket } from "./bucket.ts";
import { type Patience, readAgain } from "./read-again.ts";

/** A Lambda function that a bucket tells of its events. */
export interface Trigger {
  /** The function's name, from its ARN. */
  readonly name: string;
  readonly events: readonly string[];
  /** What keys have to begin and end with. */
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The functions in a bucket's notification configuration. Function ARN:
 * `arn:aws:lambda:<region>:<account>:function:<name>[:<qualifier>]` (Lambda API reference).
 * @throws ToolkitError, `aws-access-denied` without s3:GetBucketNotification
 */
export async function bucketTriggers(
  s3: S3Client,
  bucket: Bucket,
  patience: Patience,
): Promise<readonly Trigger[]> {
  const call = {
    service: "s3",
    operation: "GetBucketNotificationConfiguration",
    resource: `bucket ${bucket.name}`,
  } as const;
  const command = new GetBucketNotificationConfigurationCommand(addressOf(bucket));
  const response = await readAgain(call, patience, () => s3.send(command, { abortSignal: patience.signal }));
  return (response.LambdaFunctionConfigurations ?? []).map(({ LambdaFunctionArn = "", Events, Filter }) => {
    const rule = (wanted: string): string =>
      Filter?.Key?.FilterRules?.find(({ Name = "" }) => Name.toLowerCase() === wanted)?.Value ?? "";
    return {
      name: LambdaFunctionArn.split(":")[6] ?? LambdaFunctionArn,
      events: Events ?? [],
      prefix: rule("prefix"),
      suffix: rule("suffix"),
    };
  });
}

/** Whether a function is told of an object that was put under a key. */
export function isTold({ events, prefix, suffix }: Trigger, key: string): boolean {
  return (
    events.some((event) => /^s3:ObjectCreated:(?:\*|Put|CompleteMultipartUpload)$/.test(event)) &&
    key.startsWith(prefix) &&
    key.endsWith(suffix)
  );
}
