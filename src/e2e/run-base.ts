import type { AwsClients } from "../aws/clients.ts";
import type { Clock } from "../base/clock.ts";
import type { Progress } from "../base/progress.ts";
import type { PollPace } from "../base/wait.ts";
import type { E2eManifest, Manifest } from "../manifest/manifest.ts";
import type { ResolvedJob } from "../scripts/resolve.ts";
import type { Releases } from "./releases.ts";
import type { RunFolder } from "./run-folder.ts";

/** What a run has from its very beginning. */
export interface RunBase {
  readonly manifest: Manifest;
  readonly e2e: E2eManifest;
  readonly jobs: ReadonlyMap<string, ResolvedJob>;
  readonly workspace: string;
  readonly clients: AwsClients;
  readonly clock: Clock;
  /** Aborted when the run is cancelled. */
  readonly signal: AbortSignal;
  readonly progress: Progress;
  readonly releases: Releases;
  /** Where the environment's runs keep what outlives them. */
  readonly folder: RunFolder;
  /** When the run began, and when its time is up. */
  readonly startedAt: number;
  readonly deadline: number;
  /** The workflow run, or what stands for it. */
  readonly runId: string;
  readonly pace: PollPace | undefined;
}
