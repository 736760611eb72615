/**
 * `npx node bench/e2e-faults.ts --count 300 --seed 1`: so many runs of the built run-e2e against the sandbox, each with
 * faults of its own: throttles, errors, cut connections, jobs, crawls and queries that end badly, an object that never
 * comes, a process that is killed or cancelled and picked up again. Ends 1 when any run broke a promise.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { mapLimited } from "../src/base/limit.ts";
import { withSandbox } from "./support/e2e.ts";
import { brokenPromises } from "./support/fault-verdict.ts";
import { type FaultyRun, faultyRun } from "./support/faulty-run.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "300" },
    seed: { type: "string", default: "1" },
    parallel: { type: "string", default: "4" },
    log: { type: "boolean", default: false },
  },
});
const root = join(import.meta.dirname, "..");
const home = await mkdtemp(join(tmpdir(), "glue-toolkit-faults-"));
try {
  await withSandbox(async (clients) => {
    const seeds = Array.from({ length: Number(values.count) }, (_, index) => Number(values.seed) + index);
    let broken = 0;
    const runs = await mapLimited(seeds, Number(values.parallel), async (seed) => {
      const run = await faultyRun(clients, { root, home, seed });
      const why = await brokenPromises(clients, run);
      broken += why.length === 0 ? 0 : 1;
      if (why.length > 0 || values.log) console.log(`seed ${seed}: ${describe(run)} ${why.join("; ")}`);
      if (why.length > 0) for (const { log } of run.attempts) console.log(log.slice(-6_000), "\n----");
      return run;
    });
    console.log({ runs: runs.length, broken, ...count(runs) });
    process.exitCode = broken === 0 ? 0 : 1;
  });
} finally {
  await rm(home, { recursive: true, force: true });
}

function describe({ attempts }: FaultyRun): string {
  return attempts.map(({ ended, report }) => `${ended}${report ? ` ${report.result}` : ""}`).join(" → ");
}

function count(runs: readonly FaultyRun[]): Record<string, number> {
  const attempts = runs.flatMap((run) => run.attempts);
  const faults: Record<string, number> = {};
  for (const run of runs)
    for (const [kind, times] of Object.entries(run.faults)) faults[kind] = (faults[kind] ?? 0) + times;
  const of = (ended: string): number => attempts.filter((attempt) => attempt.ended === ended).length;
  return {
    attempts: attempts.length,
    killed: of("killed"),
    cancelled: of("cancelled"),
    green: runs.filter(({ attempts: all }) => all.at(-1)?.exitCode === 0).length,
    red: runs.filter(({ attempts: all }) => all.at(-1)?.exitCode !== 0).length,
    ...faults,
  };
}
