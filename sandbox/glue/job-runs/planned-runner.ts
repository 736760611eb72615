import type { PlannedRun } from "../control/plans.ts";
import { runLogs } from "../process/log-groups.ts";
import { createLogWriter } from "../process/log-writer.ts";
import type { World } from "../world.ts";
import type { JobRunner, JobRunOutcome, JobRunRequest, RunningJob } from "./job-runner.ts";

/** Plays the outcomes that the `plan-runs` verb queued for a job; with none left, the real runner runs. */
export function withPlannedRuns(world: World, real: JobRunner): JobRunner {
  return {
    start(request, running) {
      const plans = world.accountOf(request.caller).plannedRuns.get(request.jobName);
      const plan = plans?.shift();
      return plan ? play(world, request, plan, running) : real.start(request, running);
    },
  };
}

function play(world: World, request: JobRunRequest, plan: PlannedRun, running: () => void): RunningJob {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, plan.seconds * 1000);
  const stop = () => {
    clearTimeout(timer);
    resolve();
  };
  const outcome = async (): Promise<JobRunOutcome> => {
    await Promise.resolve();
    running();
    await writeLines(world, request, plan.logLines);
    await promise;
    return { state: plan.state, ...(plan.errorMessage ? { errorMessage: plan.errorMessage } : {}) };
  };
  return { outcome: outcome(), stop };
}

async function writeLines(world: World, request: JobRunRequest, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const writer = createLogWriter(world.upstream(request.caller).logs, world.clock.now);
  for (const line of lines) writer.write(runLogs(request).stdout, line);
  await writer.close();
}
