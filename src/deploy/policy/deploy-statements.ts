import { allow, type Statement } from "./statement.ts";
import { arnsOf, jobArns, literal, type PolicySubject } from "./subject.ts";

/**
 * What a plan reads. s3:ListBucket has no condition on s3:prefix: S3 tells a missing object (404) from a forbidden
 * one (403) only to who may list the bucket (S3 API reference, HeadObject, "Permissions").
 */
export function planStatements(subject: PolicySubject): readonly Statement[] {
  const arns = arnsOf(subject);
  const { bucket, prefix } = subject.manifest.scripts;
  return [
    allow("ReadJobs", ["glue:BatchGetJobs", "glue:GetJob", "glue:GetJobRuns"], jobArns(subject)),
    allow("ListScripts", ["s3:ListBucket"], [arns.bucket(bucket)]),
    allow("ReadScripts", ["s3:GetObject"], [arns.objects(bucket, `${literal(prefix)}*`)]),
  ];
}

/**
 * What a deploy and a rollback need. UpdateJob hands the job's role to Glue again, so it takes iam:PassRole, which is
 * limited to these roles and to Glue.
 */
export function deployStatements(subject: PolicySubject): readonly Statement[] {
  const arns = arnsOf(subject);
  const { bucket, prefix } = subject.manifest.scripts;
  const objects = [arns.objects(bucket, `${literal(prefix)}*`)];
  return [
    ...planStatements(subject),
    allow("WriteScripts", ["s3:PutObject"], objects),
    allow("RepointJobs", ["glue:UpdateJob"], jobArns(subject)),
    allow("PassJobRoles", ["iam:PassRole"], subject.roles, {
      StringEquals: { "iam:PassedToService": "glue.amazonaws.com" },
    }),
    ...(subject.prunes === true
      ? [
          allow("PruneScripts", ["s3:DeleteObject"], objects),
          // GetJobs has no resource of its own (Service Authorization Reference, "Actions defined by AWS Glue")
          allow("SeeEveryJob", ["glue:GetJobs"], ["*"]),
        ]
      : []),
  ];
}

/** S3 uses the key on the caller's behalf; the condition keeps it to S3. */
export function keyStatements(subject: PolicySubject, writes: boolean): readonly Statement[] {
  const actions = writes ? ["kms:Decrypt", "kms:GenerateDataKey"] : ["kms:Decrypt"];
  const service = `s3.${subject.manifest.environment.region}.amazonaws.com`;
  return [
    allow("UseBucketKeys", actions, subject.kmsKeys ?? [], {
      StringEquals: { "kms:ViaService": service },
    }),
  ];
}
