import type { Clock } from "./clock.ts";
import { formatDuration } from "./duration.ts";
import { ToolkitError } from "./errors.ts";

/** The limit of some work: its signal is aborted when the time is up, or when that of the work around it is. */
export interface Limit {
  readonly signal: AbortSignal;
  /** Must be called when the work is over. */
  readonly release: () => void;
}

/**
 * Sets a limit to some work.
 * @param what names the work in the error: `step silver`
 * @param milliseconds from now
 * @param around the signal of what the work is part of; none for work that must not be cancelled with it
 */
export function startLimit(
  clock: Clock,
  { what, milliseconds }: { readonly what: string; readonly milliseconds: number },
  around?: AbortSignal,
): Limit {
  const controller = new AbortController();
  const ring = (): void => controller.abort(timeUp(what, milliseconds));
  const release = clock.alarm?.(clock.now() + Math.max(0, milliseconds), ring) ?? (() => undefined);
  const signal = around === undefined ? controller.signal : AbortSignal.any([around, controller.signal]);
  return { signal, release };
}

/** Does some work within a limit, which its signal tells. */
export async function within<T>(
  clock: Clock,
  limit: Parameters<typeof startLimit>[1],
  work: (signal: AbortSignal) => Promise<T>,
  around?: AbortSignal,
): Promise<T> {
  const { signal, release } = startLimit(clock, limit, around);
  try {
    return await work(signal);
  } finally {
    release();
  }
}

/** What the work gives, unless the signal is aborted before: then the work goes on unheard. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stopListening = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    stopListening = () => signal.removeEventListener("abort", abort);
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    stopListening();
  }
}

/** The error of a limit that was reached; undefined for a signal that is not aborted, or was for another reason. */
export function timeUpOf(signal: AbortSignal | undefined): ToolkitError | undefined {
  const reason: unknown = signal?.reason;
  return reason instanceof ToolkitError && reason.code === "wait-timed-out" ? reason : undefined;
}

function timeUp(what: string, milliseconds: number): ToolkitError {
  return new ToolkitError({
    code: "wait-timed-out",
    message: `${what} was not over after ${formatDuration(Math.max(0, milliseconds))}`,
    remedy: "Raise the timeout if this is its normal time; otherwise look at why it does not move.",
    source: "aws",
  });
}
