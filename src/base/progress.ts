export type ProgressLevel = "debug" | "info" | "notice" | "warning";

/**
 * What the domain tells its host while it works. Hosts decide how it looks: a log line, a group, a bar.
 * `group` opens or closes a named section; events in between belong to it.
 */
export interface ProgressEvent {
  /** Stable dotted name, e.g. `deploy.uploaded`. */
  readonly code: string;
  readonly level: ProgressLevel;
  readonly message: string;
  readonly group?: "start" | "end";
  /** Facts; `done` and `total` are a count that a host may show as a bar. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export type Progress = (event: ProgressEvent) => void;

/** For callers that don't care. */
export const silent: Progress = () => undefined;
