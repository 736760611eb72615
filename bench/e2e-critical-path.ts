/** What the toolkit adds to a chain of jobs: the time from the first start to the last end, over the jobs' own times. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type E2eResult, e2eResultSchema } from "../src/e2e/result.ts";
import type { BenchContext } from "./support/bench.ts";
import { plannedJob, runE2e, scriptsBucket, withSandbox } from "./support/e2e.ts";

const bucket = "critical-path";
/** Seconds of each job of the chain: much shorter than any on AWS, where the share of the overhead is smaller. */
const chain = [8, 12, 16, 24];

export function run(context: BenchContext): Promise<Record<string, number>> {
  return withSandbox(async (clients) => {
    await scriptsBucket(clients, bucket);
    for (const [index, seconds] of chain.entries())
      await plannedJob(clients, { name: `job-${index}`, bucket, seconds, runs: 1 });
    await mkdir(join(context.home, "jobs"), { recursive: true });
    await writeFile(join(context.home, "jobs/job.py"), "job.commit()\n");
    await writeFile(join(context.home, "glue-pipeline.yml"), manifest());
    const { exitCode, output } = await runE2e(context, clients.sandbox, { "skip-clean": "true" });
    if (exitCode !== 0) throw new Error(`run-e2e failed: ${output.slice(-2_000)}`);
    return figures(
      e2eResultSchema.parse(
        JSON.parse(await readFile(join(context.home, "reports/e2e-report.json"), "utf8")),
      ),
    );
  });
}

function figures({ steps }: E2eResult): Record<string, number> {
  const runs = steps.flatMap((step) => (step.kind === "run" ? (step.details?.attempts ?? []) : []));
  const own = runs.map(({ startedAt, endedAt }) => time(endedAt) - time(startedAt));
  const ownMilliseconds = own.reduce((sum, each) => sum + each, 0);
  const whole = time(steps.at(-1)?.endedAt) - time(steps[0]?.startedAt);
  const late = runs.slice(1).map((run, index) => time(run.startedAt) - time(runs[index]?.endedAt));
  return {
    jobSeconds: ownMilliseconds / 1_000,
    wholeSeconds: whole / 1_000,
    overheadPercent: 100 * (whole / ownMilliseconds - 1),
    latestStartSeconds: Math.max(...late) / 1_000,
  };
}

function time(moment: string | undefined): number {
  return Date.parse(moment ?? "");
}

function manifest(): string {
  const keys = chain.map((_, index) => `job-${index}`);
  const steps = keys.map(
    (key, index) => `    ${key}: { needs: [${index === 0 ? "" : `job-${index - 1}`}], run: ${key} }`,
  );
  return `version: 1
name: critical-path
environments: { dev: { region: us-east-1 } }
scripts: { bucket: ${bucket}, prefix: scripts/ }
jobs:
${keys.map((key) => `  ${key}: { job: ${key}, script: jobs/job.py }`).join("\n")}
e2e:
  steps:
${steps.join("\n")}
`;
}
