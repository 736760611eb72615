import type { Clock } from "../base/clock.ts";

/** Stands in for a workflow run's id outside GitHub. */
export function localRunId(clock: Clock): string {
  return `local-${clock.now().toString(36)}`;
}
