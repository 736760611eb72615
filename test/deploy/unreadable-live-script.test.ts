import { describe, expect, it } from "vitest";
import { planText } from "../../src/report/plan-text.ts";
import { refusedByS3 } from "../aws/scripted.ts";
import type { Twist } from "./support/small-aws.ts";
import { oldScript, type SmallWorld, smallWorld } from "./support/small-world.ts";

const isOld = ({ path }: { readonly path: string }): boolean => path.startsWith("/old/job.py");

function refuseOld(world: SmallWorld, get: Twist, head: Twist): void {
  world.aws.twist("GET", (sent, usual) => (isOld(sent) ? get(sent, usual) : undefined));
  world.aws.twist("HEAD", (sent, usual) => (isOld(sent) ? head(sent, usual) : undefined));
}

describe("a live script that can't be read", () => {
  it.each<[string, Twist, Twist, string]>([
    [
      "lies in another region",
      () => refusedByS3("PermanentRedirect", 301),
      () => ({ status: 301 }),
      "s3://old/job.py lies in another region",
    ],
    [
      "may not be read",
      () => refusedByS3("AccessDenied", 403),
      () => ({ status: 403 }),
      "s3://old/job.py may not be read (allow s3:GetObject on it)",
    ],
  ])(
    "because it %s stops no plan, deploy or rollback, and the plan says why there is no diff",
    async (_, get, head, why) => {
      const world = await smallWorld();
      refuseOld(world, get, head);
      const planned = await world.release(1, { mode: "plan" });
      expect(planned).toMatchObject({ result: "planned", jobsChanged: ["a"] });
      expect(planned.plan.jobs[0]).toMatchObject({ scriptDiff: null, noDiff: why });
      expect(planText(planned)).toContain(`    no diff of the script: ${why}`);
      expect(await world.release(1)).toMatchObject({ result: "deployed" });
      expect(await world.release(1, { mode: "rollback" })).toMatchObject({ result: "rolled-back" });
      expect(world.locations()).toEqual([oldScript]);
    },
  );

  it("is read once for all jobs that run it, and its diff is printed once", async () => {
    const world = await smallWorld(3);
    world.aws.store("job.py", "old\n");
    const from = world.aws.clients.sent.length;
    const planned = await world.release(1, { mode: "plan", jobs: sharing(world) });
    expect(
      world.aws.clients.sent.slice(from).filter((sent) => sent.operation === "GET" && isOld(sent)),
    ).toHaveLength(1);
    const text = planText(planned);
    expect(text.match(/-old/g)).toHaveLength(1);
    expect(text.match(/the script changes as that of a$/gm)).toHaveLength(2);
  });
});

/** The world's jobs, all of them with the script of the first. */
function sharing(world: SmallWorld) {
  return world.names.map((job) => ({
    key: `key-${job}`,
    job,
    script: "a.py",
    glueVersion: "5.0",
    pythonVersion: undefined,
    extraPyFiles: [],
    line: undefined,
  }));
}
