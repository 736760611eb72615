import { acquireLease, type Lease, leaseUri } from "../aws/lease.ts";
import { messageOf, ToolkitError } from "../base/errors.ts";
import type { RunContext } from "./context.ts";
import type { RunInfo } from "./result.ts";

/** A lock without a sign of life for so long belongs to a run that was killed. */
const lifetime = 5 * 60_000;
const heartbeat = 60_000;

/** The sole right to run on an environment, kept alive until it is given back. */
export interface RunLock {
  /** Aborted when somebody else has taken the lock: the environment isn't ours any more. */
  readonly lost: AbortSignal;
  /** By how many milliseconds S3's clock is ahead of this machine's. @throws ToolkitError */
  clockAhead(): Promise<number>;
  /** Never rejects: a lock that can't be given back expires by itself. */
  release(): Promise<void>;
}

/**
 * Keeps any other end-to-end run off the environment. A lock is left to an earlier attempt of the same workflow run
 * only as long as that could be alive: GitHub starts an attempt when the one before is over.
 * @throws ToolkitError `e2e-locked` naming the holder, and AWS errors
 */
export async function lockEnvironment(context: RunContext, info: RunInfo): Promise<RunLock> {
  const { clients, clock, folder } = context;
  const { runId, attempt, url, actor, repository } = info;
  const known = Object.entries({ attempt, runUrl: url, actor, repository }).filter(
    ([, value]) => value !== undefined,
  );
  const place = { bucket: folder.bucket, key: `${folder.prefix}lock.json` };
  try {
    const lease = await acquireLease({
      ...place,
      s3: clients.s3,
      clock,
      holder: { runId, ...Object.fromEntries(known) },
      lifetime,
      isGone: (holder) => holder.runId === runId && (holder.attempt ?? 1) < (attempt ?? 1),
    });
    return keepAlive(lease, context);
  } catch (thrown) {
    if (!(thrown instanceof ToolkitError) || thrown.code !== "lease-held") throw thrown;
    throw new ToolkitError({
      code: "e2e-locked",
      message: `${context.manifest.environment.name} is in use by ${thrown.message} (${leaseUri(place)})`,
      remedy: thrown.remedy,
      source: "user",
    });
  }
}

function keepAlive(lease: Lease, context: RunContext): RunLock {
  const { clock } = context;
  const ended = new AbortController();
  const lost = new AbortController();
  const beat = async (): Promise<void> => {
    for (let renewedAt = clock.now(); !ended.signal.aborted; ) {
      await clock.sleep(heartbeat, ended.signal);
      try {
        await lease.renew();
        renewedAt = clock.now();
      } catch (thrown) {
        const taken = thrown instanceof ToolkitError && thrown.code === "lease-held";
        if (taken || clock.now() - renewedAt > lifetime) return lost.abort(lockLost(thrown));
      }
    }
  };
  const beating = beat().catch(() => undefined);
  return {
    lost: lost.signal,
    clockAhead: lease.clockAhead,
    release: async () => {
      ended.abort();
      await beating;
      if (lost.signal.aborted) return;
      await lease.release().catch((thrown: unknown) => {
        context.progress({
          code: "e2e.lock-not-released",
          level: "warning",
          message: `the lock could not be given back and expires by itself: ${messageOf(thrown)}`,
        });
      });
    },
  };
}

function lockLost(thrown: unknown): ToolkitError {
  return new ToolkitError({
    code: "e2e-lock-lost",
    message: `the environment's lock was lost during the run: ${messageOf(thrown)}`,
    remedy: "Find out what else runs on this environment; the data of this run can't be trusted.",
    source: "user",
    cause: thrown,
  });
}
