import { BatchStopJobRunCommand, StartJobRunCommand } from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { type Clock, systemClock } from "../../src/base/clock.ts";
import { type DeployWorld, useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld, control, failNext } = useDeployWorlds();

/** Starts a run that stays RUNNING until it is stopped. */
async function startRun(world: DeployWorld): Promise<{ id: string; stop(): Promise<unknown> }> {
  const JobName = world.jobs[0]?.job ?? "";
  await control("plan-runs", { jobName: JobName, outcomes: [{ state: "SUCCEEDED", seconds: 600 }] });
  const { JobRunId: id = "" } = await world.clients.glue.send(new StartJobRunCommand({ JobName }));
  const stop = new BatchStopJobRunCommand({ JobName, JobRunIds: [id] });
  return { id, stop: () => world.clients.glue.send(stop) };
}

describe("a job with a run in flight", () => {
  it("is deployed with a warning that names the run", async () => {
    const world = await deployWorld();
    const run = await startRun(world);
    const result = await world.release();
    expect(result.result).toBe("deployed");
    expect(result.warnings.join()).toContain(
      `a run is in flight (${run.id}): it keeps the script it started with`,
    );
  });

  it("is not deployed with on-running: fail", async () => {
    const world = await deployWorld();
    await startRun(world);
    const result = await world.release({ onRunning: "fail" });
    expect(result).toMatchObject({ result: "failed", failure: { code: "job-running" } });
    expect(await world.scriptLocations()).toEqual(["s3://old-scripts/job.py"]);
  });

  it("is deployed after its run has ended with on-running: wait", async () => {
    const stopper: { stop?: () => Promise<unknown> } = {};
    let pauses = 0;
    const clock: Clock = {
      now: systemClock.now,
      sleep: async () => {
        pauses += 1;
        await stopper.stop?.();
      },
    };
    const world = await deployWorld({ clock });
    stopper.stop = (await startRun(world)).stop;
    const result = await world.release({ onRunning: "wait" });
    expect(result.result).toBe("deployed");
    expect(pauses).toBeGreaterThan(0);
    expect(world.events.map(({ code }) => code)).toContain("deploy.waiting");
  });

  it("is deployed with a warning where runs may not be seen", async () => {
    const world = await deployWorld();
    await failNext({ operation: "GetJobRuns", count: 2, code: "AccessDeniedException", message: "no" });
    const result = await world.release();
    expect(result.result).toBe("deployed");
    expect(result.warnings.join()).toContain("allow glue:GetJobRuns");
  });
});
