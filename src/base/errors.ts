/** Who can mend an error: the user's input or set-up, AWS, or a defect of this toolkit. */
export type ErrorSource = "user" | "aws" | "internal";

/** Where a bad input stands; `line` is 1-based. */
export interface Location {
  readonly path: string;
  readonly line?: number;
  readonly key?: string;
}

export interface ErrorDetails {
  /** Stable kebab-case name, documented in docs/troubleshooting.md. */
  readonly code: string;
  readonly message: string;
  /** What the reader can do about it, as a full sentence. */
  readonly remedy: string;
  readonly source: ErrorSource;
  readonly location?: Location;
  readonly cause?: unknown;
}

/** Every failure this toolkit reports on purpose: named by a code, and never without a remedy. */
export class ToolkitError extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly source: ErrorSource;
  readonly location: Location | undefined;

  constructor(details: ErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "ToolkitError";
    this.code = details.code;
    this.remedy = details.remedy;
    this.source = details.source;
    this.location = details.location;
  }
}

/** Several independent errors of one input, collected so that the user mends them in one go. */
export class ToolkitErrors extends ToolkitError {
  readonly errors: readonly ToolkitError[];

  constructor(what: string, errors: readonly [ToolkitError, ...ToolkitError[]], found = errors.length) {
    const [first] = errors;
    super({
      code: first.code,
      message: found === 1 ? first.message : `${what}: ${found} errors`,
      remedy: first.remedy,
      source: first.source,
      ...(first.location ? { location: first.location } : {}),
    });
    this.name = "ToolkitErrors";
    this.errors = errors;
  }
}

/** As many as anybody mends in one go; a hostile input can have any number, and each costs time to describe. */
export const mostErrors = 100;

/** Throws all the given errors at once, of very many the first; returns when there are none. */
export function throwAll(what: string, errors: readonly ToolkitError[]): void {
  const [first, ...rest] = errors.slice(0, mostErrors);
  if (first === undefined) return;
  if (rest.length === 0) throw first;
  throw new ToolkitErrors(what, [first, ...rest], errors.length);
}

/** An error that is certainly a defect of this toolkit. */
export function internalError(message: string, cause?: unknown): ToolkitError {
  return new ToolkitError({
    code: "internal-error",
    message,
    remedy: "This is a defect of the toolkit: please report it with the debug log of the run.",
    source: "internal",
    cause,
  });
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** `path:line (key)` as compilers print it; empty for no location. */
export function formatLocation(location: Location | undefined): string {
  if (location === undefined) return "";
  const line = location.line === undefined ? "" : `:${location.line}`;
  const key = location.key === undefined ? "" : ` (${location.key})`;
  return `${location.path}${line}${key}`;
}

/** Text that ends as a sentence does. */
export function sentence(text: string): string {
  return /[.?!…]$/.test(text.trimEnd()) ? text.trimEnd() : `${text.trimEnd()}.`;
}
