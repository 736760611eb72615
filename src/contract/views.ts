import type { Paint } from "../base/paint.ts";

/** A result as people and programs read it outside GitHub; each is made when it is asked for. */
export interface Views {
  readonly text: (paint: Paint) => string;
  /** A JSON document with a version of its own. */
  readonly json: () => string;
}
