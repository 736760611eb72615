/** A cause that is known by the exception that ended a run, a query or a crawl. */
export interface EndingCause {
  /** On the exception's line, `Type: message`; never on other lines of a log. */
  readonly ends: RegExp;
  readonly message: string;
  readonly remedy: string;
  readonly hint?: string;
  /** Where users or AWS quote it. */
  readonly source?: string;
}

export type EndingCauses = Readonly<Record<string, EndingCause>>;
