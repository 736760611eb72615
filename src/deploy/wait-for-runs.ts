import { activeRuns } from "../aws/jobs.ts";
import { waitFor } from "../base/wait.ts";
import type { Place } from "./place.ts";

const timeoutMilliseconds = 60 * 60_000;

/**
 * Waits, up to an hour for each, until none of the jobs has a run in flight.
 * @throws ToolkitError `wait-timed-out`
 */
export async function waitForRuns(place: Place, jobs: readonly string[]): Promise<void> {
  await Promise.all(
    jobs.map((job) =>
      waitFor({
        what: `the last run of ${job}`,
        read: (signal) => activeRuns(place.clients.glue, job, signal),
        state: (runs) => (runs.length === 0 ? "ended" : "in flight"),
        pending: new Set(["in flight"]),
        target: new Set(["ended"]),
        timeout: timeoutMilliseconds,
        clock: place.clock,
        ...(place.signal === undefined ? {} : { signal: place.signal }),
        onState: (state) => {
          if (state === "ended") return;
          place.progress({
            code: "deploy.waiting",
            level: "info",
            message: `Waiting for the last run of ${job}`,
          });
        },
      }),
    ),
  );
}
