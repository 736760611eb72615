import { startHeartbeat } from "../base/heartbeat.ts";
import { type LeaseDocument, leaseObject, readLease } from "./lease-document.ts";
import type { LeaseTerms } from "./lease-terms.ts";
import { headObject, putIfMatch } from "./objects.ts";

/** The sole right to something, kept alive by itself until it is released. */
export interface Lease {
  /**
   * To be asked before every change: a run that was held up for longer than its lease (a suspended machine) must not
   * write into what another run has taken over.
   * @throws ToolkitError as the terms' `takenAway` and `lapsed` give it, and AWS errors when it can't be renewed
   */
  assertHeld(): Promise<void>;
  /** The same without a look at S3, for the very moment before a request is sent. @throws ToolkitError */
  assertFresh(): void;
  /** Aborted when somebody else has taken it, or when it lapsed because S3 can't be reached. */
  readonly lost: AbortSignal;
  /**
   * By how many milliseconds S3's clock is ahead of this machine's, or up to a second and the way there less: S3 keeps
   * whole seconds. 0 where it can't be told. @throws ToolkitError
   */
  clockAhead(): Promise<number>;
  /** Never rejects. It needs no right to delete, so the object stays, marked as released; else it expires by itself. */
  release(): Promise<void>;
}

/** A write of a lease that S3 confirmed, by this machine's clock. */
interface LeaseWrite {
  readonly etag: string;
  readonly sentAt: number;
  readonly answeredAt: number;
}

interface Holding<Holder> {
  readonly terms: LeaseTerms<Holder>;
  readonly token: string;
  readonly acquiredAt: number;
  /** Whose reason is what `assertHeld` throws, once it was taken away. */
  readonly taken: AbortController;
  readonly lost: AbortController;
  /** Of the object as it was last seen to be ours. */
  etag: string;
  written: LeaseWrite;
  /** The renewal under way: many ask at once, and two writes of one holder would get in each other's way. */
  renewing: Promise<void> | undefined;
}

/** Keeps a lease that was just written. */
export function holdLease<Holder>(
  terms: LeaseTerms<Holder>,
  { token, ...written }: LeaseWrite & { readonly token: string },
): Lease {
  const holding: Holding<Holder> = {
    terms,
    token,
    acquiredAt: written.sentAt,
    taken: new AbortController(),
    lost: new AbortController(),
    etag: written.etag,
    written,
    renewing: undefined,
  };
  const stop = startHeartbeat(terms.renewEvery, () => renewQuietly(holding));
  return {
    lost: holding.lost.signal,
    assertHeld: async () => {
      if (age(holding) > terms.renewEvery) await renew(holding);
      assertFresh(holding);
    },
    assertFresh: () => assertFresh(holding),
    clockAhead: () => clockAhead(holding),
    release: async () => {
      stop();
      await release(holding);
    },
  };
}

function age<Holder>({ terms, written }: Holding<Holder>): number {
  return terms.clock.now() - written.sentAt;
}

/** A request that is sent this long before the lease ends has arrived before anybody may take the lease over. */
function hasLapsed<Holder>(holding: Holding<Holder>): boolean {
  const { lifetime } = holding.terms;
  return age(holding) >= lifetime - lifetime / 6;
}

function assertFresh<Holder>(holding: Holding<Holder>): void {
  holding.taken.signal.throwIfAborted();
  if (hasLapsed(holding)) throw holding.terms.words.lapsed(undefined);
}

function renew<Holder>(holding: Holding<Holder>): Promise<void> {
  holding.renewing ??= write(holding, false).finally(() => {
    holding.renewing = undefined;
  });
  return holding.renewing;
}

/** A renewal that fails is tried again at the next beat. */
async function renewQuietly<Holder>(holding: Holding<Holder>): Promise<void> {
  const { words } = holding.terms;
  try {
    await renew(holding);
  } catch (thrown) {
    words.notRenewed(thrown);
    if (!holding.taken.signal.aborted && hasLapsed(holding)) holding.lost.abort(words.lapsed(thrown));
  }
}

/** A write whose answer got lost makes the next one fail, though the lease is ours: its token tells. */
async function write<Holder>(holding: Holding<Holder>, released: boolean): Promise<void> {
  const { terms, token, acquiredAt } = holding;
  const { s3, bucket, clock } = terms;
  holding.taken.signal.throwIfAborted();
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const sentAt = clock.now();
    const object = leaseObject(terms, { token, acquiredAt, now: sentAt, released });
    const etag = await putIfMatch(s3, bucket, object, holding.etag);
    if (etag !== undefined) {
      holding.etag = etag;
      holding.written = { etag, sentAt, answeredAt: clock.now() };
      return;
    }
    const standing = await readLease(terms);
    if (standing?.document?.token !== token) throw lose(holding, standing?.document);
    holding.etag = standing.etag;
  }
  throw lose(holding, undefined);
}

function lose<Holder>(
  { terms, taken, lost }: Holding<Holder>,
  to: LeaseDocument<Holder> | undefined,
): unknown {
  taken.abort(terms.words.takenAway(to));
  lost.abort(taken.signal.reason);
  return taken.signal.reason;
}

async function clockAhead<Holder>(holding: Holding<Holder>): Promise<number> {
  const { s3, bucket, key } = holding.terms;
  const facts = await headObject(s3, bucket, key);
  const { etag, answeredAt } = holding.written;
  return facts?.lastModified === undefined || facts.etag !== etag
    ? 0
    : facts.lastModified.getTime() - answeredAt;
}

async function release<Holder>(holding: Holding<Holder>): Promise<void> {
  await holding.renewing?.catch(() => undefined);
  if (holding.taken.signal.aborted) return;
  try {
    await write(holding, true);
  } catch (thrown) {
    holding.terms.words.notReleased(thrown);
  }
}
