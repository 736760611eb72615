import type { Clock } from "../base/clock.ts";
import { retry } from "../base/retry.ts";
import { awsCall, isRetryable } from "./errors.ts";
import type { AwsCall } from "./facts.ts";

/** What every wait on AWS needs. */
export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Attempts of a read on top of the SDK's own, which doesn't repeat OperationTimeoutException. */
const attempts = 4;

/**
 * Sends a read, again while its error is temporary: one hiccup must not end a wait of an hour.
 * @throws ToolkitError that names the call
 */
export async function readAgain<T>(call: AwsCall, patience: Patience, send: () => Promise<T>): Promise<T> {
  return awsCall(call, () =>
    retry(send, {
      clock: patience.clock,
      signal: patience.signal,
      attempts,
      firstMilliseconds: 500,
      retryable: (thrown) => isRetryable(call.operation, thrown),
    }),
  );
}
