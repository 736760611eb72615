import type { EndingCauses } from "./ending-cause.ts";

const errors = "https://docs.aws.amazon.com/glue/latest/dg/glue-troubleshooting-errors.html";

/** What keeps Glue itself from starting or finishing a run. */
export const glueCauses = {
  "modules-not-installed": {
    ends: /Installation of Additional Python Modules failed/i,
    message: "Glue could not install the job's additional Python modules: {error}",
    remedy:
      "Check names and versions in --additional-python-modules, and the job's way to the package index.",
  },
  "script-not-fetched": {
    ends: /Error downloading from S3 for bucket|^LAUNCH ERROR.*(?:NoSuchKey|S3)/,
    message: "Glue could not fetch the job's script: {error}",
    remedy: "Deploy with deploy-glue, and let the job's role read the scripts bucket.",
  },
  "role-not-assumable": {
    ends: /assume role permissions|Unable to assume role|not authorized to perform: ?sts:AssumeRole/i,
    message: "Glue may not assume the job's role: {error}",
    remedy: "Let the role's trust policy name glue.amazonaws.com, and check that the role exists.",
    source: errors,
  },
  "s3-endpoint-missing": {
    ends: /VPC S3 endpoint validation failed|Could not find S3 endpoint or NAT gateway/i,
    message: "the subnet of the job's connection has no way to S3: {error}",
    remedy: "Give the VPC a gateway endpoint for S3, or the subnet a NAT gateway.",
    source: errors,
  },
  "subnet-full": {
    ends: /subnet does not have enough free addresses/i,
    message: "the subnet of the job's connection has no free addresses: {error}",
    remedy: "Use a larger subnet or fewer workers, or wait for other runs in the subnet to end.",
  },
  "security-group-closed": {
    ends: /security group must open all (?:ingress|egress) ports|(?:Inbound|Outbound) rule in security group required/i,
    message: "the security group of the job's connection does not let its workers reach each other: {error}",
    remedy: "Add a rule for all TCP ports to the security group whose source is the group itself.",
    source: errors,
  },
  "connection-zone-missing": {
    ends: /CONNECTION_LIST_CONNECTION_WITH_AZ_NULL|Could not find subnet for AZ/i,
    message: "the job's connection has no usable availability zone: {error}",
    remedy: "Set the subnet of the connection, and the availability zone that the subnet is in.",
    source: errors,
  },
  "vpc-not-readable": {
    ends: /(?:DescribeVpcEndpoints|DescribeRouteTables) action is unauthorized|Failed to call ec2:Describe(?:Subnets|SecurityGroups)/i,
    message: "the job's role may not look up its network: {error}",
    remedy: "Allow the ec2:Describe action named in the error in the policy of the job's role.",
    source: errors,
  },
  "bookmark-conflict": {
    ends: /Continuation update failed due to version mismatch|Job bookmark update failed due to version mismatch/i,
    message: "another run of the job changed the bookmark in the meantime: {error}",
    remedy: "Set the job's maximum concurrency to 1, and do not reset the bookmark during a run.",
    source: errors,
  },
  concurrency: {
    ends: /ConcurrentRunsExceeded|Concurrent runs exceeded|Max(?:imum)? concurrent runs/i,
    message: "job {job} is already running as often as it may: {error}",
    remedy: "Wait for the other run to end, or raise the job's maximum concurrency.",
    source: "https://docs.aws.amazon.com/glue/latest/dg/job-run-statuses.html",
  },
  "no-capacity": {
    ends: /ResourceNumberLimitExceeded|maximum concurrent capacity|concurrent compute|Resource unavailable/i,
    message: "the account has no capacity left for the run: {error}",
    remedy: "Wait for other runs to end, or ask AWS for a higher quota of DPUs or runs.",
    source: errors,
  },
  throttled: {
    ends: /^(?:ThrottlingException|ClientError).*Rate exceeded|ThrottlingException|\((?:Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException)\)|ProvisionedThroughputExceededException/,
    message: "a service refused calls because there were too many: {error}",
    remedy: "Let the script call less often or retry with a pause, and run fewer jobs at a time.",
  },
  "glue-internal": {
    ends: /^Internal service error|InternalServiceException|^Internal Service Exception/i,
    message: "Glue reports an error of its own: {error}",
    remedy: "Run the pipeline again; if it stays, ask AWS support with the run's id.",
  },
  "update-conflict": {
    ends: /^ConcurrentModificationException\b/,
    message: "somebody else changed the same thing in the meantime: {error}",
    remedy: "Let one run at a time write it, or let the script try again.",
  },
  "login-failed": {
    ends: /password authentication failed|Access denied for user|Login failed for user|invalid username\/password/i,
    message: "the database refused the user or the password: {error}",
    remedy: "Check user and password in the job's connection or in the secret that it names.",
  },
  "not-reachable": {
    ends: /Communications link failure|Connect(?:ion)? (?:to \S+ (?:failed|refused)|timed out|refused)|UnknownHostException|EndpointConnectionError|ConnectTimeoutError|^Connection(?:Refused|Reset|Aborted)?Error\b|Could not connect to the endpoint URL/,
    message: "the script could not reach a service or database: {error}",
    remedy: "Check the job's connection: its subnet, route, security group, and the host's name.",
    source: "https://www.repost.aws/knowledge-center/glue-test-connection-failed",
  },
  "secret-missing": {
    ends: /when calling the GetSecretValue operation: Secrets Manager can't find/,
    message: "the script reads a secret that does not exist: {error}",
    remedy: "Check the name of the secret, and that it is in the job's region and account.",
  },
  "driver-missing": {
    ends: /No suitable driver|ClassNotFoundException: \S*[Dd]river\b/,
    message: "the job has no JDBC driver for its database: {error}",
    remedy: "Give the driver to the job with --extra-jars.",
  },
} as const satisfies EndingCauses;
