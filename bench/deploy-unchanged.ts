/** 500 jobs of which none changes: the built action, beside `aws glue get-job` in a loop and `terraform plan`. */
import type { BenchContext } from "./support/bench.ts";
import { deployWorld } from "./support/deploy-world.ts";
import { median } from "./support/measure.ts";
import { getJobSeconds } from "./support/shell-loops.ts";
import { terraformProject } from "./support/terraform.ts";

const count = 500;
/** Jobs of the loop that are read in each round; the loop's time is theirs scaled up to all. */
const sampled = 10;

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const world = await deployWorld(context, count);
  try {
    await world.deploy();
    const terraform = await terraformProject(context, world);
    const action: number[] = [];
    const validated: number[] = [];
    const loop: number[] = [];
    const plan: number[] = [];
    await world.calls();
    for (let round = 0; round < context.rounds; round += 1) {
      loop.push(
        (await getJobSeconds(context, world, world.jobs.slice(round * sampled, (round + 1) * sampled))) *
          count,
      );
      action.push((await world.deploy()).seconds);
      if (terraform !== undefined) plan.push(await terraform.seconds("plan", 1));
      validated.push((await world.deploy({ validate: true })).seconds);
    }
    await world.calls();
    const { peakMegabytes } = await world.deploy({ watched: true });
    const calls = await world.calls();
    const ratio = (others: readonly number[]): number =>
      median(others.map((seconds, round) => seconds / (action[round] ?? Number.NaN)));
    return {
      jobs: count,
      actionSeconds: median(action),
      actionWithValidateSeconds: median(validated),
      getJobLoopSecondsExtrapolated: median(loop),
      getJobLoopJobsPerRound: sampled,
      loopToAction: ratio(loop),
      ...(terraform === undefined
        ? {}
        : { terraformPlanSeconds: median(plan), terraformPlanToAction: ratio(plan) }),
      peakMegabytes,
      glueReads: calls["BatchGetJobs"] ?? 0,
      writes: Object.entries(calls).reduce(
        (sum, [name, n]) => sum + (/PUT|POST|Update/.test(name) ? n : 0),
        0,
      ),
    };
  } finally {
    await world.stop();
  }
}
