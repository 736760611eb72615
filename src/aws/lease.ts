import { randomUUID } from "node:crypto";
import { holdLease, type Lease } from "./held-lease.ts";
import { leaseObject, readLease, type StandingLease } from "./lease-document.ts";
import type { LeaseTerms } from "./lease-terms.ts";
import { putIfAbsent, putIfMatch } from "./objects.ts";

const firstPauseMilliseconds = 1_000;
const longestPauseMilliseconds = 10_000;
/** HTTP's Date and S3's LastModified are whole seconds. */
const roundingMilliseconds = 2_000;

/**
 * Takes the sole right to something, kept as an object of S3, by conditional writes. While somebody else holds it, it
 * waits; a lease that was not renewed for its lifetime, or was released, is taken over, by one taker only.
 * @throws ToolkitError as `words.held` gives it, AWS errors, and the signal's reason
 */
export async function acquireLease<Holder>(terms: LeaseTerms<Holder>): Promise<Lease> {
  const { clock, signal, words } = terms;
  const token = randomUUID();
  const deadline = clock.now() + terms.patience;
  let seen: Seen<Holder> | undefined;
  let pause = firstPauseMilliseconds;
  for (;;) {
    signal?.throwIfAborted();
    const sentAt = clock.now();
    const attempt = await tryToTake(terms, token, seen);
    if ("etag" in attempt) {
      return holdLease(terms, { token, etag: attempt.etag, sentAt, answeredAt: clock.now() });
    }
    if (clock.now() >= deadline) throw words.held(attempt.standing?.document);
    seen = look(terms, attempt.standing, seen);
    await clock.sleep(pause, signal);
    pause = Math.min(pause * 1.5, longestPauseMilliseconds);
  }
}

/** A lease that was waited for, and since when it has not changed, by this machine's clock. */
interface Seen<Holder> extends StandingLease<Holder> {
  readonly since: number;
}

type Attempt<Holder> = { readonly etag: string } | { readonly standing: StandingLease<Holder> | undefined };

async function tryToTake<Holder>(
  terms: LeaseTerms<Holder>,
  token: string,
  seen: Seen<Holder> | undefined,
): Promise<Attempt<Holder>> {
  const { s3, bucket, clock } = terms;
  const now = clock.now();
  const mine = leaseObject(terms, { token, acquiredAt: now, now, released: false });
  const created = seen === undefined ? await putIfAbsent(s3, bucket, mine) : undefined;
  if (created !== undefined) return { etag: created };
  const standing = await readLease(terms);
  if (standing === undefined) {
    const late = await putIfAbsent(s3, bucket, mine);
    return late === undefined ? { standing } : { etag: late };
  }
  // A write may succeed whose answer gets lost.
  if (standing.document?.token === token) return { etag: standing.etag };
  const { document } = standing;
  const free = document !== undefined && (document.released || terms.isGone?.(document.holder) === true);
  if (!free && !isStale(terms, standing, seen)) return { standing };
  const etag = await putIfMatch(s3, bucket, mine, standing.etag);
  if (etag === undefined) return { standing: await readLease(terms) };
  if (!free) terms.words.takenOver(document);
  return { etag };
}

/**
 * No renewal for a whole lifetime: by S3's clock and the machines' alike, or, where these differ (a proxy may put its
 * own Date into answers), as watched by this machine.
 */
function isStale<Holder>(
  { clock, lifetime }: LeaseTerms<Holder>,
  { document, etag, age }: StandingLease<Holder>,
  seen: Seen<Holder> | undefined,
): boolean {
  const lapsed = lifetime + roundingMilliseconds;
  const now = clock.now();
  const ageByHolder = document === undefined ? age : now - (Date.parse(document.expiresAt) - lifetime);
  if (Math.min(age ?? 0, ageByHolder ?? 0) >= lapsed) return true;
  return seen?.etag === etag && now - seen.since >= lapsed;
}

function look<Holder>(
  { clock, words }: LeaseTerms<Holder>,
  standing: StandingLease<Holder> | undefined,
  seen: Seen<Holder> | undefined,
): Seen<Holder> | undefined {
  if (standing === undefined) return seen;
  if (seen === undefined || seen.document?.token !== standing.document?.token) {
    words.waiting(standing.document);
  }
  return { ...standing, since: seen?.etag === standing.etag ? seen.since : clock.now() };
}
