/** 500 jobs that all change: the built action, beside `aws s3 cp` with `aws glue update-job`, and `terraform apply`. */
import type { BenchContext } from "./support/bench.ts";
import { deployWorld } from "./support/deploy-world.ts";
import { median } from "./support/measure.ts";
import { updateJobSeconds } from "./support/shell-loops.ts";
import { terraformProject } from "./support/terraform.ts";

const count = 500;
/** Jobs of the loop that are updated in each round; the loop's time is theirs scaled up to all. */
const sampled = 8;

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const world = await deployWorld(context, count);
  try {
    const terraform = await terraformProject(context, world);
    const loop: number[] = [];
    const action: number[] = [];
    const apply: number[] = [];
    const loopToAction: number[] = [];
    for (let round = 0; round < context.rounds; round += 1) {
      loop.push(
        (await updateJobSeconds(context, world, world.jobs.slice(round * sampled, (round + 1) * sampled))) *
          count,
      );
      await world.changeAll();
      const deployed = await world.deploy();
      if (deployed.changed !== count) throw new Error(`${deployed.changed} of ${count} jobs changed`);
      action.push(deployed.seconds);
      loopToAction.push((loop[round] ?? Number.NaN) / deployed.seconds);
      if (terraform !== undefined) apply.push(await terraform.seconds("apply", round + 2));
    }
    await world.changeAll();
    const bare = await world.deploy({ watched: true });
    await world.changeAll();
    const validated = await world.deploy({ watched: true, validate: true });
    return {
      jobs: count,
      actionSeconds: median(action),
      shellLoopSecondsExtrapolated: median(loop),
      shellLoopJobsPerRound: sampled,
      loopToAction: median(loopToAction),
      ...(terraform === undefined
        ? {}
        : {
            terraformApplySeconds: median(apply),
            terraformApplyToAction: median(
              apply.map((seconds, round) => seconds / (action[round] ?? Number.NaN)),
            ),
          }),
      peakMegabytes: bare.peakMegabytes,
      peakMegabytesWithValidate: validated.peakMegabytes,
    };
  } finally {
    await world.stop();
  }
}
