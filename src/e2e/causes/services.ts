import type { EndingCauses } from "./ending-cause.ts";

const errors = "https://docs.aws.amazon.com/glue/latest/dg/glue-troubleshooting-errors.html";

/** What S3, IAM, KMS, Lake Formation and Lambda answer to the script. */
export const serviceCauses = {
  "lake-formation-denied": {
    ends: /Insufficient Lake Formation permission|does not have any privilege on specified resource/i,
    message: "Lake Formation does not let the job's role use the table or database: {error}",
    remedy:
      "Grant the role the missing permission on the resource in Lake Formation; an IAM policy is not enough.",
  },
  "kms-key-unusable": {
    ends: /KMS\.\w+Exception|not authorized to perform: ?kms:|ciphertext refers to a customer master key|AWSKMS;/,
    message: "the job may not use the KMS key of its data, or the key does not exist: {error}",
    remedy:
      "Check that the key exists in the region, and allow the job's role in its policy and in the key's.",
  },
  "credentials-expired": {
    ends: /ExpiredToken|token included in the request is expired|provided token has expired/i,
    message: "the credentials that the script uses have expired: {error}",
    remedy: "Let the script use the job's role, or ask for new credentials during a long run.",
    source: errors,
  },
  "credentials-missing": {
    ends: /^(?:NoCredentialsError|CredentialRetrievalError)\b|InvalidAccessKeyId|Access Key Id you provided does not exist/i,
    message: "the script uses no credentials, or such as AWS does not know: {error}",
    remedy: "Let the script use the job's role, with no keys of its own.",
    source: errors,
  },
  "s3-slow-down": {
    ends: /SlowDown|Please reduce your request rate/,
    message: "S3 refused requests because there were too many: {error}",
    remedy: "Write fewer and larger files, or spread them over more prefixes; run fewer jobs at a time.",
  },
  "s3-region-differs": {
    ends: /PermanentRedirect|must be addressed using the specified endpoint|AuthorizationHeaderMalformed/,
    message: "the bucket is in another region than the script asks: {error}",
    remedy: "Use a bucket in the job's region, or name the bucket's region in the client.",
  },
  "object-archived": {
    ends: /InvalidObjectState|operation is not valid for the object's (?:storage class|access tier)/,
    message: "an object is archived and can't be read: {error}",
    remedy: "Restore the object, or leave its storage class out of what the job reads.",
    source: errors,
  },
  "access-denied": {
    ends: /AccessDenied|is not authorized to perform|Access Denied|Status Code: 403|^ClientError: An error occurred \((?:403|AccessDenied\w*|UnauthorizedOperation)\)/,
    message: "the job's role may not do what the script needs: {error}",
    remedy: "Allow {action} in the policy of the job's role.",
    source: errors,
  },
  "no-such-bucket": {
    ends: /NoSuchBucket|The specified bucket does not exist/,
    message: "the script uses a bucket that does not exist: {error}",
    remedy: "Check the bucket names in the job's arguments.",
  },
  "lambda-missing": {
    ends: /\(ResourceNotFoundException\) when calling the Invoke operation/,
    message: "the script calls a Lambda function that does not exist: {error}",
    remedy: "Check the function's name, region and account.",
  },
  "lambda-throttled": {
    ends: /\(TooManyRequestsException\) when calling the Invoke operation/,
    message: "Lambda refused calls because too many run at the same time: {error}",
    remedy: "Raise the function's concurrency, or call it less often.",
  },
} as const satisfies EndingCauses;
