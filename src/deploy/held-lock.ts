import { putIfMatch } from "../aws/objects.ts";
import { messageOf, ToolkitError } from "../base/errors.ts";
import { startHeartbeat } from "../base/heartbeat.ts";
import {
  type LockDocument,
  leaseMilliseconds,
  lockDocument,
  lockedError,
  lockObject,
} from "./lock-document.ts";
import type { Provenance } from "./place.ts";
import { type LockPlace, readLock } from "./read-lock.ts";

const renewMilliseconds = leaseMilliseconds / 3;
/** A write that is sent this long before the lease ends has arrived before anybody may take the lock over. */
const marginMilliseconds = leaseMilliseconds / 6;

/** The right to change an environment's jobs, kept alive by itself until it is released. */
export interface Lock {
  /**
   * To be asked before every change: a run that was held up for longer than its lease (a suspended machine) must not
   * write into what another run has taken over.
   * @throws ToolkitError `deploy-locked` when somebody took the lock over, `lock-lapsed` when it can't be renewed
   */
  assertHeld(): Promise<void>;
  /** The same without a look at S3, for the very moment before a request is sent. */
  assertFresh(): void;
  /** Gives the lock back; it needs no right to delete, so the object stays, marked as released. */
  release(): Promise<void>;
}

interface Holding {
  readonly place: LockPlace;
  readonly by: Provenance;
  readonly token: string;
  readonly acquiredAt: number;
  etag: string;
  /** When the last write of the lock that worked was sent. */
  renewedAt: number;
  lost: unknown;
  /** The renewal under way: many ask at once, and two writes of one holder would get in each other's way. */
  renewing: Promise<void> | undefined;
}

/** A lock that was just written, sent at `sentAt`. */
export function holdLock(
  place: LockPlace,
  by: Provenance,
  token: string,
  etag: string,
  sentAt: number,
): Lock {
  const holding: Holding = {
    place,
    by,
    token,
    acquiredAt: sentAt,
    etag,
    renewedAt: sentAt,
    lost: undefined,
    renewing: undefined,
  };
  const stop = startHeartbeat(renewMilliseconds, () => renewQuietly(holding));
  return {
    assertHeld: async () => {
      if (age(holding) > renewMilliseconds) await renew(holding);
      assertFresh(holding);
    },
    assertFresh: () => assertFresh(holding),
    release: async () => {
      stop();
      await release(holding);
    },
  };
}

function age({ place, renewedAt }: Holding): number {
  return place.clock.now() - renewedAt;
}

function assertFresh(holding: Holding): void {
  if (holding.lost !== undefined) throw holding.lost;
  if (age(holding) < leaseMilliseconds - marginMilliseconds) return;
  throw new ToolkitError({
    code: "lock-lapsed",
    message: "This run was held up for so long that its lock on the environment lapsed",
    remedy: "Deploy again: the next run settles what this one left.",
    source: "user",
  });
}

function renew(holding: Holding): Promise<void> {
  holding.renewing ??= renewOnce(holding).finally(() => {
    holding.renewing = undefined;
  });
  return holding.renewing;
}

async function renewOnce(holding: Holding): Promise<void> {
  if (holding.lost !== undefined) throw holding.lost;
  const sentAt = holding.place.clock.now();
  try {
    await write(holding, false);
  } catch (thrown) {
    if (thrown instanceof ToolkitError && thrown.code === "deploy-locked") holding.lost = thrown;
    throw thrown;
  }
  holding.renewedAt = Math.max(holding.renewedAt, sentAt);
}

/** A renewal that fails is tried again at the next beat; `assertHeld` is what counts. */
async function renewQuietly(holding: Holding): Promise<void> {
  try {
    await renew(holding);
  } catch (thrown) {
    holding.place.progress({
      code: "deploy.lock-not-renewed",
      level: "debug",
      message: `The lock could not be renewed: ${messageOf(thrown)}`,
    });
  }
}

/** A write whose answer got lost makes the next one fail, though the lock is ours: its token tells. */
async function write(holding: Holding, released: boolean): Promise<void> {
  const { place, by, token, acquiredAt } = holding;
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const document: LockDocument = {
      ...lockDocument(by, token, acquiredAt, place.clock.now()),
      released,
    };
    const written = await putIfMatch(
      place.clients.s3,
      place.bucket,
      lockObject(place, document),
      holding.etag,
    );
    if (written !== undefined) {
      holding.etag = written;
      return;
    }
    const standing = await readLock(place);
    if (standing?.document?.token !== token) throw lockedError(place, standing?.document);
    holding.etag = standing.etag;
  }
  throw lockedError(place, undefined);
}

async function release(holding: Holding): Promise<void> {
  await holding.renewing?.catch(() => undefined);
  if (holding.lost !== undefined) return;
  try {
    await write(holding, true);
  } catch (thrown) {
    holding.place.progress({
      code: "deploy.lock-not-released",
      level: "warning",
      message: `The lock could not be given back and expires by itself: ${messageOf(thrown)}`,
    });
  }
}
