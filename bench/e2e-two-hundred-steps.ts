/** 200 steps, 50 of them at a time, whose jobs end at once: what is left is the toolkit's own time and memory. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BenchContext } from "./support/bench.ts";
import { plannedJob, runE2e, scriptsBucket, withSandbox } from "./support/e2e.ts";
import { median } from "./support/measure.ts";

const layers = 4;
const width = 50;
const bucket = "two-hundred";

export function run(context: BenchContext): Promise<Record<string, number>> {
  return withSandbox(async (clients) => {
    await scriptsBucket(clients, bucket);
    const names = Array.from({ length: layers * width }, (_, index) => `job-${index}`);
    for (const name of names)
      await plannedJob(clients, { name, bucket, seconds: 0, runs: context.rounds + 1 });
    await mkdir(join(context.home, "jobs"), { recursive: true });
    await writeFile(join(context.home, "jobs/job.py"), "job.commit()\n");
    await writeFile(join(context.home, "glue-pipeline.yml"), manifest(names));
    const seconds: number[] = [];
    for (let round = 0; round < context.rounds; round += 1)
      seconds.push((await green(context, clients)).seconds);
    const { peakMegabytes } = await green(context, clients, true);
    return { seconds: median(seconds), worstSeconds: Math.max(...seconds), peakMegabytes };
  });
}

async function green(context: BenchContext, { sandbox }: Parameters<typeof plannedJob>[0], watched = false) {
  const run = await runE2e(context, sandbox, { "skip-clean": "true" }, watched);
  if (run.exitCode !== 0) throw new Error(`run-e2e failed:\n${run.output.slice(-3_000)}`);
  return run;
}

/** Each step needs its two neighbours of the layer above. */
function manifest(names: readonly string[]): string {
  const steps = names.map((name, index) => {
    const above = index - width;
    const needs = above < 0 ? [] : [names[above], names[above % width === width - 1 ? above : above + 1]];
    return `    s${index}: { needs: [${[...new Set(needs)].map((need) => need?.replace("job-", "s")).join(", ")}], run: ${name} }`;
  });
  return `version: 1
name: two-hundred
environments: { dev: { region: us-east-1 } }
scripts: { bucket: ${bucket}, prefix: scripts/ }
jobs:
${names.map((name) => `  ${name}: { job: ${name}, script: jobs/job.py }`).join("\n")}
e2e:
  steps:
${steps.join("\n")}
`;
}
