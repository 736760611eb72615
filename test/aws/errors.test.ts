import { describe, expect, it } from "vitest";
import {
  asToolkitError,
  isAccessDenied,
  isNotFound,
  isRetryable,
  mustLookAgain,
} from "../../src/aws/errors.ts";
import type { AwsCall } from "../../src/aws/facts.ts";
import { ToolkitError } from "../../src/base/errors.ts";

function sdkError(name: string, status?: number, message = "said AWS"): Error {
  const metadata = status === undefined ? {} : { $metadata: { httpStatusCode: status, requestId: "req-1" } };
  return Object.assign(new Error(message), { name }, metadata);
}

const updateJob: AwsCall = { service: "glue", operation: "UpdateJob", resource: "job silver" };
const headObject: AwsCall = { service: "s3", operation: "HeadObject", resource: "s3://b/k" };
const passRole =
  "User: arn:aws:sts::1:assumed-role/ci/s is not authorized to perform: iam:PassRole on resource: arn:aws:iam::1:role/glue because no identity-based policy allows the iam:PassRole action";

describe("an SDK error", () => {
  it.each([
    ["CredentialsProviderError", undefined, "aws-no-credentials"],
    ["ExpiredTokenException", 400, "aws-expired-token"],
    ["ExpiredToken", 400, "aws-expired-token"],
    ["UnrecognizedClientException", 400, "aws-invalid-credentials"],
    ["SignatureDoesNotMatch", 403, "aws-invalid-credentials"],
    ["RequestTimeTooSkewed", 403, "aws-clock-skew"],
    ["AccessDeniedException", 400, "aws-access-denied"],
    ["AccessDenied", 403, "aws-access-denied"],
    ["NoSuchBucket", 404, "bucket-missing"],
    ["PermanentRedirect", 301, "bucket-in-other-region"],
    ["ThrottlingException", 400, "aws-throttled"],
    ["EntityNotFoundException", 400, "aws-not-found"],
    ["SomethingNew", 400, "aws-error"],
  ])("%s becomes %s %s with a remedy", (name, status, code) => {
    const error = asToolkitError(sdkError(name, status), updateJob);
    expect(error).toBeInstanceOf(ToolkitError);
    expect(error).toMatchObject({ code, remedy: expect.stringMatching(/^[A-Z].*\.$/) });
    expect((error as ToolkitError).message).toContain(
      "job silver".slice(0, name.startsWith("Cred") ? 0 : 10),
    );
  });

  it("without a message of its own is called by its name, and one of a whole bucket by the bucket", () => {
    const silent = Object.assign(new Error(""), { code: "ETIMEDOUT" });
    expect((asToolkitError(silent, updateJob) as ToolkitError).message).toMatch(/: ETIMEDOUT$/);
    const list: AwsCall = { service: "s3", operation: "PutObject", resource: "s3://bucket" };
    expect((asToolkitError(sdkError("AccessDenied", 403), list) as ToolkitError).remedy).toContain(
      "Allow s3:PutObject on arn:aws:s3:::bucket in the policy",
    );
    const nowhere: AwsCall = { service: "sts", operation: "GetCallerIdentity" };
    expect((asToolkitError(sdkError("AccessDenied", 403), nowhere) as ToolkitError).remedy).toContain(
      "on the resource in the policy",
    );
  });

  it("of a refused connection says that nothing listens there", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:1"), { code: "ECONNREFUSED" });
    expect(asToolkitError(refused, updateJob)).toMatchObject({ code: "aws-unreachable" });
  });

  it("names the missing permission that AWS names, PassRole with its condition", () => {
    const error = asToolkitError(sdkError("AccessDeniedException", 400, passRole), updateJob);
    expect(error).toMatchObject({
      message: expect.stringContaining("Access denied: iam:PassRole (glue UpdateJob on job silver)"),
      remedy: expect.stringContaining(
        "Allow iam:PassRole on arn:aws:iam::1:role/glue with the condition iam:PassedToService = glue.amazonaws.com",
      ),
    });
  });

  it("of a HEAD, which has no body, still names the permission", () => {
    const error = asToolkitError(sdkError("UnknownError", 403, "UnknownError"), headObject);
    expect(error).toMatchObject({
      code: "aws-access-denied",
      remedy: expect.stringContaining("Allow s3:GetObject on arn:aws:s3:::b/k"),
    });
  });

  it("that is an abort, or a ToolkitError already, passes through", () => {
    const abort = sdkError("AbortError");
    const ours = new ToolkitError({ code: "c", message: "m", remedy: "r", source: "user" });
    expect(asToolkitError(abort, updateJob)).toBe(abort);
    expect(asToolkitError(ours, updateJob)).toBe(ours);
  });

  it("keeps its facts when it has become a ToolkitError", () => {
    expect(isNotFound(asToolkitError(sdkError("EntityNotFoundException", 400), updateJob))).toBe(true);
    expect(isAccessDenied(asToolkitError(sdkError("UnknownError", 403), headObject))).toBe(true);
    expect(isAccessDenied(sdkError("SignatureDoesNotMatch", 403))).toBe(false);
  });
});

describe("what may be sent again", () => {
  it.each([
    ["GetJob", "ThrottlingException", 400, true],
    ["GetJob", "OperationTimeoutException", 400, true],
    ["UpdateJob", "ThrottlingException", 400, true],
    ["UpdateJob", "OperationTimeoutException", 400, false],
    ["UpdateJob", "ConcurrentModificationException", 400, false],
    ["UpdateJob", "InvalidInputException", 400, false],
    ["StartJobRun", "InternalServiceException", 500, false],
    ["StartJobRun", "ThrottlingException", 400, false],
    ["PutObject", "ServiceUnavailable", 503, true],
    ["GetObject", "AccessDenied", 403, false],
  ])("%s after %s (%i): %s", (operation, name, status, verdict) => {
    expect(isRetryable(operation, sdkError(name, status))).toBe(verdict);
  });

  it.each([
    ["ConcurrentModificationException", 400, true],
    ["OperationTimeoutException", 400, true],
    ["InternalServiceException", 500, true],
    ["AccessDeniedException", 400, false],
    ["InvalidInputException", 400, false],
  ])("after %s (%i) a write's target must be read first: %s", (name, status, verdict) => {
    expect(mustLookAgain(sdkError(name, status))).toBe(verdict);
  });
});
