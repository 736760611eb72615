import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchContext } from "./bench.ts";
import { plannedJob, runE2e, type SandboxClients, scriptsBucket, withSandbox } from "./e2e.ts";
import { median } from "./measure.ts";

/** Steps of a layer; the next layer needs them. */
const width = 50;

/** So many steps whose jobs end at once, run `context.rounds` times: what is left is the toolkit's own time and memory. */
export function instantSteps(
  context: BenchContext,
  count: number,
): Promise<{ readonly seconds: number; readonly worstSeconds: number; readonly peakMegabytes: number }> {
  const bucket = `instant-${count}`;
  return withSandbox(async (clients) => {
    await scriptsBucket(clients, bucket);
    const names = Array.from({ length: count }, (_, index) => `job-${index}`);
    for (const name of names)
      await plannedJob(clients, { name, bucket, seconds: 0, runs: context.rounds + 1 });
    await mkdir(join(context.home, "jobs"), { recursive: true });
    await writeFile(join(context.home, "jobs/job.py"), "job.commit()\n");
    await writeFile(join(context.home, "glue-pipeline.yml"), manifest(names, bucket));
    const seconds: number[] = [];
    for (let round = 0; round < context.rounds; round += 1)
      seconds.push((await green(context, clients)).seconds);
    const { peakMegabytes } = await green(context, clients, true);
    return { seconds: median(seconds), worstSeconds: Math.max(...seconds), peakMegabytes };
  });
}

async function green(context: BenchContext, { sandbox }: SandboxClients, watched = false) {
  const run = await runE2e(context, sandbox, { "skip-clean": "true" }, watched);
  if (run.exitCode !== 0) throw new Error(`run-e2e failed:\n${run.output.slice(-3_000)}`);
  return run;
}

/** Each step needs its two neighbours of the layer above. */
function manifest(names: readonly string[], bucket: string): string {
  const steps = names.map((name, index) => {
    const above = index - width;
    const needs = above < 0 ? [] : [names[above], names[above % width === width - 1 ? above : above + 1]];
    return `    s${index}: { needs: [${[...new Set(needs)].map((need) => need?.replace("job-", "s")).join(", ")}], run: ${name} }`;
  });
  return `version: 1
name: instant
environments: { dev: { region: us-east-1 } }
scripts: { bucket: ${bucket}, prefix: scripts/ }
jobs:
${names.map((name) => `  ${name}: { job: ${name}, script: jobs/job.py }`).join("\n")}
e2e:
  steps:
${steps.join("\n")}
`;
}
