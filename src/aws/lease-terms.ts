import type { ToolkitError } from "../base/errors.ts";
import type { LeaseDocument, LeasePlace } from "./lease-document.ts";

/** What a lease is on, who wants it, and what its user says of it. */
export interface LeaseTerms<Holder> extends LeasePlace<Holder> {
  /** Ends the wait for another holder. */
  readonly signal?: AbortSignal | undefined;
  readonly holder: Holder;
  /** Milliseconds that it stands without being renewed. */
  readonly lifetime: number;
  /** Milliseconds from one renewal to the next, well below `lifetime`. */
  readonly renewEvery: number;
  /** How long to wait for another holder, in milliseconds. */
  readonly patience: number;
  /** Whether this holder is known to be gone, so that its lease may be taken although it has not expired. */
  readonly isGone?: (holder: Holder) => boolean;
  readonly words: LeaseWords<Holder>;
}

/** What becomes of a lease, in its user's words; a document is undefined where it can't be read. */
export interface LeaseWords<Holder> {
  /** Somebody else holds it. */
  held(by: LeaseDocument<Holder> | undefined): ToolkitError;
  /** Somebody else took it from this holder. */
  takenAway(by: LeaseDocument<Holder> | undefined): ToolkitError;
  /** It was not renewed in time: because of `cause`, or because this machine stood still. */
  lapsed(cause: unknown): ToolkitError;
  waiting(forHolder: LeaseDocument<Holder> | undefined): void;
  takenOver(from: LeaseDocument<Holder> | undefined): void;
  notRenewed(thrown: unknown): void;
  notReleased(thrown: unknown): void;
}
