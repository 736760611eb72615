import type { Views } from "../contract/views.ts";

/** What a command that is no action gives its host. */
export interface CommandOutcome {
  readonly views: Views;
  /** Set when the result is not success. */
  readonly failure?: string;
}

/** A document as JSON text, ending in a line break. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
