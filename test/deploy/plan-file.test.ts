import { describe, expect, it } from "vitest";
import { updateJob } from "../../src/aws/jobs.ts";
import { type ApprovedPlan, parsePlanFile } from "../../src/deploy/plan-file.ts";
import { planJson } from "../../src/report/plan-json.ts";
import { workspaceWith } from "../support/workspace.ts";
import { type DeployWorld, useDeployWorlds } from "./support/deploy-world.ts";

const { deployWorld } = useDeployWorlds();

async function approve(world: DeployWorld, options: Parameters<DeployWorld["release"]>[0] = {}) {
  const planned = await world.release({ ...options, mode: "plan" });
  return parsePlanFile(planJson(planned), "plan.json");
}

describe("a plan that was approved", () => {
  it("is applied as it is", async () => {
    const world = await deployWorld({ jobs: 2 });
    const approved = await approve(world);
    const result = await world.release({ approved });
    expect(result).toMatchObject({ result: "deployed", jobsChanged: world.jobs.map(({ job }) => job) });
    expect(await world.scriptLocations()).toEqual(approved.jobs.map(({ next }) => next.scriptLocation));
    expect(await world.release({ approved })).toMatchObject({ result: "unchanged" });
  });

  it("is applied to its own jobs alone where it was made for a subset", async () => {
    const world = await deployWorld({ jobs: 2 });
    const approved = await approve(world, { subset: ["job-1"] });
    expect((await world.release({ approved })).jobsChanged).toEqual([world.jobs[1]?.job]);
  });

  it.each<[string, string, (world: DeployWorld) => Promise<Parameters<DeployWorld["release"]>[0]>]>([
    [
      "another script stands in the checkout",
      "has another script or library in this checkout",
      async () => ({ workspace: await workspaceWith({ "glue_jobs/script_0.py": "print('else')\n" }) }),
    ],
    [
      "a job points elsewhere",
      "points elsewhere now",
      async (world) => {
        const theirs = { scriptLocation: "s3://theirs/job.py" };
        await updateJob(world.clients.glue, world.jobs[0]?.job ?? "", await world.live(), theirs);
        return {};
      },
    ],
    [
      "a job was updated in any way",
      "was updated since",
      async (world) => {
        const changed = { ...(await world.live()), Description: "by hand" };
        await updateJob(world.clients.glue, world.jobs[0]?.job ?? "", changed, {});
        return {};
      },
    ],
    ["the manifest has lost a job", "is no longer in the manifest", async () => ({ jobs: [] })],
  ])("is refused when %s", async (_name, why, change) => {
    const world = await deployWorld();
    const approved = await approve(world);
    const options = await change(world);
    const before = await world.scriptLocations();
    world.operations();
    await expect(world.release({ ...options, approved })).rejects.toMatchObject({
      code: "plan-stale",
      message: expect.stringContaining(why),
    });
    expect(world.operations().filter((name) => /Put|Update/.test(name))).toEqual([]);
    expect(await world.scriptLocations()).toEqual(before);
  });

  it("is refused for another environment", async () => {
    const world = await deployWorld();
    const approved: ApprovedPlan = { ...(await approve(world)), environment: "prod" };
    await expect(world.release({ approved })).rejects.toMatchObject({
      code: "plan-for-elsewhere",
      message: expect.stringContaining("environment prod, here dev"),
    });
  });

  it("is refused when jobs are to be deployed that are not in it", async () => {
    const world = await deployWorld({ jobs: 2 });
    const approved = await approve(world, { subset: ["job-1"] });
    const wider = world.release({ approved, subset: ["job-0", "job-1"] });
    await expect(wider).rejects.toMatchObject({ code: "plan-stale" });
  });
});

describe("a plan file", () => {
  it.each<[string, string, (text: string) => string]>([
    ["no JSON", "plan-file-invalid", (text) => text.slice(0, 100)],
    ["another document", "plan-file-invalid", () => '{"version": 1}'],
    ["an edited script location", "plan-file-tampered", (text) => text.replaceAll("script_0/", "evil/")],
    ["an added job", "plan-file-tampered", (text) => text.replace('"jobs": [', '"jobs": [{},')],
  ])("with %s is refused (%s)", async (_name, code, change) => {
    const world = await deployWorld();
    const text = planJson(await world.release({ mode: "plan" }));
    expect(() => parsePlanFile(change(text), "plan.json")).toThrow(expect.objectContaining({ code }));
  });

  it("of a plan that was blocked can't be applied, nor the report of a deploy, nor none at all", async () => {
    const world = await deployWorld();
    const jobs = world.jobs.map((job) => ({ ...job, job: "acme-nowhere" }));
    const blocked = planJson(await world.release({ mode: "plan", jobs }));
    for (const text of [blocked, planJson(await world.release()), planJson(await world.release())]) {
      expect(() => parsePlanFile(text, "plan.json")).toThrow(
        expect.objectContaining({ code: "plan-file-no-plan" }),
      );
    }
    expect(() => parsePlanFile(undefined, "typo.json")).toThrow(
      expect.objectContaining({
        code: "plan-file-missing",
        message: "There is no file typo.json. Nothing was changed",
      }),
    );
  });
});
