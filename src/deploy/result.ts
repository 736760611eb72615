import type { Plan } from "./plan.ts";
import type { Pruned } from "./prune.ts";

export type DeployOutcome = "deployed" | "unchanged" | "planned" | "rolled-back" | "failed";

/** Why a deploy failed, in words fit for a summary. */
export interface DeployFailure {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
}

/** How a deploy, a plan or a rollback ended. `rolled-back` is a rollback that was asked for and worked. */
export interface DeployResult {
  readonly result: DeployOutcome;
  readonly plan: Plan;
  readonly releaseId: string | undefined;
  /** S3 URI of the release's record. */
  readonly releaseUri: string | undefined;
  /** Names of the Glue jobs that were changed, or that a plan would change. */
  readonly jobsChanged: readonly string[];
  readonly jobsUnchanged: readonly string[];
  readonly warnings: readonly string[];
  /** The commit that a rollback went back to, where the ledger tells. */
  readonly commit?: string | undefined;
  readonly failure: DeployFailure | undefined;
  /** What was pruned after it, where that was asked for and anything was to be pruned. */
  readonly pruned?: Pruned;
}
