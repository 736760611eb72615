import type { ErrorDetails } from "../base/errors.ts";
import type { AwsCall, AwsFacts } from "./facts.ts";

type Words = (facts: AwsFacts, call: AwsCall) => string;

interface Diagnosis {
  readonly names: RegExp;
  readonly status?: number;
  readonly code: string;
  readonly source: ErrorDetails["source"];
  readonly message: Words;
  readonly remedy: Words;
}

/** The IAM action behind an operation, where it isn't `<service>:<operation>` (S3: service authorization reference). */
const iamActions: Readonly<Record<string, string>> = {
  "s3:HeadObject": "s3:GetObject",
  "s3:HeadBucket": "s3:ListBucket",
  "s3:ListObjectsV2": "s3:ListBucket",
  "s3:ListObjectVersions": "s3:ListBucketVersions",
  "s3:DeleteObjects": "s3:DeleteObject",
  "s3:CopyObject": "s3:PutObject",
  "glue:BatchGetJobs": "glue:BatchGetJobs",
};

/** What a HEAD means by its status alone, for its response has no body (S3 API reference, "Error responses"). */
const bareStatuses: Readonly<Record<number, string>> = { 301: "PermanentRedirect", 403: "Forbidden" };

/** First match wins. */
const diagnoses: readonly Diagnosis[] = [
  {
    names: /^CredentialsProviderError$|^TokenProviderError$|^ProviderError$/,
    code: "aws-no-credentials",
    source: "user",
    message: (facts) => `No AWS credentials were found: ${facts.message}`,
    remedy: () =>
      "Run aws-actions/configure-aws-credentials before this step (with `permissions: id-token: write`), or export AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.",
  },
  {
    names: /^ExpiredToken/,
    code: "aws-expired-token",
    source: "user",
    message: (facts, call) => `The AWS session has expired (${about(call)}): ${facts.message}`,
    remedy: () =>
      "Assume the role again right before this step, with a longer role-duration-seconds if the step takes long.",
  },
  {
    names:
      /^UnrecognizedClient|^InvalidClientTokenId|^InvalidAccessKeyId|^SignatureDoesNotMatch|^InvalidSignature|^InvalidToken|^IncompleteSignature|^MissingAuthenticationToken/,
    code: "aws-invalid-credentials",
    source: "user",
    message: (facts, call) => `AWS refused the credentials (${about(call)}): ${facts.message}`,
    remedy: () =>
      "Check the access key, the secret and the session token: all three must come from the same sign-in.",
  },
  {
    names: /^RequestTimeTooSkewed|^RequestExpired/,
    code: "aws-clock-skew",
    source: "user",
    message: (facts, call) =>
      `This machine's clock differs too much from AWS's (${about(call)}): ${facts.message}`,
    remedy: () => "Synchronise the machine's clock.",
  },
  {
    names:
      /^ECONNREFUSED$|^ENOTFOUND$|^EAI_AGAIN$|^EHOSTUNREACH$|^ENETUNREACH$|^ETIMEDOUT$|^ECONNRESET$|^EPIPE$|^TimeoutError$/,
    code: "aws-unreachable",
    source: "user",
    message: (facts, call) =>
      `The AWS endpoint could not be reached (${about(call)}): ${facts.message || facts.name}`,
    remedy: () =>
      "Check the region's name, the network and, when AWS_ENDPOINT_URL is set, that something listens at that address.",
  },
  {
    names: /^UnreadableAnswer$/,
    code: "aws-answer-unreadable",
    source: "aws",
    message: (facts, call) => `The answer of AWS can't be read (${about(call)}): ${facts.message}`,
    remedy: () =>
      "Run the step again; if it happens again, look for what changes answers on their way (a proxy, a firewall, a sign-in page).",
  },
  {
    names: /^AccessDenied|^Forbidden$|^AllAccessDisabled$/,
    code: "aws-access-denied",
    source: "user",
    message: (facts, call) =>
      `Access denied: ${missingAction(facts, call)} (${about(call)}): ${facts.message}`,
    remedy: (facts, call) => accessRemedy(facts, call),
  },
  {
    names: /^NoSuchBucket$/,
    code: "bucket-missing",
    source: "user",
    message: (_, call) => `There is no such bucket (${about(call)})`,
    remedy: () =>
      "Check the bucket's name in the manifest. The toolkit never creates buckets: make it where your other infrastructure is made.",
  },
  {
    names: /^PermanentRedirect$|^AuthorizationHeaderMalformed$|^IllegalLocationConstraint/,
    code: "bucket-in-other-region",
    source: "user",
    message: (facts, call) => `The bucket is in another region (${about(call)}): ${facts.message}`,
    remedy: () =>
      "Name a bucket in the environment's region: the jobs are there, so leave the region as it is. A script that a job runs today may lie elsewhere; the next deploy brings it into the manifest's bucket.",
  },
  {
    names: /^Throttl|^TooManyRequests|^RequestLimitExceeded$|^SlowDown$/,
    code: "aws-throttled",
    source: "aws",
    message: (facts, call) => `AWS kept throttling (${about(call)}): ${facts.message}`,
    remedy: () =>
      "Run the step again; if it happens often, ask AWS for a higher quota or deploy fewer jobs at a time.",
  },
  {
    names: /^EntityNotFoundException$|^NoSuchKey$|^NotFound$/,
    code: "aws-not-found",
    source: "user",
    message: (facts, call) => `Not found (${about(call)}): ${facts.message}`,
    remedy: () => "Check the name, the environment and the region in the manifest.",
  },
];

/** Code, message and remedy of an SDK error, from a table by name. */
export function diagnoseAwsError(facts: AwsFacts, call: AwsCall): ErrorDetails {
  const named =
    facts.status !== undefined && /^(UnknownError|Unknown|Error|\d{3})$/.test(facts.name)
      ? (bareStatuses[facts.status] ?? facts.name)
      : facts.name;
  const found = diagnoses.find((diagnosis) => diagnosis.names.test(named));
  const id = facts.requestId === undefined ? "" : ` [request ${facts.requestId}]`;
  if (found === undefined) {
    return {
      code: "aws-error",
      message: `${facts.name} (${about(call)}): ${facts.message}${id}`,
      remedy: "Read AWS's message; if it looks temporary, run the step again.",
      source: "aws",
    };
  }
  return {
    code: found.code,
    message: `${found.message(facts, call)}${id}`,
    remedy: found.remedy(facts, call),
    source: found.source,
  };
}

function about(call: AwsCall): string {
  const operation = `${call.service} ${call.operation}`;
  return call.resource === undefined ? operation : `${operation} on ${call.resource}`;
}

function missingAction(facts: AwsFacts, call: AwsCall): string {
  const said = /not authorized to perform: ?([a-z0-9-]+:[A-Za-z]+)/.exec(facts.message)?.[1];
  const operation = `${call.service}:${call.operation}`;
  return said ?? iamActions[operation] ?? operation;
}

function accessRemedy(facts: AwsFacts, call: AwsCall): string {
  if (/explicit deny in a resource-based policy/.test(facts.message)) return denyRemedy(call);
  const action = missingAction(facts, call);
  const resource = /on resource: ?(\S+)/.exec(facts.message)?.[1] ?? policyResource(action, call.resource);
  const condition =
    action === "iam:PassRole" ? ` with the condition iam:PassedToService = glue.amazonaws.com` : "";
  const ownerCheck =
    call.service === "s3" ? ` Also check that the bucket belongs to the environment's account.` : "";
  return `Allow ${action} on ${resource}${condition} in the policy of the role that runs this step.${ownerCheck}`;
}

/** The policy of the bucket or key says no, whatever the role may do (IAM user guide, "Access denied error messages"). */
function denyRemedy(call: AwsCall): string {
  if (call.service !== "s3")
    return "Look at the resource's own policy: it denies this call, whatever the role may do.";
  const put = call.operation === "PutObject";
  return `Look at the bucket's policy: it denies this call, whatever the role may do.${put ? " If it asks for server-side encryption, set scripts.encryption in the manifest." : ""}`;
}

/** What a policy would call the resource: S3 URIs as ARNs, of the bucket alone for the actions on buckets. */
function policyResource(action: string, resource = "the resource"): string {
  const address = /^s3:\/\/([^/]+)(\/.*)?$/.exec(resource);
  if (address === null) return resource;
  const ofBucket = /^s3:(ListBucket|GetBucket)/.test(action);
  return `arn:aws:s3:::${address[1]}${ofBucket ? "" : (address[2] ?? "")}`;
}
