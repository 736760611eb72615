import type { RuleId } from "./rules.ts";

/** A Glue job that runs a script; `pythonVersion` is set for Python shell and Ray jobs alone. */
export interface ScriptJob {
  readonly key: string;
  readonly job: string;
  readonly glueVersion: string | undefined;
  readonly pythonVersion: string | undefined;
  /** Whether the job is known to keep bookmarks. */
  readonly bookmarks?: boolean;
}

export interface ScriptToCheck {
  /** Workspace-relative, with forward slashes. */
  readonly path: string;
  readonly absolutePath: string;
  readonly jobs: readonly ScriptJob[];
  /**
   * Set for a module of a job's library: it must compile, but is no job. `bytes` are those of a module inside of an
   * archive, which has no file of its own.
   */
  readonly library?: { readonly bytes?: Uint8Array };
}

/** A script that couldn't be had: it becomes a finding as it is. */
export interface UnavailableScript {
  readonly rule: Extract<RuleId, "missing-script" | "unsafe-path" | "unreadable-script">;
  readonly path: string;
  readonly jobs: readonly string[];
  readonly message: string;
  readonly remedy: string;
}

/** Scala jobs can be deployed but not validated. */
export function isScala({ path }: ScriptToCheck): boolean {
  return /\.(?:scala|jar)$/i.test(path);
}
