import type { Clock } from "../base/clock.ts";
import type { Progress } from "../base/progress.ts";
import type { GitHubContext } from "../github/context.ts";

/** What every entry gets from the action or command that calls it. */
export interface EntryHost<Inputs> {
  readonly inputs: Inputs;
  readonly context: GitHubContext;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where the checker's Python files lie: beside the bundle. */
  readonly checkerFolder: string;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly clock: Clock;
  /** Asks the person at the terminal; missing where there is none. */
  readonly confirm?: ((question: string) => Promise<boolean>) | undefined;
}
