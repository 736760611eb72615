import { TagResourceCommand } from "@aws-sdk/client-glue";
import { describe, expect, it } from "vitest";
import { schedulesOf } from "../../src/aws/job-surroundings.ts";
import { updateJob } from "../../src/aws/jobs.ts";
import { workspaceWith } from "../support/workspace.ts";
import { useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld, failNext } = useDeployWorlds();

describe("the schedules of jobs", () => {
  it("are those of activated triggers that start a job by the clock", () => {
    const Actions = [{ JobName: "silver" }, { CrawlerName: "c" }];
    const schedules = schedulesOf([
      { Name: "nightly", Type: "SCHEDULED", State: "ACTIVATED", Schedule: "cron(0 2 * * ? *)", Actions },
      { Name: "off", Type: "SCHEDULED", State: "DEACTIVATED", Actions },
      { Name: "after", Type: "CONDITIONAL", State: "ACTIVATED", Actions },
    ]);
    expect([...schedules]).toEqual([["silver", ["nightly cron(0 2 * * ? *)"]]]);
  });
});

describe("a plan", () => {
  it("warns of a job that Terraform defines", async () => {
    const world = await deployWorld();
    const ResourceArn = `arn:aws:glue:us-east-1:000000000000:job/${world.jobs[0]?.job}`;
    await world.clients.glue.send(
      new TagResourceCommand({ ResourceArn, TagsToAdd: { ManagedBy: "Terraform" } }),
    );
    const { warnings } = await world.release({ mode: "plan" });
    expect(warnings.join()).toContain("is defined by Terraform (tag ManagedBy)");
  });

  it("goes without what it may not ask, and says nothing of it", async () => {
    const world = await deployWorld({ jobs: 3 });
    await failNext({ operation: "GetTags", count: 9, code: "AccessDeniedException", message: "no" });
    expect(await world.release({ mode: "plan" })).toMatchObject({ result: "planned", warnings: [] });
  });

  it("warns of a job that was pointed elsewhere since the last release", async () => {
    const world = await deployWorld();
    const { releaseId } = await world.release();
    const theirs = { scriptLocation: "s3://theirs/job.py" };
    await updateJob(world.clients.glue, world.jobs[0]?.job ?? "", await world.live(), theirs);
    const { warnings } = await world.release({ mode: "plan" });
    expect(warnings.join()).toContain(`was pointed elsewhere since release ${releaseId}`);
  });

  it("warns of a job that was updated since the last release", async () => {
    const hour = 3_600_000;
    const clock = { now: () => Date.now() - hour, sleep: () => Promise.resolve() };
    const world = await deployWorld({ clock });
    await world.release();
    await updateJob(world.clients.glue, world.jobs[0]?.job ?? "", await world.live(), {});
    const workspace = await workspaceWith({ "glue_jobs/script_0.py": "print('new')\n" });
    const { warnings } = await world.release({ mode: "plan", workspace });
    expect(warnings.join()).toMatch(/was updated at .*: its settings stay as they are now/);
  });

  it("has nothing to say of a job that nobody touched", async () => {
    const world = await deployWorld();
    await world.release();
    const workspace = await workspaceWith({ "glue_jobs/script_0.py": "print('new')\n" });
    expect((await world.release({ mode: "plan", workspace })).warnings).toEqual([]);
  });
});
