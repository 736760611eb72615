import { ToolkitError } from "../base/errors.ts";
import { diagnoseAwsError } from "./diagnoses.ts";
import { type AwsCall, awsFacts } from "./facts.ts";

const throttledNames = [
  "ThrottlingException",
  "Throttling",
  "TooManyRequestsException",
  "RequestLimitExceeded",
  "SlowDown",
] as const;

const transientNames = new Set<string>([
  ...throttledNames,
  "InternalServiceException",
  "InternalError",
  "InternalServerException",
  "ServiceUnavailable",
  "ServiceUnavailableException",
  "ECONNRESET",
  "EPIPE",
  "TimeoutError",
  "UnreadableAnswer",
]);

/** Worth another attempt, but only after a fresh look: the first attempt may have worked. */
const lookAgainNames = new Set(["ConcurrentModificationException", "OperationTimeoutException"]);

/** Operations that must never be sent a second time without reconciling first. */
const sendOnce = new Set(["StartJobRun"]);

/**
 * Whether the same call may simply be sent again. UpdateJob after ConcurrentModificationException or
 * OperationTimeoutException is not among these, nor is StartJobRun ever: see `mustLookAgain`.
 */
export function isRetryable(operation: string, thrown: unknown): boolean {
  if (sendOnce.has(operation)) return false;
  const { name, status } = awsFacts(thrown);
  if (transientNames.has(name) || (status !== undefined && status >= 500)) return true;
  const reads = /^(Get|BatchGet|List|Head|Filter|Describe)/.test(operation);
  return reads && lookAgainNames.has(name);
}

/** Whether the answer was "too many calls": the call had no effect. */
export function isThrottled(thrown: unknown): boolean {
  return isAwsError(thrown, ...throttledNames);
}

/** Whether the outcome of a write is unknown or contested, so that its target has to be read before anything else. */
export function mustLookAgain(thrown: unknown): boolean {
  const { name, status } = awsFacts(thrown);
  return lookAgainNames.has(name) || transientNames.has(name) || (status !== undefined && status >= 500);
}

/** Whether the error, or the SDK error it was made from, has one of these names. */
export function isAwsError(thrown: unknown, ...names: readonly string[]): boolean {
  return names.includes(awsFacts(thrown).name);
}

/** Whether the answer was "there is no such thing": a missing job, crawler, object or bucket. */
export function isNotFound(thrown: unknown): boolean {
  const { name, status } = awsFacts(thrown);
  return status === 404 || name === "EntityNotFoundException" || name === "NoSuchKey" || name === "NotFound";
}

/** Whether the answer was "you may not": Glue says so with status 400, S3's HEAD with a bare 403. */
export function isAccessDenied(thrown: unknown): boolean {
  const { name, status } = awsFacts(thrown);
  return (
    /^AccessDenied|^Forbidden$/.test(name) ||
    (status === 403 && !/Token|Signature|Credential|Skewed|AccessKey/.test(name))
  );
}

/** Whether the bucket lies in another region than the one that was asked: nothing can be told of its objects. */
export function isInOtherRegion(thrown: unknown): boolean {
  const { name, status } = awsFacts(thrown);
  return (
    status === 301 ||
    /^PermanentRedirect$|^AuthorizationHeaderMalformed$|^IllegalLocationConstraint/.test(name)
  );
}

/** An SDK error as a typed error with a remedy; the SDK's error stays its cause. ToolkitErrors and aborts pass through. */
export function asToolkitError(thrown: unknown, call: AwsCall): unknown {
  if (thrown instanceof ToolkitError || isAbort(thrown)) return thrown;
  return new ToolkitError({ ...diagnoseAwsError(awsFacts(thrown), call), cause: thrown });
}

/** Runs one SDK call, turning its error into a ToolkitError that names the call and a remedy. */
export async function awsCall<T>(call: AwsCall, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (thrown) {
    throw asToolkitError(thrown, call);
  }
}

function isAbort(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.name === "AbortError";
}
