/** Jobs that all change while AWS lets through ten calls a second of each operation: beside the least time that takes. */
import type { BenchContext } from "./support/bench.ts";
import { deployWorld } from "./support/deploy-world.ts";

const limit = 10;
/** All that a deploy asks Glue for; each has a limit of its own, as on AWS. */
const operations = ["BatchGetJobs", "GetJob", "GetJobRuns", "UpdateJob"];

export async function run(context: BenchContext): Promise<Record<string, number>> {
  const figures: Record<string, number> = { callsASecond: limit };
  for (const count of [100, 500]) {
    const world = await deployWorld(context, count);
    try {
      const free = await world.deploy();
      await world.changeAll();
      for (const operation of operations) await world.control("throttle", { operation, rate: limit });
      const deployed = await world.deploy();
      if (deployed.changed !== count) throw new Error(`${deployed.changed} of ${count} jobs changed`);
      figures[`jobs${count}Seconds`] = deployed.seconds;
      figures[`jobs${count}ToLeast`] = deployed.seconds / (count / limit);
      figures[`jobs${count}UnlimitedSeconds`] = free.seconds;
      if (count > 100) continue;
      await world.control("throttle", { operation: "*", clear: true });
      await world.control("throttle", { operation: "*", share: 0.3, seed: 11 });
      await world.changeAll();
      const shared = await world.deploy();
      if (shared.changed !== count) throw new Error(`${shared.changed} of ${count} jobs changed`);
      figures[`jobs${count}Throttled30PercentSeconds`] = shared.seconds;
    } finally {
      await world.stop();
    }
  }
  return figures;
}
